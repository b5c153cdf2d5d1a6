"""Finding titles by name, whatever the spelling: typing errors, either script, either keyboard layout."""

from catalog.services.search.engine import ALIKE, EXACT, Engine, Hit
from catalog.services.search.marks import Span, marked

__all__ = ["ALIKE", "EXACT", "Engine", "Hit", "Span", "marked"]

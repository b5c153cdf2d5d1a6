"""What is inside torrents: from the upstream's own lists where it sends them, else from the .torrent files."""

from catalog.services.torrents.keeping import look_at
from catalog.services.torrents.missing import missing
from catalog.services.torrents.reading import Contents, read
from catalog.services.torrents.refusal import Refused
from catalog.services.torrents.shown import completed

__all__ = ["Contents", "Refused", "completed", "look_at", "missing", "read"]

"""What curators and administrators manage, one module per model family."""

from catalog.admin import torrents, widgets

__all__ = ["torrents", "widgets"]

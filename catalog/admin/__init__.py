"""What curators and administrators manage, one module per model family."""

from catalog.admin import loops, torrents, widgets

__all__ = ["loops", "torrents", "widgets"]

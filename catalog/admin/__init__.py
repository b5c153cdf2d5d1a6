"""What curators and administrators manage, one module per model family."""

from catalog.admin import loops, posters, torrents, widgets

__all__ = ["loops", "posters", "torrents", "widgets"]

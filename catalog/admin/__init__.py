"""What curators and administrators manage, one module per model family."""

from catalog.admin import favourites, loops, posters, torrents, widgets

__all__ = ["favourites", "loops", "posters", "torrents", "widgets"]

"""What curators and administrators manage, one module per model family."""

from catalog.admin import torrents

__all__ = ["torrents"]

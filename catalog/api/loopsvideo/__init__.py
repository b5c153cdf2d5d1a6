"""Loops' API, as far as guests may read it, from any source of videos: ``urls.urls(source)`` is the whole of it."""

from catalog.api.loopsvideo import urls

__all__ = ["urls"]

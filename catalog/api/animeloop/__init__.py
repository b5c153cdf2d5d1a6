"""Animeloop's API v2, served from any source of loops: ``urls.urls(source)`` is the whole of it."""

from catalog.api.animeloop import urls

__all__ = ["urls"]

"""Animeloop's API v2, served from any source of loops."""

from catalog.api.animeloop.source import (
    Between,
    CollectionQuery,
    EpisodeQuery,
    LoopQuery,
    LoopSource,
    SeriesQuery,
    TagQuery,
)
from catalog.api.animeloop.urls import urls

__all__ = [
    "Between",
    "CollectionQuery",
    "EpisodeQuery",
    "LoopQuery",
    "LoopSource",
    "SeriesQuery",
    "TagQuery",
    "urls",
]

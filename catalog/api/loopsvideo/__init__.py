"""Loops' API, the part of it that guests may read, served from any source of videos."""

from catalog.api.loopsvideo.refusals import Forbidden, FrontPage, Missing, Refusal, Suspended, Throttled
from catalog.api.loopsvideo.source import POPULAR_LIKES, POPULAR_POOL, DeadVideo, Entry, Tag, VideoSource
from catalog.api.loopsvideo.urls import urls

__all__ = [
    "POPULAR_LIKES",
    "POPULAR_POOL",
    "DeadVideo",
    "Entry",
    "Forbidden",
    "FrontPage",
    "Missing",
    "Refusal",
    "Suspended",
    "Tag",
    "Throttled",
    "VideoSource",
    "urls",
]

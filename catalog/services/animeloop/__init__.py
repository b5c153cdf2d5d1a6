"""Animeloop's API v2: seamless loops, the episodes and series they come from.

Addresses of the document: ``/loop``, ``/loop/count``, ``/rand/loop``, ``/rand/loop-{size}.{type}``; ``/episode``,
``/series``, ``/series/season`` and ``/search/series`` are the server's own. With ``anew`` the server itself is asked,
and nothing is kept.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from django.conf import settings

from catalog.domain.loops import Loop, LoopEpisode, LoopSeries
from catalog.services.animeloop.filters import NAME, LoopFilter, file_key, is_object_id, known_id
from catalog.services.animeloop.parsing import (
    error_of,
    many,
    one,
    parse_count,
    parse_episode,
    parse_loop,
    parse_seasons,
    parse_series,
)
from catalog.services.answer import Answer
from catalog.services.transport import FetchedFile, Param, Upstream, get, get_file

__all__ = [
    "LoopFilter",
    "count",
    "episode",
    "episodes",
    "is_object_id",
    "loop",
    "loops",
    "random_loop_file",
    "random_loops",
    "search",
    "seasons",
    "series",
    "series_list",
]

ANIMELOOP = Upstream(NAME, "ANIMELOOP_URL", error_of)
EVERYTHING = LoopFilter()
ANEW = f"{NAME}.anew"  # an endpoint without a lifetime

_MEDIA_TYPES = {"gif": "image/gif", "jpg": "image/jpeg", "mp4": "video/mp4"}
_REGEX_SIGNS = re.compile(r"[\\^$.|?*+()\[\]{}]")


def loop(id: str, *, anew: bool = False) -> Answer[Loop]:
    """One loop with its episode and series."""
    id = known_id(id, "loop")
    endpoint = ANEW if anew else "animeloop.loop"
    # the server takes "id" into account only as the sole parameter
    return get(ANIMELOOP, "/loop", {"id": id}, endpoint=endpoint, parse=one(parse_loop, f"loop {id}"))


def loops(
    where: LoopFilter = EVERYTHING, *, full: bool = False, page: int = 1, limit: int = 30, anew: bool = False
) -> Answer[tuple[Loop, ...]]:
    """Loops in the upstream's own, unsorted order, at most 100 a page; ``full`` adds the episode and series of each."""
    params: dict[str, Param] = {**where.params(), "full": full or None, "page": page, "limit": limit}
    endpoint = ANEW if anew else "animeloop.loops"
    return get(ANIMELOOP, "/loop", params, endpoint=endpoint, parse=many(parse_loop, "loops"))


def count(where: LoopFilter = EVERYTHING, *, anew: bool = False) -> Answer[int]:
    endpoint = ANEW if anew else "animeloop.count"
    return get(ANIMELOOP, "/loop/count", where.params(), endpoint=endpoint, parse=one(parse_count, "count of loops"))


def random_loops(where: LoopFilter = EVERYTHING, *, full: bool = False, limit: int = 1) -> Answer[tuple[Loop, ...]]:
    """Drawn anew by every call: never a saved copy."""
    params: dict[str, Param] = {**where.params(), "full": full or None, "limit": limit}
    return get(ANIMELOOP, "/rand/loop", params, endpoint="animeloop.random", parse=many(parse_loop, "random loops"))


def random_loop_file(size: str, type: str, where: LoopFilter = EVERYTHING) -> FetchedFile:
    """One random loop in one of the seven forms, such as "720p", "mp4"; no match is an ``UpstreamNotFound``."""
    file_key(size, type)
    return get_file(
        ANIMELOOP,
        f"/rand/loop-{size}.{type}",
        where.params(),
        max_bytes=settings.UPSTREAM_MAX_BYTES,
        types=(_MEDIA_TYPES[type],),
    )


def episode(id: str) -> Answer[LoopEpisode]:
    """One episode with its series."""
    id = known_id(id, "episode")
    parse = one(parse_episode, f"episode {id}")
    return get(ANIMELOOP, "/episode", {"id": id}, endpoint="animeloop.episode", parse=parse)


def episodes(series: str, *, page: int = 1, limit: int = 30) -> Answer[tuple[LoopEpisode, ...]]:
    """The episodes of a series that have loops."""
    params: dict[str, Param] = {"seriesid": known_id(series, "series"), "page": page, "limit": limit}
    return get(ANIMELOOP, "/episode", params, endpoint="animeloop.episodes", parse=many(parse_episode, "episodes"))


def series(id: str) -> Answer[LoopSeries]:
    id = known_id(id, "series")
    parse = one(parse_series, f"series {id}")
    return get(ANIMELOOP, "/series", {"id": id}, endpoint="animeloop.series", parse=parse)


def series_list(
    *, type: str | None = None, season: str | None = None, page: int = 1, limit: int = 30, anew: bool = False
) -> Answer[tuple[LoopSeries, ...]]:
    """``season`` is the first month of the season, "2014-4"."""
    params: dict[str, Param] = {"type": type, "season": season, "page": page, "limit": limit}
    endpoint = ANEW if anew else "animeloop.serieses"
    return get(ANIMELOOP, "/series", params, endpoint=endpoint, parse=many(parse_series, "series"))


def seasons() -> Answer[tuple[str, ...]]:
    """Every season that has series, the newest first."""
    return get(ANIMELOOP, "/series/season", {}, endpoint="animeloop.seasons", parse=parse_seasons)


def search(
    text: str, *, type: str | None = None, season: str | None = None, page: int = 1, limit: int = 30
) -> Answer[tuple[LoopSeries, ...]]:
    """Series in which every word of ``text`` occurs, in a name, the description, a genre or the type."""
    # the server takes each word for a regular expression and fails without any
    words = " ".join(_REGEX_SIGNS.sub(" ", text).split())
    if not words:
        return Answer((), datetime.now(UTC))
    params: dict[str, Param] = {"value": words, "type": type, "season": season, "page": page, "limit": limit}
    return get(ANIMELOOP, "/search/series", params, endpoint="animeloop.search", parse=many(parse_series, "search"))

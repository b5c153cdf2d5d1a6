"""Animeloop's JSON -> domain objects. Dicts stop here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, TypeVar

from catalog.domain.loops import LOOP_FILE_KEYS, Loop, LoopEpisode, LoopFile, LoopSeries
from catalog.services.animeloop.filters import NAME, is_object_id
from catalog.services.errors import UpstreamNotFound, UpstreamRejected, UpstreamUnavailable
from catalog.services.media import media_url
from catalog.services.payload import UNREADABLE, each, mapping, moment, number, text, texts, whole

T = TypeVar("T")

_PERIOD = re.compile(r"(\d{1,3}):([0-5]?\d):([0-5]?\d(?:\.\d{1,9})?)")
_SEASON = re.compile(r"(\d{4})-(\d{1,2})")


def one(parse: Callable[[Any], T], subject: str) -> Callable[[Any], T]:
    """Read an answer about one thing; an unknown id is a success with empty data."""

    def read(payload: Any) -> T:
        data = _data(payload, subject)
        if data in ({}, [], None):
            raise UpstreamNotFound(NAME, subject, "no such id")
        return parse(data)

    return read


def many(parse: Callable[[Any], T], subject: str) -> Callable[[Any], tuple[T, ...]]:
    """Read an answer that lists things; undefined data arrives as an empty object."""

    def read(payload: Any) -> tuple[T, ...]:
        data = _data(payload, subject)
        return () if data == {} else each(data, parse, upstream=NAME)

    return read


def error_of(payload: Any) -> tuple[int | None, str]:
    """The code and message of an error body; some routes nest the whole error inside ``message``."""
    error = mapping(payload)
    if isinstance(error.get("message"), dict):
        error = {"code": error.get("code")} | error["message"]
    return whole(error.get("code")), text(error.get("message")) or ""


def parse_loop(payload: Mapping[str, Any]) -> Loop:
    """A loop, short (``episodeid``, ``seriesid``) or full (``episode``, ``series``)."""
    duration = number(payload["duration"])
    if duration is None or duration <= 0:
        raise ValueError(f"duration: {payload['duration']!r}")
    period, frame = mapping(payload.get("period")), mapping(payload.get("frame"))
    episode = _optional(parse_episode, payload.get("episode"))
    series = _optional(parse_series, payload.get("series"))
    return Loop(
        id=_id(payload["id"]),
        duration=duration,
        begin=parse_period(period.get("begin")),
        end=parse_period(period.get("end")),
        begin_frame=whole(frame.get("begin")),
        end_frame=whole(frame.get("end")),
        source=text(payload.get("sourceFrom")),
        uploaded_at=moment(payload.get("uploadDate")),
        files=_files(mapping(payload.get("files"))),
        episode_id=episode.id if episode else _optional(_id, payload.get("episodeid")),
        series_id=_series_id(series, payload.get("seriesid")) or (episode.series_id if episode else None),
        episode=episode,
        series=series,
    )


def parse_episode(payload: Mapping[str, Any]) -> LoopEpisode:
    series = _optional(parse_series, payload.get("series"))
    return LoopEpisode(
        id=_id(payload["id"]),
        number=text(payload.get("no")),
        series_id=_series_id(series, payload.get("seriesid")),
        series=series,
    )


def parse_series(payload: Mapping[str, Any]) -> LoopSeries:
    return LoopSeries(
        id=_id(payload["id"]),
        title=text(payload.get("title")),
        title_romaji=text(payload.get("title_romaji")),
        title_english=text(payload.get("title_english")),
        title_japanese=text(payload.get("title_japanese")),
        description=text(payload.get("description")),
        genres=texts(payload.get("genres")),
        type=text(payload.get("type")),
        total_episodes=whole(payload.get("total_episodes")),
        anilist_id=whole(payload.get("anilist_id")),
        season=text(payload.get("season")),
        cover_url=media_url(text(payload.get("image_url_large"))),
        banner_url=media_url(text(payload.get("image_url_banner"))),
    )


def parse_count(data: Any) -> int:
    count = whole(data["count"])
    if count is None or count < 0:
        raise ValueError(f"count: {data['count']!r}")
    return count


def parse_seasons(payload: Any) -> tuple[str, ...]:
    """Each season once, the newest first; "2017-10" is newer than "2017-4"."""
    seasons = set(many(_season, "seasons")(payload))
    return tuple(f"{year}-{month}" for year, month in sorted(seasons, reverse=True))


def parse_period(value: Any) -> timedelta | None:
    """ "00:22:47.783000" as time since the episode's beginning."""
    match = _PERIOD.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return None
    return timedelta(hours=int(match[1]), minutes=int(match[2]), seconds=float(match[3]))


def _data(payload: Any, subject: str) -> Any:
    """The envelope's data; its errors arrive with HTTP 200, and the document's examples omit code and message."""
    if payload["status"] not in ("success", "error"):
        raise ValueError(f"status: {payload['status']!r}")
    if payload["status"] == "success" and not isinstance(payload.get("message"), dict):
        return payload["data"]
    code, message = error_of(payload)
    if code == 404:
        raise UpstreamNotFound(NAME, subject, message, code=code)
    if code is not None and 400 <= code < 500 and code != 429:
        raise UpstreamRejected(NAME, subject, message, code=code)
    raise UpstreamUnavailable(NAME, subject, message, code=code)


def _season(value: Any) -> tuple[int, int]:
    match = _SEASON.fullmatch(value)
    if match is None:
        raise ValueError(f"season: {value!r}")
    return int(match[1]), int(match[2])


def _files(payload: Mapping[str, Any]) -> tuple[LoopFile, ...]:
    urls = ((key, media_url(text(payload.get(key)))) for key in LOOP_FILE_KEYS)
    return tuple(LoopFile(key=key, url=url) for key, url in urls if url is not None)


def _series_id(series: LoopSeries | None, value: Any) -> str | None:
    return series.id if series else _optional(_id, value)


def _id(value: Any) -> str:
    if not is_object_id(value):
        raise ValueError(f"id: {value!r}")
    return str(value).lower()


def _optional(parse: Callable[[Any], T], value: Any) -> T | None:
    """What belongs to a loop but is not the loop: unreadable, it is unknown."""
    try:
        return parse(value) if value else None
    except UNREADABLE:
        return None

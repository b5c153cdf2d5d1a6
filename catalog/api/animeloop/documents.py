"""Domain objects -> the v2 document's JSON, keys in the document's order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from catalog.domain.loops import Loop, LoopCollection, LoopEpisode, LoopSeries, LoopTag

FILE_KEYS = ("jpg_360p", "mp4_360p", "gif_360p", "jpg_720p", "mp4_720p", "mp4_1080p", "jpg_1080p")


def loop_document(loop: Loop, *, full: bool, origin: str | None = None) -> dict[str, Any]:
    """``full`` nests episode and series instead of naming them; ``origin`` replaces the files' own one."""
    document = {
        "id": loop.id,
        "duration": loop.duration,
        "period": {"begin": _period(loop.begin), "end": _period(loop.end)},
        "frame": {"begin": loop.begin_frame, "end": loop.end_frame},
        "sourceFrom": loop.source,
        "uploadDate": _moment(loop.uploaded_at),
        "files": {key: _moved(url, origin) for key in FILE_KEYS if (url := loop.url(key))},
    }
    if full and loop.episode and loop.series:
        return document | {
            "episode": episode_document(loop.episode, full=False),
            "series": series_document(loop.series),
        }
    return document | {"episodeid": loop.episode_id, "seriesid": loop.series_id}


def episode_document(episode: LoopEpisode, *, full: bool) -> dict[str, Any]:
    document: dict[str, Any] = {"id": episode.id, "no": episode.number}
    if full and episode.series:
        return document | {"series": series_document(episode.series)}
    return document | {"seriesid": episode.series_id}


def series_document(series: LoopSeries) -> dict[str, Any]:
    document = {
        "id": series.id,
        "title": series.title,
        "title_romaji": series.title_romaji,
        "title_english": series.title_english,
        "title_japanese": series.title_japanese,
        "description": series.description,
        "genres": list(series.genres),
        "type": series.type,
        "total_episodes": series.total_episodes,
        "anilist_id": series.anilist_id,
        "season": series.season,
    }
    return document | ({"image_url_large": series.cover_url} if series.cover_url else {})


def tag_document(tag: LoopTag) -> dict[str, Any]:
    return {
        "type": tag.type,
        "loopid": tag.loop_id,
        "source": tag.source,
        "value": tag.value,
        "confidence": tag.confidence,
        "id": tag.id,
    }


def collection_document(collection: LoopCollection) -> dict[str, Any]:
    return {
        "userid": collection.user_id,
        "name": collection.name,
        "description": collection.description,
        "title": collection.title,
        "cid": collection.id,
    }


def _period(time: timedelta | None) -> str | None:
    """ "00:22:47.783000", and "00:06:13" on the whole second."""
    if time is None:
        return None
    return (datetime.min + time).time().isoformat()


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z") if moment else None


def _moved(url: str, origin: str | None) -> str:
    return url if origin is None else origin + urlsplit(url).path

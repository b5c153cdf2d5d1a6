"""Answers of the server, cut to what a test needs."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

LOOP_ID = "59adf78ac4c0bc657943222d"
EPISODE_ID = "59adf789c4c0bc65794321fb"
SERIES_ID = "59adb3f8c4c0bc6579431f49"
KEYS = ("jpg_360p", "mp4_360p", "gif_360p", "jpg_720p", "mp4_720p", "mp4_1080p", "jpg_1080p")


def success(data: Any) -> dict[str, Any]:
    return {"status": "success", "code": 200, "message": "success", "data": data}


def error(code: int, message: str) -> dict[str, Any]:
    return {"status": "error", "code": code, "message": message}


def loop(id: str = LOOP_ID, **changes: Any) -> dict[str, Any]:
    """A loop of a list, with the ids of its episode and series."""
    return {
        "id": id,
        "duration": 0.7507499999999999,
        "period": {"begin": "00:22:47.783000", "end": "00:22:48.533000"},
        "frame": {"begin": 32794, "end": 32812},
        "sourceFrom": "automator",
        "uploadDate": "2017-09-05T01:00:26.913Z",
        "files": {key: f"http://cdn.animeloop.org/files/{key}/{id}.{key[:3]}" for key in KEYS},
        "episodeid": EPISODE_ID,
        "seriesid": SERIES_ID,
    } | changes


def full_loop(id: str = LOOP_ID, **changes: Any) -> dict[str, Any]:
    """A loop with its episode and series instead of their ids."""
    whole = loop(id) | {"episode": {"id": EPISODE_ID, "no": "13", "seriesid": SERIES_ID}, "series": series()}
    del whole["episodeid"], whole["seriesid"]
    return whole | changes


def episode(id: str = EPISODE_ID, **changes: Any) -> dict[str, Any]:
    return {"id": id, "no": "13", "seriesid": SERIES_ID} | changes


def full_episode(id: str = EPISODE_ID) -> dict[str, Any]:
    return {"id": id, "no": "13", "series": series()}


def series(id: str = SERIES_ID, **changes: Any) -> dict[str, Any]:
    return deepcopy(
        {
            "id": id,
            "title": "LoveLive! 2期",
            "title_romaji": "Love Live! School Idol Project 2nd Season",
            "title_english": "Love Live! School Idol Project Season 2",
            "title_japanese": "ラブライブ! School idol project 2期",
            "description": "A second contest.<br><i>The last time together</i> &mdash; for all nine.",
            "genres": ["Music", "Slice of Life"],
            "type": "TV",
            "total_episodes": 13,
            "anilist_id": 19111,
            "season": "2014-4",
            "image_url_large": "http://cdn.animeloop.org/files/anilist/19111/image_large.jpg",
        }
        | changes
    )

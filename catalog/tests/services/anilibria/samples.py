"""Small answers in the shapes that AniLibria's servers send."""

from __future__ import annotations

import base64
from copy import deepcopy
from typing import Any

HASH = "0123456789abcdef0123456789abcdef01234567"
HLS_HOST, MP4_HOST = "de4.libria.fun", "de8.libria.fun"
TORRENT_BYTES = b"d4:infod4:name1:aee"


def episode_payload(number: float = 1, **changes: Any) -> dict[str, Any]:
    name = f"{number:04}"
    return {
        "id": number,
        "hls": {
            "fhd": f"/videos/ts/501/{name}-hd/playlist.m3u8",
            "hd": f"/videos/ts/501/{name}/playlist.m3u8",
            "sd": f"/videos/ts/501/{name}-sd/playlist.m3u8",
        },
        "mp4": {
            "hd": f"/get/token/1591296559/mp4/501/{name}.mp4",
            "sd": f"/get/token/1591296559/mp4/501/{name}-sd.mp4",
            "download": {"hd": "?download=Yoru_no_Tori-hd.mp4", "sd": "?download=Yoru_no_Tori-sd.mp4"},
        },
    } | changes


def torrent_payload(**changes: Any) -> dict[str, Any]:
    return {
        "torrent_id": 77,
        "leechers": 2,
        "seeders": 16,
        "downloads": 8918,
        "quality": {
            "string": "WEBRip 1080p HEVC",
            "type": "WEBRip",
            "resolution": 1080,
            "encoder": "h265",
            "lq_audio": True,
        },
        "series": {"first": 1, "last": 2, "string": "1-2"},
        "total_size": 3000,
        "url": "/upload/torrents/77.torrent",
        "uploaded_timestamp": 1590483840,
        "raw_base64_file": base64.b64encode(TORRENT_BYTES).decode(),
        "metadata": {
            "hash": HASH.upper(),
            "name": "Yoru no Tori [WEBRip 1080p HEVC]",
            "announce": ["http://tr.libria.fun:2710/announce", "udp://tr.libria.fun:2710"],
            "created_timestamp": 1590483891,
            "files_list": [
                {"file": "Yoru_[1].mkv", "size": 1000, "offset": 0},
                {"file": "Yoru_[2].mkv", "size": 2000, "offset": 1000},
            ],
        },
    } | changes


def title_payload(**changes: Any) -> dict[str, Any]:
    """A title as the document describes it, with every field filled."""
    return deepcopy(
        {
            "id": 501,
            "code": "yoru-no-tori",
            "names": {"ru": "Птица ночи", "en": "Yoru no Tori", "alternative": "Night Bird"},
            "announce": "Серия выйдет во вторник",
            "status": {"string": "В работе", "code": 1},
            "poster": {
                "url": "/upload/release/350x500/501.jpg",
                "updated_timestamp": 1570770775,
                "raw_base64_file": base64.b64encode(b"\xff\xd8poster").decode(),
            },
            "updated": 1585249972,
            "last_change": 1590523671,
            "type": {
                "full_string": "ТВ (12 эп.), 25 мин.",
                "code": 1,
                "string": "ТВ",
                "series": 12,
                "length": "25 мин",
            },
            "genres": ["экшен", "магия"],
            "team": {
                "voice": ["Amikiri", "Silv"],
                "translator": ["Anku"],
                "editing": ["mutagenb"],
                "decor": ["Teplo"],
                "timing": ["Quin"],
            },
            "season": {"season_string": "осень", "season_code": 4, "year": 2019, "week_day": 5},
            "description": "Первая строка.\nВторая строка.",
            "in_favorites": 9648,
            "blocked": {"blocked": True, "bakanim": True},
            "player": {
                "alternative_player": "//kodik.info/serial/1/a/720p?translations=false",
                "hosts": {"mp4": MP4_HOST, "hls": HLS_HOST},
                "series": {"first": 1, "last": 2, "string": "1-2"},
                "playlist": {"1": episode_payload(1), "2": episode_payload(2)},
            },
            "torrents": {
                "series": {"first": 1, "last": 2, "string": "1-2"},
                "list": [torrent_payload()],
            },
        }
        | changes
    )


def clip_payload(**changes: Any) -> dict[str, Any]:
    return {
        "id": 341,
        "title": "АНОНС",
        "image": "https://img.youtube.com/vi/OXBO4h3l3rM/0.jpg",
        "youtube_id": "OXBO4h3l3rM",
        "timestamp": 1503824801,
    } | changes

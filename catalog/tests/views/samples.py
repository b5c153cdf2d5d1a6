"""What the upstreams send, small."""

from __future__ import annotations

from typing import Any

ANILIBRIA = "https://api.anilibria.tv/v2"
ANIMELOOP = "https://animeloop.org/api/v2"
LOOPS = "https://loops.video"

MORNING = 1795154400  # 20 November 2026, 09:00 in Moscow
HASH = "e45884bf43636bf61512a6c5eb1b7b9b0e84a925"

OTHER = {
    "id": 9760,
    "code": "ranma",
    "names": {"ru": "Ранма ½", "en": "Ranma ½", "alternative": None},
    "status": {"string": "В работе", "code": 1},
    "updated": MORNING - 86400,
    "in_favorites": 12,
}


def title(**changes: Any) -> dict[str, Any]:
    whole = {
        "id": 8500,
        "code": "nanatsu-no-taizai",
        "names": {"ru": "Семь смертных грехов", "en": "Nanatsu no Taizai", "alternative": "Seven Deadly Sins"},
        "announce": "Замена голоса в 24 серии",
        "status": {"string": "Завершен", "code": 2},
        "poster": {"url": None, "updated_timestamp": 1570770775},
        "updated": MORNING,
        "last_change": 1590523671,
        "type": {"full_string": "ТВ (24 эп.), 25 мин.", "code": 1, "string": "ТВ", "series": 24, "length": "25 мин"},
        "genres": ["экшен", "магия"],
        "team": {
            "voice": ["Kari", "Anzen"],
            "translator": ["Anku"],
            "editing": ["mutagenb"],
            "decor": ["Tia"],
            "timing": ["Alkhorus"],
        },
        "season": {"season_string": "осень", "season_code": 4, "year": 2019, "week_day": 5},
        "description": "Грехи против Заповедей.\nИ снова.",
        "in_favorites": 9648,
        "blocked": {"blocked": False, "bakanim": False},
        "player": {
            "alternative_player": "//kodik.info/serial/19248/720p",
            "hosts": {"mp4": "de8.libria.fun", "hls": "de4.libria.fun"},
            "series": {"first": 1, "last": 2, "string": "1-2"},
            "playlist": {"0": episode(0), "1": episode(1), "1.5": episode(1.5), "2": episode(2)},
        },
        "torrents": {"series": {"first": 1, "last": 2, "string": "1-2"}, "list": [torrent()]},
    }
    return whole | changes


def episode(number: float, **changes: Any) -> dict[str, Any]:
    whole = {
        "id": number,
        "name": f"Глава {number}",
        "created_timestamp": 1570770775,
        "preview": f"/upload/preview/{number}.jpg",
        "skips": {"opening": [90, 180], "ending": [1300, 1390.5]},
        "hls": {
            "fhd": f"/videos/{number}-fhd.m3u8",
            "hd": f"/videos/{number}-hd.m3u8",
            "sd": f"/videos/{number}-sd.m3u8",
        },
        "mp4": {
            "hd": f"/get/token/{number}.mp4",
            "sd": f"/get/token/{number}-sd.mp4",
            "download": {"hd": "?download=one-hd.mp4", "sd": "?download=one-sd.mp4"},
        },
    }
    return whole | changes


def torrent(**changes: Any) -> dict[str, Any]:
    whole = {
        "torrent_id": 10725,
        "seeders": 16,
        "leechers": 2,
        "downloads": 8918,
        "quality": {
            "string": "WEBRip 1080p",
            "type": "WEBRip",
            "resolution": 1080,
            "encoder": "h265",
            "lq_audio": True,
        },
        "series": {"first": 1, "last": 2, "string": "1-2"},
        "total_size": 35521275317,
        "url": "/upload/torrents/10725.torrent",
        "uploaded_timestamp": 1590483840,
        "metadata": {
            "hash": HASH,
            "name": "Nanatsu no Taizai [WEBRip 1080p]",
            "announce": ["http://tr.libria.fun:2710/announce"],
            "created_timestamp": 1590483891,
            "files_list": [{"file": "Nanatsu_[01].mkv", "size": 1036384565, "offset": 0}],
        },
    }
    return whole | changes


def animeloop(data: Any) -> dict[str, Any]:
    return {"status": "success", "code": 1200000, "message": "success", "data": data}


def loop(**changes: Any) -> dict[str, Any]:
    whole = {
        "id": "59adf78a3bb11f2eb1c3222d",
        "duration": 0.75,
        "period": {"begin": "00:22:47.783", "end": "00:22:48.533"},
        "frame": {"begin": 32794, "end": 32812},
        "sourceFrom": "automator",
        "uploadDate": "2017-09-05T01:00:00.000Z",
        "files": {"jpg_360p": "https://cdn.animeloop.org/1.jpg", "mp4_360p": "https://cdn.animeloop.org/1.mp4"},
        "series": {"id": "59adb3f8c4c0bc6579431f49", "title": "ラブライブ!"},
        "episode": {"id": "59adf6e1c4c0bc65794321aa", "no": "13"},
    }
    return whole | changes


def video(**changes: Any) -> dict[str, Any]:
    whole = {
        "id": "103467893641113600",
        "account": {"id": "1", "username": "sora.cels", "name": "Sora"},
        "caption": "Облака",
        "url": "https://loops.video/v/x",
        "media": {"thumbnail": "https://loopsusercontent.com/1.jpg", "src_url": None, "duration": 21},
        "is_sensitive": False,
        "likes": 1840,
        "shares": 1,
        "comments": 2,
        "created_at": "2026-11-19T10:00:00Z",
        "tags": [],
        "mentions": [],
    }
    return whole | changes


def clip(**changes: Any) -> dict[str, Any]:
    whole = {
        "id": 341,
        "title": "АНОНС - АНИМЕ ЗИМА 2017",
        "image": "https://img.youtube.com/vi/OXBO4h3l3rM/0.jpg",
        "youtube_id": "OXBO4h3l3rM",
        "timestamp": MORNING - 3600,
    }
    return whole | changes

"""Answers of the server, cut to what a test needs."""

from __future__ import annotations

from typing import Any

VIDEO_ID = "107099161459215690"
SHORTCODE = "5YvxWOxcRa"
MEDIA = "https://loopsusercontent.com"


def account(**changes: Any) -> dict[str, Any]:
    return {
        "id": "1",
        "name": "dansup",
        "display_name": "Dan",
        "username": "dansup",
        "avatar": f"{MEDIA}/avatars/1/y6i8g7330.jpg",
    } | changes


def video(id: object = VIDEO_ID, **changes: Any) -> dict[str, Any]:
    """A video as the document shows it."""
    return {
        "id": id,
        "account": account(),
        "caption": "Wow!",
        "url": "https://loops.video/v/5YvxWOxcRa",
        "shortcode": SHORTCODE,
        "is_owner": True,
        "is_sensitive": False,
        "is_local": True,
        "media": {
            "thumbnail": f"{MEDIA}/videos/1/a.jpg",
            "src_url": f"{MEDIA}/videos/1/a.mp4",
            "hls_url": None,
            "alt_text": None,
            "duration": 54,
            "width": 720,
            "height": 1278,
        },
        "pinned": True,
        "likes": 327,
        "shares": 23,
        "comments": 50,
        "bookmarks": 6,
        "has_liked": True,
        "has_bookmarked": True,
        "is_edited": True,
        "lang": None,
        "tags": [],
        "mentions": [],
        "permissions": {
            "can_comment": True,
            "can_download": False,
            "can_duet": False,
            "can_stitch": False,
            "can_embed": True,
        },
        "audio": {
            "has_audio": True,
            "id": f"at:{id}",
            "count": 0,
            "key": "80cf38c3-cd9c-4e75-8e24-a955c79c883b",
            "sound_id": "248936263126653225",
        },
        "meta": {"contains_ai": False, "contains_ad": False},
        "created_at": "2025-01-18T00:15:42+00:00",
    } | changes


def compact(id: str = VIDEO_ID, **changes: Any) -> dict[str, Any]:
    """A video as tags list it."""
    return {
        "id": id,
        "hid": SHORTCODE,
        "account": account(),
        "captionLinked": 'Rain &amp; <a href="https://loops.video/tag/neon">#neon</a><br>tonight',
        "is_sensitive": False,
        "media": {"thumbnail": f"{MEDIA}/videos/1/a.jpg", "duration": 12, "width": 720, "height": 1280},
        "likes": 5,
        "comments": 1,
        "created_at": "2025-01-18T00:15:42.000000Z",
    } | changes


def page(*videos: Any, next: str | None = None, prev: str | None = None) -> dict[str, Any]:
    return {
        "data": list(videos),
        "links": {"first": None, "last": None, "prev": None, "next": None},
        "meta": {"path": "https://loops.video/api", "per_page": 10, "next_cursor": next, "prev_cursor": prev},
    }


def error(code: str, message: str) -> dict[str, Any]:
    return {"data": [], "error": {"code": code, "message": message}}

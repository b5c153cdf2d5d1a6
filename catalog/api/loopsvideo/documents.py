"""Domain objects -> the JSON of the Video resource and of its compact sister, keys in the document's order."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from django.utils.html import escape

from catalog.api.loopsvideo.source import Entry, Tag
from catalog.domain.videos import Account, Mention, Video

COMPACT_CAPTION_LENGTH = 20

_LINKED = re.compile(r"(?<![\w/])([#@])([\w.@-]*\w)")


def entry_document(entry: Entry, document: Callable[[Video], dict[str, Any]]) -> dict[str, Any] | list[Any]:
    """A dead video without its author; where nothing is left of it, PHP's empty object: ``[]``."""
    if isinstance(entry, Video):
        return document(entry)
    return document(entry.video) | {"account": []} if entry.video else []


def video_document(video: Video) -> dict[str, Any]:
    media = video.media
    return {
        "id": video.id,
        "account": account_document(video.account),
        "caption": video.caption,
        "url": video.url,
        "shortcode": video.shortcode,
        "is_owner": video.is_owner,
        "is_sensitive": video.is_sensitive,
        "is_local": video.is_local,
        "media": {
            "thumbnail": media.thumbnail_url,
            "src_url": media.src_url,
            "hls_url": media.hls_url,
            "alt_text": media.alt_text,
            "duration": _seconds(media.duration),
            "width": media.width,
            "height": media.height,
        },
        "pinned": video.pinned,
        "likes": video.likes,
        "shares": video.shares,
        "comments": video.comments,
        "bookmarks": video.bookmarks,
        "has_liked": video.has_liked,
        "has_bookmarked": video.has_bookmarked,
        "is_edited": video.is_edited,
        "lang": video.lang,
        "tags": list(video.tags),
        "mentions": [mention_document(mention, video.caption or "") for mention in video.mentions],
        "permissions": {
            "can_comment": video.permissions.can_comment,
            "can_download": video.permissions.can_download,
            "can_duet": video.permissions.can_duet,
            "can_stitch": video.permissions.can_stitch,
            "can_embed": video.permissions.can_embed,
        },
        "audio": {
            "has_audio": video.audio.has_audio,
            "id": video.audio.id,
            "count": video.audio.count,
            "key": video.audio.key,
            "sound_id": video.audio.sound_id,
        },
        "meta": {"contains_ai": video.contains_ai, "contains_ad": video.contains_ad},
        "created_at": _moment(video.created_at),
    }


def compact_document(video: Video) -> dict[str, Any]:
    """What tags and explore send: ``hid`` for the shortcode, no file, a caption made of HTML."""
    caption = video.caption
    return {
        "id": video.id,
        "hid": video.shortcode,
        "account": account_document(video.account),
        "caption": caption,
        "captionText": _teaser(video),
        "captionLinked": _linked(caption) if caption else None,
        "url": video.url,
        "likes": video.likes,
        "shares": video.shares,
        "comments": video.comments,
        "bookmarks": video.bookmarks,
        "is_sensitive": video.is_sensitive,
        "created_at": _moment(video.created_at),
        "updated_at": _moment(video.created_at),
        "media": {
            "duration": _seconds(video.media.duration),
            "width": video.media.width or 720,
            "height": video.media.height or 1280,
            "thumbnail": video.media.thumbnail_url,
        },
    }


def account_document(account: Account) -> dict[str, Any]:
    return {
        "id": account.id,
        "name": account.name,
        "username": account.username,
        "avatar": account.avatar_url,
    }


def mention_document(mention: Mention, caption: str) -> dict[str, Any]:
    """The offsets count what JavaScript counts: UTF-16 units, two for an emoji."""
    return {
        "username": mention.username,
        "start_index": _utf16_units(caption[: mention.start]),
        "end_index": _utf16_units(caption[: mention.end]),
        "profile_id": mention.profile_id,
        "is_local": mention.is_local,
    }


def tag_document(tag: Tag) -> dict[str, Any]:
    return {"id": tag.id, "name": tag.name, "count": tag.count}


def _utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _teaser(video: Video) -> str:
    text = video.caption or "Untitled loop"
    short = text if len(text) <= COMPACT_CAPTION_LENGTH else text[:COMPACT_CAPTION_LENGTH].rstrip() + "..."
    return f"{short} • {video.likes} likes • {video.comments} comments"


def _linked(caption: str) -> str:
    """The caption as HTML, its hashtags and mentions linked below the instance's root."""

    def link(match: re.Match[str]) -> str:
        sign, name = match.groups()
        path = f"/tag/{quote(name)}" if sign == "#" else f"/@{quote(name, safe='@')}"
        return f'<a href="{path}">{sign}{name}</a>'

    # Escaping writes "&#x27;" for an apostrophe, so that only the raw text between such entities may be searched.
    return "".join(
        part if part.startswith("&") and part.endswith(";") else _LINKED.sub(link, part)
        for part in re.split(r"(&#?\w+;)", escape(caption))
    )


def _seconds(duration: float | None) -> int | None:
    return None if duration is None else round(duration)


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else None

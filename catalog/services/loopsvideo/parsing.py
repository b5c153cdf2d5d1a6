"""Loops' JSON -> domain objects. Dicts stop here.

Feeds of full videos and the compact shape of tags (``hid`` for the shortcode, HTML captions, no media file) are read by
the same functions: a field that a shape lacks is simply unknown.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

import nh3

from catalog.domain.videos import (
    Account,
    Mention,
    Video,
    VideoAudio,
    VideoMedia,
    VideoPage,
    VideoPermissions,
    shortcode,
)
from catalog.services.errors import UpstreamNotFound, UpstreamRejected, UpstreamUnavailable
from catalog.services.media import link_url, media_url
from catalog.services.payload import each, mapping, moment, number, text, texts, whole

NAME = "loops"

_LINE_BREAK = re.compile(r"<br\s*/?>|</p>\s*<p[^>]*>", re.IGNORECASE)


def read_video(subject: str) -> Callable[[Any], Video]:
    """Read an answer about one video; one whose author is gone is gone with them."""

    def read(payload: Any) -> Video:
        data = _data(payload, subject)
        if _is_dead(data):
            raise UpstreamNotFound(NAME, subject, "the video or its author is gone")
        return parse_video(data)

    return read


def read_account(subject: str) -> Callable[[Any], Account]:
    def read(payload: Any) -> Account:
        data = _data(payload, subject)
        if not data:
            raise UpstreamNotFound(NAME, subject, "no such account")
        return parse_account(data)

    return read


def read_page(subject: str) -> Callable[[Any], VideoPage]:
    """Read one page of a feed: dead videos are skipped, and pinned ones that come again are taken once."""

    def read(payload: Any) -> VideoPage:
        data = _data(payload, subject)
        if not isinstance(data, list):
            raise TypeError(f"{subject}: expected a list, got {type(data).__name__}")
        alive = [entry for entry in data if not _is_dead(entry)]
        videos: dict[str, Video] = {}
        for video in each(alive, parse_video, upstream=NAME):
            videos.setdefault(video.id, video)
        meta, links = mapping(payload.get("meta")), mapping(payload.get("links"))
        return VideoPage(
            videos=tuple(videos.values()),
            next_cursor=text(meta.get("next_cursor")) or _cursor(links.get("next")),
            prev_cursor=text(meta.get("prev_cursor")) or _cursor(links.get("prev")),
            total=whole(meta.get("total_results")),
            is_nsfw=meta.get("is_nsfw") is True,
        )

    return read


def read_tags(payload: Any) -> tuple[str, ...]:
    """Names of hashtags, sent as words or as objects with a name."""
    entries = _data(payload, "trending tags") if isinstance(payload, dict) else payload
    names = each(entries, lambda entry: entry["name"] if isinstance(entry, dict) else entry, upstream=NAME)
    return tuple(dict.fromkeys(name.lstrip("#") for name in texts(list(names)) if name.strip("#")))


def error_of(payload: Any) -> tuple[int | None, str]:
    """The code and message of an error body: an envelope with ``error``, or Laravel's own ``message``."""
    error = mapping(payload).get("error") or payload
    return whole(mapping(error).get("code")), text(mapping(error).get("message")) or text(error) or ""


def parse_video(payload: Mapping[str, Any]) -> Video:
    id = _id(payload["id"])
    caption = _caption(payload)
    meta = mapping(payload.get("meta"))
    return Video(
        id=id,
        account=parse_account(payload["account"]),
        caption=caption,
        url=link_url(text(payload.get("url"))),
        shortcode=shortcode(id),
        media=_media(mapping(payload.get("media"))),
        is_owner=payload.get("is_owner") is True,
        is_sensitive=bool(payload.get("is_sensitive")),
        is_local=payload.get("is_local") is not False,
        pinned=payload.get("pinned") is True,
        likes=_count(payload.get("likes")),
        shares=_count(payload.get("shares")),
        comments=_count(payload.get("comments")),
        bookmarks=_count(payload.get("bookmarks")),
        has_liked=payload.get("has_liked") is True,
        has_bookmarked=payload.get("has_bookmarked") is True,
        is_edited=payload.get("is_edited") is True,
        lang=text(payload.get("lang")),
        tags=tuple(tag.lstrip("#") for tag in texts(payload.get("tags"))),
        mentions=_mentions(payload.get("mentions"), caption),
        permissions=_permissions(mapping(payload.get("permissions"))),
        audio=_audio(mapping(payload.get("audio"))),
        contains_ai=meta.get("contains_ai") is True,
        contains_ad=meta.get("contains_ad") is True,
        created_at=moment(payload.get("created_at")),
    )


def parse_account(payload: Mapping[str, Any]) -> Account:
    username = text(payload["username"])
    if username is None:
        raise ValueError("username")
    return Account(
        id=_id(payload["id"]),
        username=username.removeprefix("@"),
        name=text(payload.get("name")) or text(payload.get("display_name")),
        avatar_url=media_url(text(payload.get("avatar"))),
    )


def account_payload(account: Account) -> dict[str, Any]:
    """What ``read_account`` reads ``account`` from."""
    return {
        "data": {
            "id": account.id,
            "username": account.username,
            "name": account.name,
            "avatar": account.avatar_url,
        }
    }


def _data(payload: Any, subject: str) -> Any:
    """The envelope's data, or the error that arrived in its place."""
    if not payload.get("error"):
        return payload["data"]
    code, message = error_of(payload)
    if code in (404, 410):
        raise UpstreamNotFound(NAME, subject, message, code=code)
    if code is not None and 400 <= code < 500 and code != 429:
        raise UpstreamRejected(NAME, subject, message, code=code)
    raise UpstreamUnavailable(NAME, subject, message, code=code)


def _is_dead(entry: Any) -> bool:
    """PHP's ``[]`` stands where a deleted video, or the account of a suspended author, was."""
    return not entry or (isinstance(entry, dict) and entry.get("account") in ([], {}, None))


def _id(value: Any) -> str:
    id = whole(value)
    if id is None or id < 0:
        raise ValueError(f"id: {value!r}")
    return str(id)


def _count(value: Any) -> int:
    return max(0, whole(value) or 0)


def _caption(payload: Mapping[str, Any]) -> str | None:
    """Plain text; the compact shape has only HTML with links, of which the words are kept."""
    linked = text(payload.get("captionLinked"))
    plain = text(payload.get("caption")) or text(payload.get("captionText"))
    if plain or linked is None:
        return plain
    return html.unescape(nh3.clean(_LINE_BREAK.sub("\n", linked), tags=set())).strip() or None


def _media(payload: Mapping[str, Any]) -> VideoMedia:
    duration = number(payload.get("duration"))
    return VideoMedia(
        thumbnail_url=media_url(text(payload.get("thumbnail"))),
        src_url=media_url(text(payload.get("src_url"))),
        hls_url=media_url(text(payload.get("hls_url"))),
        alt_text=text(payload.get("alt_text")),
        duration=duration if duration is not None and duration > 0 else None,
        width=_pixels(payload.get("width")),
        height=_pixels(payload.get("height")),
    )


def _pixels(value: Any) -> int | None:
    pixels = whole(value)
    return pixels if pixels is not None and pixels > 0 else None


def _permissions(payload: Mapping[str, Any]) -> VideoPermissions:
    return VideoPermissions(
        can_comment=payload.get("can_comment") is True,
        can_download=payload.get("can_download") is True,
        can_duet=payload.get("can_duet") is True,
        can_stitch=payload.get("can_stitch") is True,
        can_embed=payload.get("can_embed") is True,
    )


def _audio(payload: Mapping[str, Any]) -> VideoAudio:
    return VideoAudio(
        has_audio=payload.get("has_audio") is True,
        id=text(payload.get("id")),
        count=_count(payload.get("count")),
        key=text(payload.get("key")),
        sound_id=text(payload.get("sound_id")),
    )


def _mentions(entries: Any, caption: str | None) -> tuple[Mention, ...]:
    """Those that are where they say they are, in order, none inside another."""
    if caption is None or not isinstance(entries, list):
        return ()
    mentions: list[Mention] = []
    found = each(entries, lambda entry: _mention(entry, caption), upstream=NAME)
    for mention in sorted(found, key=lambda mention: mention.start):
        if not mentions or mentions[-1].end <= mention.start:
            mentions.append(mention)
    return tuple(mentions)


def _mention(payload: Mapping[str, Any], caption: str) -> Mention:
    """The upstream counts in UTF-16 units, of which a sign outside the basic plane, such as an emoji, has two."""
    units = caption.encode("utf-16-le")
    first, last = whole(payload["start_index"]), whole(payload["end_index"])
    username = text(payload["username"])
    if username is None or first is None or last is None or not 0 <= first < last <= len(units) // 2:
        raise ValueError("a mention outside the caption")
    start = len(units[: 2 * first].decode("utf-16-le"))
    words = units[2 * first : 2 * last].decode("utf-16-le")
    username = username.removeprefix("@")
    if words.casefold() not in (f"@{username}".casefold(), f"@{username.partition('@')[0]}".casefold()):
        raise ValueError(f"{words!r} does not mention {username!r}")
    return Mention(
        username=username,
        start=start,
        end=start + len(words),
        profile_id=text(payload.get("profile_id")),
        is_local=payload.get("is_local") is not False,
    )


def _cursor(link: Any) -> str | None:
    query = urlsplit(link).query if isinstance(link, str) else ""
    return next(iter(parse_qs(query).get("cursor", [])), None)

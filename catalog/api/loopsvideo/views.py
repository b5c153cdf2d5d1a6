"""The routes for guests. Every view is given the source that it asks."""

from __future__ import annotations

import time
from random import Random

from django.http import HttpRequest

from catalog.api.loopsvideo.documents import (
    account_document,
    compact_document,
    entry_document,
    tag_document,
    video_document,
)
from catalog.api.loopsvideo.paging import ONLY_PAGE, ORDERS, links, meta, page_of
from catalog.api.loopsvideo.refusals import Forbidden, Invalid, Missing, Suspended, Unavailable
from catalog.api.loopsvideo.responses import Json
from catalog.api.loopsvideo.source import VideoSource

FEED_SIZE = 10
FEED_LIFETIME_SECONDS = 45 * 60
ACCOUNT_PAGE_SIZE = 10
MAX_PINNED = 3
TAG_FEED_SIZE = 22
TAG_SIZE = 9


def video(request: HttpRequest, source: VideoSource, *, video_id: str) -> Json:
    try:
        found = source.video(video_id)
    except Suspended:
        raise Unavailable from None
    if found is None:
        raise Missing("Resource not available")
    return {"data": video_document(found)}


def feed(request: HttpRequest, source: VideoSource) -> Json:
    """Some of the most popular videos, drawn anew whenever the server's own copy expires; there is one page."""
    draw = Random(int(time.time()) // FEED_LIFETIME_SECONDS)
    entries = source.popular()
    chosen = draw.sample(list(entries), min(FEED_SIZE, len(entries)))
    address = _address(request)
    return {
        "data": [entry_document(entry, video_document) for entry in chosen],
        "links": links(ONLY_PAGE, address, {}),
        "meta": meta(ONLY_PAGE, address, len(chosen)),
    }


def account_feed(request: HttpRequest, source: VideoSource, *, account_id: str) -> Json:
    """An account's videos. The pinned ones lead the first page of the latest, and come again in their own place."""
    sort = request.GET.get("sort", "Latest")
    if sort not in ORDERS:
        raise Invalid("sort")
    videos = source.account_videos(account_id)
    if videos is None:
        raise Missing
    cursor, order, address = request.GET.get("cursor"), ORDERS[sort], _address(request)
    pinned = [video for video in videos if video.pinned] if sort == "Latest" and not cursor else []
    pinned = sorted(pinned, key=order.value, reverse=True)[:MAX_PINNED]
    page = page_of([video for video in videos if video not in pinned], order, cursor, ACCOUNT_PAGE_SIZE)
    return {
        "data": [video_document(video) for video in (*pinned, *page.videos)],
        "links": links(page, address, {"sort": sort} if "sort" in request.GET else {}),
        "meta": meta(page, address, ACCOUNT_PAGE_SIZE),
    }


def account(request: HttpRequest, source: VideoSource, *, username: str) -> Json:
    try:
        found = source.account(username)
    except Suspended:
        raise Forbidden from None
    if found is None:
        raise Missing
    return {"data": account_document(found)}


def trending_tags(request: HttpRequest, source: VideoSource) -> Json:
    return {"data": [tag_document(tag) for tag in source.trending_tags()]}


def tag_feed(request: HttpRequest, source: VideoSource, *, name: str) -> Json:
    """The videos of a tag in fashion; guests get one page, and asking for another is asking for nothing."""
    if "cursor" in request.GET or name not in {tag.name for tag in source.trending_tags()}:
        raise Missing
    address = _address(request)
    return {
        "data": [entry_document(entry, compact_document) for entry in source.tagged(name)[:TAG_FEED_SIZE]],
        "links": links(ONLY_PAGE, address, {}),
        "meta": meta(ONLY_PAGE, address, TAG_FEED_SIZE),
    }


def tagged(request: HttpRequest, source: VideoSource, *, name: str) -> Json:
    """The newest videos of any tag; a sensitive tag shows guests nothing."""
    tag = source.tag(name)
    if tag is None:
        raise Missing
    if tag.is_sensitive:
        return {"data": [], "links": [], "meta": {"is_nsfw": True, "is_guest": True}}
    return {
        "data": [entry_document(entry, compact_document) for entry in source.tagged(name)[:TAG_SIZE]],
        "meta": {
            "total_results": tag.count,
            "limit": TAG_SIZE,
            "next_cursor": None,
            "has_more": False,
            "is_guest": True,
        },
    }


def _address(request: HttpRequest) -> str:
    return request.build_absolute_uri(request.path)

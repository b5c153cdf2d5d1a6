"""Laravel's cursors: opaque text that names the first or last entry of a page and a direction."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from catalog.domain.videos import Video

_FORWARD = "_pointsToNextItems"


@dataclass(frozen=True, slots=True)
class Order:
    """``column`` is the server's name for what ``value`` reads. Entries that tie are skipped at a page's edge."""

    column: str
    value: Callable[[Video], int]
    descending: bool


ORDERS = {
    "Latest": Order("id", lambda video: int(video.id), descending=True),
    "Oldest": Order("id", lambda video: int(video.id), descending=False),
    "Popular": Order("likes", lambda video: video.likes, descending=True),
}


@dataclass(frozen=True, slots=True)
class Page:
    videos: Sequence[Video]
    previous: str | None
    next: str | None


ONLY_PAGE = Page((), None, None)


def page_of(videos: Sequence[Video], order: Order, cursor: str | None, size: int) -> Page:
    """The page that ``cursor`` points at; the first one where it points at nothing."""
    ordered = sorted(videos, key=order.value, reverse=order.descending)
    place = _decoded(cursor, order.column)
    if place is None:
        found, more = ordered[:size], len(ordered) > size
        return Page(found, None, _cursor(found, order, forward=True) if more else None)

    value, forward = place
    wanted = _beyond(value, after=forward is not order.descending)
    rest = [video for video in ordered if wanted(order.value(video))]
    found, more = (rest[:size] if forward else rest[-size:]), len(rest) > size
    return Page(
        found,
        previous=_cursor(found, order, forward=False) if forward or more else None,
        next=_cursor(found, order, forward=True) if more or not forward else None,
    )


def links(page: Page, address: str, given: dict[str, str]) -> dict[str, str | None]:
    """``given`` is the query to repeat in each link."""

    def link(cursor: str | None) -> str | None:
        return f"{address}?{urlencode(given | {'cursor': cursor})}" if cursor else None

    return {"first": None, "last": None, "prev": link(page.previous), "next": link(page.next)}


def meta(page: Page, address: str, size: int) -> dict[str, Any]:
    return {"path": address, "per_page": size, "next_cursor": page.next, "prev_cursor": page.previous}


def _beyond(value: int, *, after: bool) -> Callable[[int], bool]:
    return (lambda other: other > value) if after else (lambda other: other < value)


def _cursor(videos: Sequence[Video], order: Order, *, forward: bool) -> str | None:
    if not videos:
        return None
    edge = videos[-1] if forward else videos[0]
    place = {order.column: order.value(edge), _FORWARD: forward}
    return urlsafe_b64encode(json.dumps(place, separators=(",", ":")).encode()).decode().rstrip("=")


def _decoded(cursor: str | None, column: str) -> tuple[int, bool] | None:
    """What ``cursor`` says; text that is no cursor of this order says nothing."""
    try:
        place = json.loads(urlsafe_b64decode((cursor or "") + "==="))
        return int(place[column]), bool(place[_FORWARD])
    except (ValueError, KeyError, TypeError, OverflowError):
        return None

"""What the entries of a list stand for: from the indexes, each in one question; what they lack, from its source."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from typing import Any

from django.db import DatabaseError

from catalog.domain.lists import Entry, Listed
from catalog.domain.loops import Loop
from catalog.domain.titles import Number, Title
from catalog.domain.videos import Video
from catalog.models import LoopRow, TitleRow
from catalog.services import anilibria, animeloop, loopsvideo
from catalog.services.answer import Answer
from catalog.services.errors import UpstreamError
from catalog.services.together import together
from catalog.services.transport import NotReady, renewing, without_waiting

log = logging.getLogger(__name__)

Item = Title | Loop | Video
LATEST = 500  # titles: some months of updates
MOST_ASKED = 10  # loops and videos that neither an index nor a saved copy has, each a question of its own
ASK: dict[str, Callable[[str], Answer[Any]]] = {"loop": animeloop.loop, "video": loopsvideo.video_by_shortcode}


def listed(entries: Iterable[Entry]) -> tuple[Listed, ...]:
    """Each with its item, in this order, within a page's deadline."""
    entries = list(entries)
    items = _indexed(entries)
    items |= _saved(entry for entry in entries if entry.key not in items and entry.kind in ASK)
    missing = [entry for entry in entries if entry.key not in items]
    singly = [entry for entry in missing if entry.kind in ASK][:MOST_ASKED]
    calls: dict[str, Callable[[], Answer[Any]]] = {
        f"{entry.kind}/{entry.subject}": partial(ASK[entry.kind], entry.subject) for entry in singly
    }
    if ids := [int(entry.subject) for entry in missing if entry.kind == "title"]:
        calls["titles"] = partial(anilibria.titles, ids=ids)
    blocks = together(**calls)
    if told := blocks.pop("titles", None):
        items |= {("title", str(title.id)): title for title in told.value or ()}
    items |= {(entry.kind, entry.subject): block.value for entry, block in zip(singly, blocks.values(), strict=True)}
    return tuple(Listed(entry=entry, item=items.get(entry.key)) for entry in entries)


def _saved(entries: Iterable[Entry]) -> dict[tuple[str, str], Item | None]:
    """What was told of them before, for which nobody has to wait or to be asked."""
    items: dict[tuple[str, str], Item | None] = {}
    for entry in entries:
        with renewing(lambda fetched_at, ttl: False), without_waiting(), suppress(UpstreamError, NotReady):
            items[entry.key] = ASK[entry.kind](entry.subject).value
    return items


def titles(ids: Iterable[int]) -> list[Title]:
    """Those of them that somebody tells of."""
    shown = listed(Entry(kind="title", subject=str(id), heart=True) for id in ids)
    return [one.item for one in shown if isinstance(one.item, Title)]


def last_episodes(entries: Iterable[Entry]) -> dict[str, Number]:
    """The number of the last episode of each title among them, as far as that is known."""
    shown = listed(entry for entry in entries if entry.kind == "title")
    return {one.entry.subject: one.last for one in shown if one.last is not None}


def latest() -> dict[int, Number]:
    """The numbers of the last episodes of the titles that were updated last; nothing where the database fails."""
    rows = TitleRow.objects.filter(last_episode__isnull=False, updated_at__isnull=False).order_by("-updated_at")
    try:
        found = rows.values_list("id", "last_episode")[:LATEST]
        return {id: last for id, last in found if last is not None}
    except DatabaseError as exc:
        log.warning("the index cannot be read: %s", exc)
        return {}


def _indexed(entries: list[Entry]) -> dict[tuple[str, str], Item | None]:
    """What the indexes have; nothing where the database fails."""
    titles = [int(entry.subject) for entry in entries if entry.kind == "title"]
    loops = [entry.subject for entry in entries if entry.kind == "loop"]
    items: dict[tuple[str, str], Item | None] = {}
    try:
        if titles:
            items |= {("title", str(row.id)): row.title for row in TitleRow.objects.in_bulk(titles).values()}
        if loops:
            rows = LoopRow.objects.select_related("series").in_bulk(loops)
            items |= {("loop", row.id): row.loop for row in rows.values()}
    except DatabaseError as exc:
        log.warning("the indexes cannot be read: %s", exc)
    return items

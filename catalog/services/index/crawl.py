"""The whole catalogue: first which titles there are, then each of them, then away with those that are gone.

Everything may be lost half-way: what was seen since the crawl began is not asked for again, and nothing is removed
before the crawl is complete.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from django.utils import timezone

from catalog.domain.titles import Title
from catalog.models import IndexState, TitleRow
from catalog.services import anilibria
from catalog.services.errors import UpstreamBadData, UpstreamNotFound, UpstreamUnavailable
from catalog.services.index.lease import Lease
from catalog.services.index.rows import remove, store
from catalog.services.index.state import source

log = logging.getLogger(__name__)

T = TypeVar("T")
Report = Callable[[int, int], object]

INDEX_FIELDS = (*anilibria.CARD_FIELDS, "team")
MOMENTS = ("last_change", "updated")
LISTED_AT_ONCE = 1000  # ids and moments only
FETCHED_AT_ONCE = 100
RESUMED_WITHIN = timedelta(hours=6)  # an older beginning is no beginning: titles have changed since
PATIENCE_SECONDS = 60.0
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.5, 5.0


def read_all(lease: Lease, report: Report) -> None:
    """Fetch and store every title; ``report(done, total)`` after each step. Raises an ``UpstreamError``."""
    started = _begin(lease)
    listed = {title.id: title for title in _listing(lease)}
    seen = set(TitleRow.objects.filter(seen_at__gte=started).values_list("pk", flat=True))
    missing = [title_id for title_id in listed if title_id not in seen]
    done = len(listed) - len(missing)
    lease.update(done=done, total=len(listed))
    report(done, len(listed))
    for ids in _batches(missing):
        store(lease, _fetch(lease, ids), seen_at=timezone.now())
        done += len(ids)
        lease.update(done=done)
        report(done, len(listed))
    _remove_gone(lease, listed.keys(), started)
    now = timezone.now()
    lease.update(
        crawl_started_at=None,
        crawled_at=now,
        refreshed_at=now,
        failed_at=None,
        changes_seen_at=newest(title.changed_at for title in listed.values()),
        updates_seen_at=newest(title.updated_at for title in listed.values()),
    )


def patiently(lease: Lease, ask: Callable[[], T]) -> T:
    """Ask again while the upstream is away, overloaded or stammering, for about a minute."""
    until, pause = time.monotonic() + PATIENCE_SECONDS, FIRST_PAUSE_SECONDS
    while True:
        try:
            return ask()
        except (UpstreamUnavailable, UpstreamBadData) as exc:
            rest = exc.retry_after if isinstance(exc, UpstreamUnavailable) else None
            wait = max(pause, rest or 0.0)
            if time.monotonic() + wait > until:
                raise
        lease.update()
        time.sleep(wait)
        pause = min(pause * 2, LONGEST_PAUSE_SECONDS)


def newest(moments: Iterable[datetime | None]) -> datetime | None:
    return max((moment for moment in moments if moment is not None), default=None)


def _begin(lease: Lease) -> datetime:
    """When the crawl began that this one goes on with, or now."""
    state = IndexState.objects.get(holder=lease.holder)
    now = timezone.now()
    if state.source != source():
        lease.update(source=source(), crawled_at=None, refreshed_at=None, crawl_started_at=now, done=0, total=None)
        return now
    if state.crawl_started_at and now - state.crawl_started_at < RESUMED_WITHIN:
        return state.crawl_started_at
    lease.update(crawl_started_at=now, done=0, total=None)
    return now


def _listing(lease: Lease) -> Iterator[Title]:
    """Every title's id and moments; a server may send less at once than it was asked for."""
    seen: set[int] = set()
    while True:
        page = patiently(lease, partial(_listed, after=len(seen)))
        unseen = {title.id: title for title in page if title.id not in seen}
        if not unseen:
            break
        yield from unseen.values()
        seen |= unseen.keys()
        lease.update()
    if not seen:
        raise UpstreamBadData("anilibria", "getChanges", "no title at all")


def _listed(after: int) -> tuple[Title, ...]:
    return anilibria.changes(LISTED_AT_ONCE, after, fields=MOMENTS, anew=True).value


def _fetch(lease: Lease, ids: Sequence[int]) -> tuple[Title, ...]:
    try:
        return patiently(lease, lambda: anilibria.titles(ids=ids, fields=INDEX_FIELDS, anew=True).value)
    except UpstreamNotFound:
        return ()


def _remove_gone(lease: Lease, listed: Iterable[int], started: datetime) -> None:
    """A list that changes while it is read can skip a title, so ask for each missing one by its id."""
    unseen = TitleRow.objects.filter(seen_at__lt=started).values_list("pk", flat=True)
    suspects = sorted(set(unseen) - set(listed))
    gone: list[int] = []
    for ids in _batches(suspects):
        there = _fetch(lease, ids)
        store(lease, there, seen_at=timezone.now())
        gone += set(ids) - {title.id for title in there}
    if gone:
        log.info("removed %s titles from the index that the upstream no longer has", remove(lease, gone))


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), FETCHED_AT_ONCE):
        yield ids[start : start + FETCHED_AT_ONCE]

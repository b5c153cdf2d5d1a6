"""Everything that the upstream has: its series, then its loops page by page, then away with those that are gone.

It may be lost half-way: the next crawl goes on with the page that this one did not finish, and nothing is removed
before all is read.
"""

from __future__ import annotations

import logging
from datetime import datetime
from functools import partial
from typing import Any

from django.utils import timezone

from catalog.domain.loops import Loop, LoopSeries
from catalog.models import LoopIndexState, LoopRow, SeriesRow
from catalog.services import animeloop
from catalog.services.errors import UpstreamBadData, UpstreamNotFound
from catalog.services.index.crawl import RESUMED_WITHIN, Report, patiently
from catalog.services.index.lease import Lease
from catalog.services.loop_index.rows import remove, store_loops, store_series
from catalog.services.loop_index.state import source

log = logging.getLogger(__name__)

READ_AT_ONCE = 100  # the most that the document promises
DOUBTED_MOST = 300  # loops that a list has skipped, perhaps: each is asked for by its id


def read_all(lease: Lease, report: Report) -> None:
    """Fetch and store every series and loop; ``report(done, total)`` after each page. Raises an ``UpstreamError``."""
    started = _begin(lease)
    total = patiently(lease, lambda: animeloop.count(anew=True).value)
    if not total:
        raise UpstreamBadData("animeloop", "count", "no loop at all")
    lease.update(total=total)
    if not _state(lease).series_read:
        _read_series(lease)
    _read_loops(lease, total, report)
    _remove_gone(lease, total, started)
    now = timezone.now()
    held = LoopRow.objects.count()
    lease.update(crawl_started_at=None, crawled_at=now, refreshed_at=now, failed_at=None, page=1, done=held, total=held)


def catch_up(lease: Lease) -> int:
    """Where the upstream counts more loops than there are here, read what comes behind them; return how many are new.

    Lists have no order that is promised, yet what is new comes last; what does not is for the next whole crawl.
    """
    total = animeloop.count(anew=True).value
    held = LoopRow.objects.count()
    new = 0
    if total > held:
        page = held // READ_AT_ONCE + 1
        while loops := _loops(page):
            new += store_loops(lease, loops, seen_at=timezone.now())
            page += 1
            lease.update()
    held = LoopRow.objects.count()
    lease.update(refreshed_at=timezone.now(), failed_at=None, done=held, total=total)
    return new


def _begin(lease: Lease) -> datetime:
    """When the crawl began that this one goes on with, or now."""
    state, now = _state(lease), timezone.now()
    fresh: dict[str, Any] = {"crawl_started_at": now, "page": 1, "series_read": False, "done": 0, "total": None}
    if state.source != source():
        lease.update(source=source(), crawled_at=None, refreshed_at=None, **fresh)
        return now
    if state.crawl_started_at and now - state.crawl_started_at < RESUMED_WITHIN:
        return state.crawl_started_at
    lease.update(**fresh)
    return now


def _read_series(lease: Lease) -> None:
    seen: set[str] = set()
    page = _state(lease).page
    while True:
        series = patiently(lease, partial(_series, page))
        if not {one.id for one in series} - seen:
            break
        seen |= {one.id for one in series}
        page += 1
        store_series(lease, series, seen_at=timezone.now())
        lease.update(page=page)
    lease.update(series_read=True, page=1)


def _read_loops(lease: Lease, total: int, report: Report) -> None:
    state = _state(lease)
    page, done = state.page, state.done
    seen: set[str] = set()
    report(done, total)
    while True:
        loops = patiently(lease, partial(_loops, page))
        if not {loop.id for loop in loops} - seen:
            break
        seen |= {loop.id for loop in loops}
        page += 1
        done += len(loops)
        store_loops(lease, loops, seen_at=timezone.now())
        lease.update(page=page, done=done)
        report(min(done, total), total)


def _series(page: int) -> tuple[LoopSeries, ...]:
    return animeloop.series_list(page=page, limit=READ_AT_ONCE, anew=True).value


def _loops(page: int) -> tuple[Loop, ...]:
    return animeloop.loops(full=True, page=page, limit=READ_AT_ONCE, anew=True).value


def _remove_gone(lease: Lease, total: int, started: datetime) -> None:
    """Lists that change while they are read can skip something: then each that was missing is asked for by its id."""
    there = LoopRow.objects.filter(seen_at__gte=started)
    suspects = list(LoopRow.objects.filter(seen_at__lt=started).values_list("pk", flat=True))
    if there.count() < total:
        suspects = [loop_id for loop_id in suspects[:DOUBTED_MOST] if not _is_there(lease, loop_id)]
    if suspects:
        log.info("removed %s loops from the index that the upstream no longer has", remove(lease, LoopRow, suspects))
    used = LoopRow.objects.values("series_id")
    idle = SeriesRow.objects.filter(seen_at__lt=started).exclude(pk__in=used.filter(series__isnull=False))
    remove(lease, SeriesRow, idle.values_list("pk", flat=True))


def _is_there(lease: Lease, loop_id: str) -> bool:
    try:
        loop = patiently(lease, lambda: animeloop.loop(loop_id, anew=True).value)
    except UpstreamNotFound:
        return False
    store_loops(lease, (loop,), seen_at=timezone.now())
    return True


def _state(lease: Lease) -> LoopIndexState:
    return LoopIndexState.objects.get(holder=lease.holder)

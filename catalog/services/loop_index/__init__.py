"""The index of loops: rows derived from Animeloop for filters, counts, order and chance, and kept up by tasks."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from catalog.models import LoopIndexState
from catalog.services.errors import UpstreamError
from catalog.services.index.lease import Busy, Lease, hold
from catalog.services.index.state import Progress, crawl_is_due
from catalog.services.loop_index.crawl import catch_up, read_all
from catalog.services.loop_index.favoured import told
from catalog.services.loop_index.matching import match
from catalog.services.loop_index.state import progress
from catalog.services.loop_index.wall import (
    ORDERS,
    EpisodeLoops,
    all_series,
    answers,
    beside,
    choose_for,
    count,
    days,
    episodes,
    fitting,
    found,
    has,
    loop,
    loops_by_series,
    of_the_day,
    pick,
    series,
    series_list,
    series_of,
    series_types,
    title_of,
)

__all__ = [
    "ORDERS",
    "Busy",
    "EpisodeLoops",
    "Progress",
    "all_series",
    "answers",
    "beside",
    "choose_for",
    "count",
    "days",
    "episodes",
    "fitting",
    "found",
    "has",
    "loop",
    "loops_by_series",
    "match",
    "of_the_day",
    "pick",
    "progress",
    "rebuild",
    "refresh",
    "series",
    "series_list",
    "series_of",
    "series_types",
    "title_of",
    "told",
]

log = logging.getLogger(__name__)

HURRY = 24  # as often is everything read where the upstream has fewer loops than the index


def refresh() -> None:
    """Bring the index up to date. Never raises for an upstream that fails: the next call goes on from there."""
    try:
        with hold(LoopIndexState) as mine:
            mine.work(_bring_up_to_date)
    except Busy:
        log.debug("the index of loops is being written already")
    except UpstreamError as exc:
        log.warning("the index of loops could not be brought up to date: %s", exc)
    match()
    if progress().ready:
        today = timezone.localdate()
        for day in (today, today + timedelta(days=1)):
            choose_for(day)


def rebuild(report: Callable[[int, int], object]) -> None:
    """Read everything now. Raises Busy or an UpstreamError."""
    with hold(LoopIndexState) as mine:
        mine.work(lambda held: read_all(held, report))


def _bring_up_to_date(mine: Lease) -> None:
    if progress().ready:
        new = catch_up(mine)
        if new:
            log.info("%s loops and series are new or changed", new)
    state = progress()
    shrunk = (state.total or 0) < state.done
    every = settings.INDEX_CRAWL_SECONDS / (HURRY if shrunk else 1)
    if crawl_is_due(LoopIndexState, state, every):
        read_all(mine, lambda done, total: None)

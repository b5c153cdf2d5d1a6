"""The catalogue index: rows derived from the upstream for filters, counts, order and search, and kept up by tasks."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from catalog.models import IndexState
from catalog.services.errors import UpstreamError
from catalog.services.index.crawl import read_all
from catalog.services.index.facets import ORDERS, ROLES, Found, Wanted
from catalog.services.index.held import Catalogue, catalogue, forget, warm
from catalog.services.index.increments import catch_up, refetch
from catalog.services.index.lease import Busy, Lease, hold
from catalog.services.index.rows import cards
from catalog.services.index.state import Progress, progress

__all__ = [
    "ORDERS",
    "ROLES",
    "Busy",
    "Catalogue",
    "Found",
    "Progress",
    "Wanted",
    "cards",
    "catalogue",
    "forget",
    "progress",
    "rebuild",
    "refresh",
    "refresh_titles",
    "warm",
]

log = logging.getLogger(__name__)


def refresh() -> None:
    """Bring the index up to date: what changed since the last look, and all of it where that is due.

    Never raises for an upstream that fails; what failed shows in ``progress()``, and the next call goes on from there.
    """
    try:
        with hold() as mine:
            _noting_failure(mine, _bring_up_to_date)
    except Busy:
        log.debug("the index is being written already")


def rebuild(report: Callable[[int, int], object]) -> None:
    """Read the whole catalogue now. Raises Busy or an UpstreamError."""
    with hold() as mine:
        _noting_failure(mine, lambda held: read_all(held, report), silent=False)


def refresh_titles(ids: Iterable[int]) -> int:
    """Read these titles anew; return how many rows changed. Raises Busy or an UpstreamError."""
    with hold() as mine:
        return refetch(mine, ids)


def _bring_up_to_date(mine: Lease) -> None:
    if progress().ready:
        written = catch_up(mine)
        if written:
            log.info("%s titles of the index changed", written)
    if _crawl_is_due():
        read_all(mine, lambda done, total: None)


def _crawl_is_due() -> bool:
    """At first, once a day, and where one was left half-done."""
    state = IndexState.objects.get()
    if not progress().ready or state.crawl_started_at is not None or state.crawled_at is None:
        return True
    return timezone.now() - state.crawled_at > timedelta(seconds=settings.INDEX_CRAWL_SECONDS)


def _noting_failure(mine: Lease, work: Callable[[Lease], None], *, silent: bool = True) -> None:
    try:
        work(mine)
    except UpstreamError as exc:
        mine.update(failed_at=timezone.now())
        log.warning("the index could not be brought up to date: %s", exc)
        if not silent:
            raise

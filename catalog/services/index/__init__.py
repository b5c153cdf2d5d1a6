"""The catalogue index: rows derived from the upstream for filters, counts, order and search, and kept up by tasks."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable

from django.conf import settings

from catalog.models import IndexState
from catalog.services.errors import UpstreamError
from catalog.services.index.crawl import read_all
from catalog.services.index.facets import ORDERS, ROLES, Found, Wanted
from catalog.services.index.held import Catalogue, catalogue, forget, warm
from catalog.services.index.increments import catch_up, refetch
from catalog.services.index.lease import Busy, Lease, hold
from catalog.services.index.rows import card, cards
from catalog.services.index.state import Progress, crawl_is_due, progress

__all__ = [
    "ORDERS",
    "ROLES",
    "Busy",
    "Catalogue",
    "Found",
    "Progress",
    "Wanted",
    "card",
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
            mine.work(_bring_up_to_date)
    except Busy:
        log.debug("the index is being written already")
    except UpstreamError as exc:
        log.warning("the index could not be brought up to date: %s", exc)


def rebuild(report: Callable[[int, int], object]) -> None:
    """Read the whole catalogue now. Raises Busy or an UpstreamError."""
    with hold() as mine:
        mine.work(lambda held: read_all(held, report))


def refresh_titles(ids: Iterable[int]) -> int:
    """Read these titles anew; return how many rows changed. Raises Busy or an UpstreamError."""
    with hold() as mine:
        return refetch(mine, ids)


def _bring_up_to_date(mine: Lease) -> None:
    if progress().ready:
        written = catch_up(mine)
        if written:
            log.info("%s titles of the index changed", written)
    if crawl_is_due(IndexState, progress(), settings.INDEX_CRAWL_SECONDS):
        read_all(mine, lambda done, total: None)

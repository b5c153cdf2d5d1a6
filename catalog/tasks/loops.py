"""The index of loops."""

from __future__ import annotations

import logging
from typing import Any

from celery import shared_task
from celery.signals import worker_ready

from catalog.services import loop_index
from catalog.services.errors import UpstreamError

log = logging.getLogger(__name__)


@shared_task
def refresh_loop_index() -> None:
    """Read what loops are new, and all of them when that is due."""
    loop_index.refresh()


@shared_task
def crawl_loop_index() -> None:
    """Read all loops, though that is not due."""
    try:
        loop_index.rebuild(lambda done, total: None)
    except (loop_index.Busy, UpstreamError) as exc:
        log.warning("the loops are not read anew: %s", exc)


@shared_task
def match_series() -> None:
    """Find which titles the series are, where titles or series have changed."""
    loop_index.match()


@worker_ready.connect
def look_at_once(**_: Any) -> None:
    """Beat's first look would be a whole interval away, and a first crawl should not wait."""
    refresh_loop_index.delay()

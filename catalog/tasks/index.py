"""The catalogue index."""

from __future__ import annotations

import logging
from typing import Any

from celery import shared_task
from celery.signals import worker_ready

from catalog.services import index
from catalog.services.errors import UpstreamError

log = logging.getLogger(__name__)


@shared_task
def refresh_index() -> None:
    """Read what changed in the catalogue, and all of it when that is due."""
    index.refresh()


@shared_task
def crawl_index() -> None:
    """Read the whole catalogue, though that is not due."""
    try:
        index.rebuild(lambda done, total: None)
    except (index.Busy, UpstreamError) as exc:
        log.warning("the catalogue is not read anew: %s", exc)


@worker_ready.connect
def look_at_once(**_: Any) -> None:
    """Beat's first look would be a whole interval away, and a first crawl should not wait."""
    refresh_index.delay()

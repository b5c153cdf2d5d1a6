"""Background work. A task calls one service function, is idempotent, and may be lost: beat asks again."""

from __future__ import annotations

import logging
from typing import Any

from celery import shared_task
from celery.signals import worker_ready

from catalog.services import index, transport

log = logging.getLogger(__name__)


@shared_task
def forget_expired_answers() -> None:
    """Delete the saved copies that are too old to be shown."""
    log.info("forgot %s expired answers", transport.prune())


@shared_task
def refresh_index() -> None:
    """Read what changed in the catalogue, and all of it when that is due."""
    index.refresh()


@worker_ready.connect
def look_at_once(**_: Any) -> None:
    """Beat's first look would be a whole interval away, and a first crawl should not wait."""
    refresh_index.delay()

"""The catalogue index."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from celery.signals import worker_ready

from catalog.services import index


@shared_task
def refresh_index() -> None:
    """Read what changed in the catalogue, and all of it when that is due."""
    index.refresh()


@worker_ready.connect
def look_at_once(**_: Any) -> None:
    """Beat's first look would be a whole interval away, and a first crawl should not wait."""
    refresh_index.delay()

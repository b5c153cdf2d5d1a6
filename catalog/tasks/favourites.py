"""What curators put on shelves."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from celery.signals import worker_ready

from catalog.services import favourites


@shared_task
def refresh_favourites() -> None:
    """Ask the sources again about favourites that were not told of lately; mark what is gone."""
    favourites.refresh()


@worker_ready.connect
def look_at_once(**_: Any) -> None:
    refresh_favourites.delay()

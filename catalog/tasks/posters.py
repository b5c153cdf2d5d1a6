"""The posters."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from celery.signals import worker_ready

from catalog.services import posters


@shared_task
def enqueue_posters() -> None:
    """See which posters are wanted, and have the first of them fetched unless somebody is at it."""
    posters.keep_up()
    _enqueue()


@shared_task
def store_posters(ids: list[int]) -> None:
    """Fetch and store these, then have the next ones fetched; whoever finds nothing to do leaves that to others."""
    if posters.store_posters(ids):
        _enqueue()


def _enqueue() -> None:
    if ids := posters.due():
        store_posters.delay(ids)


@worker_ready.connect
def look_at_once(**_: Any) -> None:
    enqueue_posters.delay()

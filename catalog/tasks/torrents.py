"""What is inside torrents."""

from __future__ import annotations

import logging

from celery import shared_task

from catalog.services import torrents, visits

log = logging.getLogger(__name__)

TITLES_AT_ONCE = 10
BATCHES = 5


@shared_task
def look_at_torrents(ids: list[int]) -> None:
    """Store what is in the torrents of these titles."""
    if done := torrents.look_at(ids):
        log.info("looked into %s torrents", done)


@shared_task
def enqueue_missing_torrents() -> None:
    """Have the torrents looked at that are still missing, the most visited titles' and the latest releases' first."""
    ids = torrents.missing(TITLES_AT_ONCE * BATCHES, first=visits.titles())
    for start in range(0, len(ids), TITLES_AT_ONCE):
        look_at_torrents.apply_async((ids[start : start + TITLES_AT_ONCE],), expires=300)

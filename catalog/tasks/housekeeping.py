"""Putting away what nobody needs any more."""

from __future__ import annotations

import logging

from celery import shared_task

from catalog.services import housekeeping

log = logging.getLogger(__name__)


@shared_task
def tidy() -> None:
    """Delete what is expired, unused or too much."""
    if removed := housekeeping.tidy():
        log.info("tidied up: %s", ", ".join(f"{number} {name}" for name, number in removed.items()))

"""The saved copies of upstream answers."""

from __future__ import annotations

import logging

from celery import shared_task

from catalog.services import transport

log = logging.getLogger(__name__)


@shared_task
def forget_expired_answers() -> None:
    """Delete the saved copies that are too old to be shown."""
    log.info("forgot %s expired answers", transport.prune())

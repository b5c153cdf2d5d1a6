"""What pages are made of, kept fresh."""

from __future__ import annotations

from celery import shared_task
from django.conf import settings

from catalog.services import warm

SHARE = 0.8  # of the time between two rounds


@shared_task
def keep_warm() -> None:
    """Renew what the fixed pages and those visited most would soon have to ask for."""
    warm.keep(settings.WARM_SECONDS * SHARE)

"""How far the index of loops has got."""

from __future__ import annotations

from django.conf import settings

from catalog.models import LoopIndexState
from catalog.services.index.state import Progress, progress_of


def source() -> str:
    """Where rows come from, and whose files they may name."""
    return " ".join([settings.ANIMELOOP_URL, *settings.MEDIA_HOSTS])


def progress() -> Progress:
    return progress_of(LoopIndexState, source(), settings.LOOP_INDEX_STALE_SECONDS)

"""How far an index has got, and whether pages may rely on it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from catalog.models import CrawlState, IndexState

log = logging.getLogger(__name__)


def source() -> str:
    """Where rows come from: under another address (of posters too) they are another catalogue."""
    return f"{settings.ANILIBRIA_URL} {settings.ANILIBRIA_STATIC_URL}"


@dataclass(frozen=True, slots=True)
class Progress:
    """``ready``: everything has been read once. Until then ``done`` of ``total``, if that is known.

    ``stale_seconds``: how long no look at the upstream is no matter.
    """

    ready: bool
    done: int
    total: int | None
    revision: int
    removed_revision: int
    refreshed_at: datetime | None
    failed: bool
    stale_seconds: float

    @property
    def running(self) -> bool:
        return not self.ready and self.total is not None

    @property
    def stale(self) -> bool:
        """Whether the last attempt to keep up failed, or there was none for too long."""
        if self.refreshed_at is None:
            return True
        age = (timezone.now() - self.refreshed_at).total_seconds()
        return self.failed or age > self.stale_seconds


def progress() -> Progress:
    return progress_of(IndexState, source(), settings.INDEX_STALE_SECONDS)


def crawl_is_due(model: type[CrawlState], now: Progress, every_seconds: float) -> bool:
    """At first, where one was left half-done, and after that long."""
    state = model._default_manager.get()
    if not now.ready or state.crawl_started_at is not None or state.crawled_at is None:
        return True
    return (timezone.now() - state.crawled_at).total_seconds() > every_seconds


def progress_of(model: type[CrawlState], source: str, stale_seconds: float) -> Progress:
    """A database that fails is an index that is not there yet."""
    try:
        state = model._default_manager.first() or model()
    except DatabaseError as exc:
        log.warning("the state of the index cannot be read: %s", exc)
        state = model()
    ours = state.source == source
    failed = state.failed_at is not None and (state.refreshed_at is None or state.failed_at > state.refreshed_at)
    return Progress(
        ready=ours and state.crawled_at is not None,
        done=state.done if ours else 0,
        total=state.total if ours else None,
        revision=state.revision,
        removed_revision=getattr(state, "removed_revision", 0),
        refreshed_at=state.refreshed_at,
        failed=failed,
        stale_seconds=stale_seconds,
    )

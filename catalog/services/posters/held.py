"""Which posters are stored, at hand in every process: a page with a hundred of them asks the database once at most."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

from django.db import DatabaseError

from catalog.domain.loops import Loop, LoopSeries
from catalog.domain.titles import Title
from catalog.domain.videos import Video
from catalog.models import StoredPoster
from catalog.services.posters.files import Stored

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
DOWN_SECONDS = 5.0
OVERLAP = timedelta(seconds=30)  # a row may become visible later than the moment it bears

_awaited: ContextVar[list[int] | None] = ContextVar("awaited", default=None)


class _Held:
    def __init__(self) -> None:
        self._posters: dict[str, Stored | None] = {}  # None: it was asked for and could not be had
        self._newest: datetime | None = None
        self._look_at = 0.0
        self._lock = threading.Lock()

    def get(self, key: str) -> tuple[Stored | None, bool]:
        """What there is, and whether that is known at all."""
        if time.monotonic() >= self._look_at:
            self._look()
        return self._posters.get(key), key in self._posters

    def _look(self) -> None:
        """Read what was stored since the last look; others go on with what there is."""
        if not self._lock.acquire(blocking=self._newest is None):
            return
        try:
            if time.monotonic() >= self._look_at:
                self._read()
                self._look_at = time.monotonic() + LOOK_SECONDS
        except DatabaseError as exc:
            log.warning("the stored posters cannot be read: %s", exc)
            self._look_at = time.monotonic() + DOWN_SECONDS
        finally:
            self._lock.release()

    def _read(self) -> None:
        rows = StoredPoster.objects.filter(stored_at__isnull=False)
        if self._newest is not None:
            rows = rows.filter(stored_at__gte=self._newest - OVERLAP)
        columns = ("kind", "subject", "digest", "width", "height", "colour", "stored_at")
        for kind, subject, *stored, stored_at in rows.values_list(*columns).iterator():
            self._posters[f"{kind}/{subject}"] = Stored(*stored) if stored[0] else None
            self._newest = max(self._newest or stored_at, stored_at)


_held = _Held()


def of_title(title: Title) -> Stored | None:
    """What is stored of its poster. A page being rendered ``noting`` is told where that is still to come."""
    found, known = _held.get(f"title/{title.id}")
    if not known and title.poster.url and (awaited := _awaited.get()) is not None:
        awaited.append(title.id)
    return found


def of_series(series: LoopSeries) -> Stored | None:
    return _held.get(f"series/{series.id}")[0]


def of_video(video: Video) -> Stored | None:
    return _held.get(f"video/{video.id}")[0]


def of_loop(loop: Loop) -> Stored | None:
    return _held.get(f"loop/{loop.id}")[0]


@contextmanager
def noting() -> Iterator[list[int]]:
    """The titles whose posters were looked for too early meanwhile: what shows others for them is not to be kept."""
    awaited: list[int] = []
    token = _awaited.set(awaited)
    try:
        yield awaited
    finally:
        _awaited.reset(token)


def forget() -> None:
    global _held
    _held = _Held()

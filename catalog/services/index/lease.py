"""One process at a time writes an index: a lease in the database, which a process that dies loses by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from secrets import token_hex
from typing import Any

from django.db import models
from django.utils import timezone

from catalog.models import CrawlState, IndexState
from catalog.services.errors import UpstreamError

LEASE_SECONDS = 40  # longer than one request with its pause, and the write that follows


class Busy(Exception):
    """Another process writes the index, or took it over from us because we were too slow."""


@dataclass(frozen=True, slots=True)
class Lease:
    holder: str
    model: type[CrawlState] = IndexState

    def update(self, **changes: object) -> None:
        """Change the state and hold on to it; inside a transaction this locks the row until its end."""
        until = timezone.now() + timedelta(seconds=LEASE_SECONDS)
        if not self._mine().update(held_until=until, **changes):
            raise Busy("another process took the index over")

    def next_revision(self, **changes: object) -> int:
        self.update(revision=models.F("revision") + 1, **changes)
        return int(self._mine().values_list("revision", flat=True).get())

    def work(self, do: Callable[[Lease], None]) -> None:
        """Do it; an ``UpstreamError`` leaves its moment in the state."""
        try:
            do(self)
        except UpstreamError:
            self.update(failed_at=timezone.now())
            raise

    def _mine(self) -> models.QuerySet[Any]:
        return _states(self.model).filter(holder=self.holder)


@contextmanager
def hold(model: type[CrawlState] = IndexState) -> Iterator[Lease]:
    """Hold the index with that state for writing, or raise Busy at once."""
    _states(model).get_or_create(pk=1)
    mine, now = Lease(token_hex(16), model), timezone.now()
    free = models.Q(held_until=None) | models.Q(held_until__lt=now)
    until = now + timedelta(seconds=LEASE_SECONDS)
    if not _states(model).filter(free).update(holder=mine.holder, held_until=until):
        raise Busy("another process is writing the index")
    try:
        yield mine
    finally:
        _states(model).filter(holder=mine.holder).update(holder="", held_until=None)


def _states(model: type[CrawlState]) -> models.QuerySet[Any]:
    return model._default_manager.all()

"""One process at a time writes the index: a lease in the database, which a process that dies loses by itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from secrets import token_hex

from django.db import models
from django.utils import timezone

from catalog.models import IndexState

LEASE_SECONDS = 40  # longer than one request with its pause, and the write that follows


class Busy(Exception):
    """Another process writes the index, or took it over from us because we were too slow."""


@dataclass(frozen=True, slots=True)
class Lease:
    holder: str

    def update(self, **changes: object) -> None:
        """Change the state and hold on to it; inside a transaction this locks the row until its end."""
        until = timezone.now() + timedelta(seconds=LEASE_SECONDS)
        if not IndexState.objects.filter(holder=self.holder).update(held_until=until, **changes):
            raise Busy("another process took the index over")

    def next_revision(self, **changes: object) -> int:
        self.update(revision=models.F("revision") + 1, **changes)
        return IndexState.objects.values_list("revision", flat=True).get(holder=self.holder)


@contextmanager
def hold() -> Iterator[Lease]:
    """Hold the index for writing, or raise Busy at once."""
    IndexState.objects.get_or_create(pk=1)
    mine, now = Lease(token_hex(16)), timezone.now()
    free = models.Q(held_until=None) | models.Q(held_until__lt=now)
    until = now + timedelta(seconds=LEASE_SECONDS)
    if not IndexState.objects.filter(free).update(holder=mine.holder, held_until=until):
        raise Busy("another process is writing the index")
    try:
        yield mine
    finally:
        IndexState.objects.filter(holder=mine.holder).update(holder="", held_until=None)

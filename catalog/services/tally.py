"""Counting without the database: in memory, written down now and then.

Every process counts for itself; once in FLUSH_SECONDS a thread writes what came together, and the process once more
when it ends. A process that is killed loses less than that. Counting in a shared cache would cost each view a round
trip, and would save just those seconds.
"""

from __future__ import annotations

import atexit
import logging
import os
import threading
from collections import Counter
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from django.db import DatabaseError, close_old_connections, connections

log = logging.getLogger(__name__)

FLUSH_SECONDS = 60.0

K = TypeVar("K", bound=Hashable)


class Tally(Generic[K]):
    """``write`` adds what was counted to the database; beyond ``most`` different things new ones are not counted."""

    def __init__(self, name: str, write: Callable[[Counter[K]], None], *, most: int) -> None:
        self._name, self._write, self._most = name, write, most
        self._ends = threading.Event()
        self.forget()
        atexit.register(self.flush)
        os.register_at_fork(after_in_child=self.forget)

    def forget(self) -> None:
        """Begin anew, with nothing counted."""
        self._ends.set()
        self._lock = threading.Lock()
        self._seen: Counter[K] = Counter()
        self._writer: threading.Thread | None = None
        self._ends = threading.Event()

    def count(self, what: K) -> None:
        with self._lock:
            if what in self._seen or len(self._seen) < self._most:
                self._seen[what] += 1
            if self._writer is None:
                self._writer = threading.Thread(
                    target=self._write_again, args=[self._ends], name=self._name, daemon=True
                )
                self._writer.start()

    def waiting(self) -> int:
        """How much is counted and not yet written down."""
        with self._lock:
            return self._seen.total()

    def flush(self) -> int:
        """Write down what this process has counted; how much that was. What cannot be written now is kept."""
        with self._lock:
            seen, self._seen = self._seen, Counter()
        if not seen:
            return 0
        try:
            self._write(seen)
        except DatabaseError as exc:
            log.warning("%s are not written yet: %s", self._name.capitalize(), exc)
            with self._lock:
                self._seen.update(seen)
            return 0
        return seen.total()

    def _write_again(self, ends: threading.Event) -> None:
        while not ends.wait(FLUSH_SECONDS):
            close_old_connections()
            try:
                self.flush()
            finally:
                connections.close_all()

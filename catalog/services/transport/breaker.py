"""Leaving an upstream alone for a while."""

from __future__ import annotations

import threading
import time

from django.conf import settings

MAX_REST_SECONDS = 3600.0  # however long a Retry-After asks for


class Breaker:
    """Counts failures in a row; when there are too many, nobody asks, and after the pause one caller may try."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._failures = 0
        self._closed_until = 0.0
        self._probing = False

    def rest_seconds(self) -> float:
        """How long the upstream is still left alone; 0 when it may be asked."""
        return max(0.0, self._closed_until - time.monotonic())

    def admit(self) -> bool:
        """Whether this caller may ask now. Who is admitted must call ``succeeded``, ``failed`` or ``gave_up``."""
        with self._lock:
            if self.rest_seconds() or self._probing:
                return False
            self._probing = self._failures >= settings.UPSTREAM_BREAKER_FAILURES
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._failures, self._probing = 0, False

    def failed(self) -> bool:
        """Whether this failure began a pause."""
        with self._lock:
            self._failures, self._probing = self._failures + 1, False
            tripped = self._failures >= settings.UPSTREAM_BREAKER_FAILURES
        if tripped:
            self.rest(settings.UPSTREAM_BREAKER_SECONDS)
        return tripped

    def gave_up(self) -> None:
        """The call ended without telling whether the upstream is well."""
        with self._lock:
            self._probing = False

    def rest(self, seconds: float) -> None:
        with self._lock:
            until = time.monotonic() + min(seconds, MAX_REST_SECONDS)
            self._closed_until = max(self._closed_until, until)

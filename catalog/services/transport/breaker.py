"""Leaving an upstream alone for a while."""

from __future__ import annotations

import threading
import time

from django.conf import settings

MAX_REST_SECONDS = 3600.0  # however long a Retry-After asks for
VERDICT_SECONDS = 0.5  # for which the others wait for the one who tries


class Breaker:
    """Counts failures in a row; when there are too many, nobody asks, and after the pause one caller tries for all."""

    def __init__(self) -> None:
        self._lock = threading.Condition()
        self._failures = 0
        self._closed_until = 0.0
        self._probing = False
        self.status: int | None = None  # by which the upstream asked to be left alone, if it did

    def rest_seconds(self) -> float:
        """How long the upstream is still left alone; 0 when it may be asked."""
        return max(0.0, self._closed_until - time.monotonic())

    def admit(self) -> bool:
        """Whether this caller may ask now. Who is admitted must call ``succeeded``, ``failed`` or ``gave_up``.

        Others wait a moment for what the one who tries finds out, so that a page which asks for several things as soon
        as its upstream is back gets them all.
        """
        with self._lock:
            self._lock.wait_for(lambda: not self._probing, timeout=VERDICT_SECONDS)
            if self._probing or self.rest_seconds():
                return False
            self._probing = self._failures >= settings.UPSTREAM_BREAKER_FAILURES
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._failures = 0
            self.status = None
            self._decided()

    def failed(self) -> bool:
        """Whether this failure began a pause."""
        with self._lock:
            self._failures += 1
            tripped = self._failures >= settings.UPSTREAM_BREAKER_FAILURES
            if tripped:
                self._rest(settings.UPSTREAM_BREAKER_SECONDS)
            self._decided()
            return tripped

    def gave_up(self) -> None:
        """The call ended without telling whether the upstream is well."""
        with self._lock:
            self._decided()

    def rest(self, seconds: float, status: int) -> None:
        with self._lock:
            self.status = status
            self._rest(seconds)

    def _rest(self, seconds: float) -> None:
        self._closed_until = max(self._closed_until, time.monotonic() + min(seconds, MAX_REST_SECONDS))

    def _decided(self) -> None:
        self._probing = False
        self._lock.notify_all()

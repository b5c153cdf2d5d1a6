"""Asking before it is necessary: while copies are still fresh, so that no visitor waits for what replaces them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

Due = Callable[[float, float], bool]  # when the copy was fetched (time.time), its lifetime in seconds

AT_ONCE = 4  # calls to one upstream from all renewals of a process


class Renewal:
    """``expires``: when the first of the answers given inside stops being fresh (``time.time``); None without any."""

    def __init__(self, due: Due) -> None:
        self.due = due
        self.expires: float | None = None
        self._flights: list[Future[Any]] = []
        self._held_back = False

    def note_flight(self, flight: Future[Any] | None) -> None:
        """``None``: it was better not to ask now."""
        if flight is None:
            self._held_back = True
        else:
            self._flights.append(flight)

    def note_answer(self, fetched_at: float, ttl: float) -> None:
        expires = fetched_at + ttl
        self.expires = expires if self.expires is None else min(self.expires, expires)

    def settle(self, seconds: float) -> bool:
        """Wait for what was asked; whether everything that was due came, and came well."""
        flights, self._flights = self._flights, []
        done, late = wait(flights, timeout=seconds)
        if self._held_back:
            return False
        return not late and all(not flight.cancelled() and flight.exception() is None for flight in done)


_renewal: ContextVar[Renewal | None] = ContextVar("renewal", default=None)


def current() -> Renewal | None:
    return _renewal.get()


@contextmanager
def renewing(due: Due) -> Iterator[Renewal]:
    """Of the calls made inside, those whose copy is ``due`` ask anew, though it is still fresh."""
    renewal = Renewal(due)
    token = _renewal.set(renewal)
    try:
        yield renewal
    finally:
        _renewal.reset(token)


def older_than(moment: float) -> Due:
    """Due is what was fetched before ``moment`` (``time.time``)."""
    return lambda fetched_at, ttl: fetched_at < moment


def past_share(share: float) -> Due:
    """Due is what has lived through that share of its lifetime."""
    return lambda fetched_at, ttl: time.time() - fetched_at >= share * ttl

"""One upstream as this process sees it: its workers, its breaker, and which answers are on their way."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from structlog.contextvars import bound_contextvars, get_contextvars

from catalog.services.errors import UpstreamError, UpstreamUnavailable
from catalog.services.transport.breaker import Breaker
from catalog.services.transport.renewal import AT_ONCE
from catalog.services.transport.store import Copy
from catalog.services.transport.upstream import Call
from catalog.services.transport.wire import LATE

logger = logging.getLogger(__name__)

T = TypeVar("T")

WORKERS = 16  # calls to one upstream at a time, from one process
REFRESHES = 8  # of them at most for refreshing: a visitor who waits comes first


class Channel:
    """Upstreams do not share workers, so that a slow one holds up only its own calls."""

    def __init__(self, name: str) -> None:
        self.breaker = Breaker()
        self.api_version: str | None = None
        self._gentle = threading.BoundedSemaphore(AT_ONCE)
        self._workers = ThreadPoolExecutor(WORKERS, thread_name_prefix=f"upstream-{name}")
        self._lock = threading.RLock()  # a flight that has already landed says so on this thread
        self._flights: dict[str, Future[Copy]] = {}

    def submit(self, work: Callable[[], T]) -> Future[T]:
        return self._workers.submit(_for_the_log(work))

    def gently(self, work: Callable[[], T]) -> T:
        """Do ``work`` once fewer than AT_ONCE others are done this way."""
        with self._gentle:
            return work()

    def flight(self, key: str, work: Callable[[], Copy]) -> Future[Copy]:
        """The call for ``key`` that is on its way, else ``work``, begun now."""
        with self._lock:
            return self._flights.get(key) or self._begin(key, work)

    def refresh(self, key: str, work: Callable[[], Copy], *, paused: Callable[[], bool]) -> Future[Copy] | None:
        """The same for a caller who has an older copy; None when it is better not to ask now."""
        with self._lock:
            if flight := self._flights.get(key):
                return flight
            if self.breaker.rest_seconds() or len(self._flights) >= REFRESHES or paused():
                return None
            flight = self._begin(key, work)
        flight.add_done_callback(_tell_bugs)
        return flight

    def _begin(self, key: str, work: Callable[[], Copy]) -> Future[Copy]:
        flight = self._flights[key] = self._workers.submit(_for_the_log(work))
        flight.add_done_callback(lambda _: self._landed(key))
        return flight

    def _landed(self, key: str) -> None:
        with self._lock:
            del self._flights[key]

    def close(self) -> None:
        self._workers.shutdown(cancel_futures=True)


def _for_the_log(work: Callable[[], T]) -> Callable[[], T]:
    """``work`` whose log lines carry the id of the request or task that began it."""
    ids = get_contextvars()

    def run() -> T:
        with bound_contextvars(**ids):
            return work()

    return run


def _tell_bugs(flight: Future[Any]) -> None:
    """Nobody may be waiting for a refresh, so that an error of ours would end unseen."""
    if not flight.cancelled() and (error := flight.exception()) and not isinstance(error, UpstreamError):
        logger.error("A refresh failed for a reason of our own", exc_info=error)


def wait(call: Call, future: Future[T], until: float) -> T:
    """What ``future`` brings, or UpstreamUnavailable at ``until`` (``time.monotonic``)."""
    try:
        return future.result(timeout=max(0.0, until - time.monotonic()))
    except TimeoutError:
        if future.done():
            raise
        raise UpstreamUnavailable(call.upstream.name, call.subject, LATE) from None

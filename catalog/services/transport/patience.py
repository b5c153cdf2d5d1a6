"""How long a call may keep its caller waiting."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings

REFRESH_WAIT_SECONDS = 0.05  # a quick upstream makes the page fresh at once, a slow one does not hold it

_until: ContextVar[float | None] = ContextVar("until", default=None)
_insists: ContextVar[bool] = ContextVar("insists", default=False)
_refreshes: ContextVar[list[Future[Any]] | None] = ContextVar("refreshes", default=None)


class NotReady(BaseException):
    """The call would have to wait. Not an ``Exception``: no service may take it for an upstream's failure."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Every call made inside ends in ``seconds`` from now together, beside its own deadline."""
    until = time.monotonic() + seconds
    outer = _until.get()
    token = _until.set(until if outer is None else min(until, outer))
    try:
        yield
    finally:
        _until.reset(token)


@contextmanager
def without_waiting() -> Iterator[list[Future[Any]]]:
    """Calls made inside raise ``NotReady`` rather than wait for an upstream.

    One with a saved copy answers that, and its refresh is in the list: once it is done, the same call answers anew.
    """
    refreshes: list[Future[Any]] = []
    token = _refreshes.set(refreshes)
    try:
        yield refreshes
    finally:
        _refreshes.reset(token)


@contextmanager
def insisting() -> Iterator[None]:
    """Calls made inside wait for their upstream and raise its error: no older copy stands in for it."""
    token = _insists.set(True)
    try:
        yield
    finally:
        _insists.reset(token)


def insists() -> bool:
    return _insists.get()


def leaves(refresh: Future[Any]) -> bool:
    """Whether the caller does not wait for ``refresh``, but is told of it."""
    refreshes = _refreshes.get()
    if refreshes is None:
        return False
    refreshes.append(refresh)
    return True


def settle(refreshes: Iterable[Future[Any]]) -> None:
    """Give refreshes the moment in which a quick upstream answers all of them."""
    wait(refreshes, timeout=max(0.0, min(REFRESH_WAIT_SECONDS, deadline() - time.monotonic())))


def deadline() -> float:
    """When a call that begins now must have ended (``time.monotonic``); raises NotReady where it may not wait."""
    if _refreshes.get() is not None:
        raise NotReady
    own = time.monotonic() + float(settings.UPSTREAM_DEADLINE_SECONDS)
    until = _until.get()
    return own if until is None else min(own, until)

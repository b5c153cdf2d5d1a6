"""How long a call may keep its caller waiting."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings

_until: ContextVar[float | None] = ContextVar("until", default=None)
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


def leaves(refresh: Future[Any]) -> bool:
    """Whether the caller does not wait for ``refresh``, but is told of it."""
    refreshes = _refreshes.get()
    if refreshes is None:
        return False
    refreshes.append(refresh)
    return True


def deadline() -> float:
    """When a call that begins now must have ended (``time.monotonic``); raises NotReady where it may not wait."""
    if _refreshes.get() is not None:
        raise NotReady
    own = time.monotonic() + float(settings.UPSTREAM_DEADLINE_SECONDS)
    until = _until.get()
    return own if until is None else min(own, until)

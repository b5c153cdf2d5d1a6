"""How long a call may keep its caller waiting."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings

_until: ContextVar[float | None] = ContextVar("until", default=None)
_waits: ContextVar[bool] = ContextVar("waits", default=True)


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
def without_waiting() -> Iterator[None]:
    """Calls made inside raise ``NotReady`` rather than wait for an upstream."""
    token = _waits.set(False)
    try:
        yield
    finally:
        _waits.reset(token)


def deadline() -> float:
    """When a call that begins now must have ended (``time.monotonic``); raises NotReady where it may not wait."""
    if not _waits.get():
        raise NotReady
    own = time.monotonic() + float(settings.UPSTREAM_DEADLINE_SECONDS)
    until = _until.get()
    return own if until is None else min(own, until)

"""Independent calls side by side, for a page that is fed by several upstreams."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db import connections
from django.utils.translation import get_language, override

from catalog.services.answer import Answer
from catalog.services.errors import UpstreamError, UpstreamUnavailable
from catalog.services.transport import NotReady, settle, within, without_waiting

T = TypeVar("T")

WORKERS = 64  # a web process's threads times the blocks of a page; they only wait for the transport's workers
SLACK_SECONDS = 0.1  # between the deadline of the calls and ours, so that they can say themselves what was late


@dataclass(frozen=True, slots=True)
class Block(Generic[T]):
    """One part of a page: its answer, or why there is none."""

    answer: Answer[T] | None = None
    error: UpstreamError | None = None

    @property
    def ok(self) -> bool:
        return self.answer is not None

    @property
    def value(self) -> T | None:
        return self.answer.value if self.answer else None

    @property
    def stale(self) -> bool:
        return self.answer is not None and self.answer.stale

    @property
    def age_seconds(self) -> int | None:
        return self.answer.age_seconds if self.answer else None


def together(**calls: Callable[[], Answer[Any]]) -> dict[str, Block[Any]]:
    """Make the calls at the same time, ending within PAGE_DEADLINE_SECONDS, each to a block under its name.

    A call that need not wait is made right here, and again if its saved copy was replaced in a moment; one that must
    wait is made again on a thread of its own.
    """
    until = time.monotonic() + settings.PAGE_DEADLINE_SECONDS
    blocks: dict[str, Block[Any]] = {}
    refreshes: dict[str, list[Future[Any]]] = {}
    waiting: dict[str, Future[Block[Any]]] = {}
    with within(settings.PAGE_DEADLINE_SECONDS - SLACK_SECONDS):
        for name, call in calls.items():
            try:
                with without_waiting() as refreshes[name]:
                    blocks[name] = _block(call)
            except NotReady:
                context, language = copy_context(), get_language()
                waiting[name] = _workers(os.getpid()).submit(context.run, _on_thread, call, language)
        settle(chain.from_iterable(refreshes.values()))
        for name in blocks:
            if any(refresh.done() for refresh in refreshes[name]):
                with suppress(NotReady), without_waiting():
                    blocks[name] = _block(calls[name])
    for name, future in waiting.items():
        blocks[name] = _wait(name, future, until)
    return {name: blocks[name] for name in calls}


def _block(call: Callable[[], Answer[T]]) -> Block[T]:
    try:
        return Block(answer=call())
    except UpstreamError as exc:
        return Block(error=exc)


def _on_thread(call: Callable[[], Answer[T]], language: str | None) -> Block[T]:
    try:
        with override(language):
            return _block(call)
    finally:
        connections.close_all()


def _wait(name: str, future: Future[Block[T]], until: float) -> Block[T]:
    try:
        return future.result(timeout=max(0.0, until - time.monotonic()))
    except TimeoutError:
        if future.done():
            raise
        future.cancel()
        return Block(error=UpstreamUnavailable("page", name, "no answer in time"))


@cache
def _workers(pid: int) -> ThreadPoolExecutor:
    """This process's threads: those of the parent do not come along when it forks."""
    return ThreadPoolExecutor(WORKERS, thread_name_prefix="together")

"""Everything the transport holds in one process, made on first use and again after a fork."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Hashable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, TypeVar

from django.conf import settings

from catalog.services import metrics
from catalog.services.errors import UpstreamError, UpstreamNotFound, UpstreamUnavailable
from catalog.services.transport import wire
from catalog.services.transport.breaker import Breaker
from catalog.services.transport.channel import Channel
from catalog.services.transport.locks import LockTimeout, new_locks
from catalog.services.transport.marks import new_marks
from catalog.services.transport.memory import Held, Memory, identity
from catalog.services.transport.reading import TOO_MANY, is_answer, read, refusal, retry_after
from catalog.services.transport.store import Copy, Store
from catalog.services.transport.upstream import Call, origin
from catalog.services.transport.watch import Watch

logger = logging.getLogger(__name__)

T = TypeVar("T")

LOOK_SECONDS = 1.0  # how long memory is trusted before it is compared with the durable copy
RETRY_SECONDS = 10.0  # after a failed refresh


class Process:
    def __init__(self) -> None:
        self.store = Store()
        self.memory = Memory()
        self._session = wire.new_session()
        self._locks = new_locks()
        self.marks = new_marks()
        self._watch = Watch()
        self._lock = threading.Lock()
        self._channels: dict[tuple[str, str], Channel] = {}

    def channel(self, call: Call) -> Channel:
        name = (call.upstream.name, origin(call.base))
        with self._lock:
            channel = self._channels.get(name)
            if channel is None:
                channel = self._channels[name] = Channel(call.upstream.name)
            return channel

    def api_version(self, upstream_name: str) -> str | None:
        with self._lock:
            known = [c.api_version for (name, _), c in self._channels.items() if name == upstream_name]
        return next((version for version in known if version), None)

    def held(self, call: Call, parse: Callable[[Any], T], ttl: float) -> Held[T] | None:
        """What is known without asking: from memory, else from the durable copy."""
        held: Held[T] | None = self.memory.get(_place(call, parse))
        if held is not None and time.monotonic() - held.looked < min(LOOK_SECONDS, ttl):
            return held
        copy = self.store.load(call.key)
        if copy is None:  # pruned, or the storage is down
            return held
        if self.channel(call).api_version is None:
            self._note_version(call, copy.headers)
        try:
            return self.remember(call, copy, parse)
        except UpstreamError:  # saved by a version of ours that could read it
            return None

    def remember(self, call: Call, copy: Copy, parse: Callable[[Any], T]) -> Held[T]:
        """``copy`` as ``parse`` reads it, parsed once; raises what ``read`` raises."""
        place = _place(call, parse)
        held: Held[T] | None = self.memory.get(place)
        if held is None or (copy.fetched_at, copy.marked) > (held.fetched_at, held.marked):
            held = read(call, copy, parse)
            self.memory.put(place, held)
        held.looked = time.monotonic()
        return held

    def fetch(self, call: Call, parse: Callable[[Any], T], seen: Held[T] | None, until: float) -> Copy:
        """Ask for what replaces ``seen``, unless another process just did; save it if ``parse`` can read it."""
        try:
            with self._locks.hold(call.key, until - time.monotonic()):
                copy = self.store.load(call.key)
                if copy is not None and (seen is None or copy.fetched_at > seen.fetched_at):
                    with suppress(UpstreamError):
                        self.remember(call, copy, parse)
                        return copy
                return self._ask_and_save(call, parse, copy if seen else None, until)
        except LockTimeout:
            raise UpstreamUnavailable(call.upstream.name, call.subject, wire.LATE) from None
        except UpstreamError:
            if seen is not None:
                seen.retry_at = time.time() + RETRY_SECONDS * settings.UPSTREAM_TTL_SCALE
            raise

    def _ask_and_save(self, call: Call, parse: Callable[[Any], Any], older: Copy | None, until: float) -> Copy:
        validators = {"If-None-Match": older.headers["ETag"]} if older and "ETag" in older.headers else {}

        def keep(answer: wire.Exchange) -> Copy:
            if answer.status == 304 and validators and older is not None:
                copy = replace(older, fetched_at=answer.asked_at, marked=False)
            else:
                copy = copy_of(call, answer)
            self.remember(call, copy, parse)
            self.store.save(call.key, copy)
            return copy

        headers = call.upstream.headers() | validators
        return self.ask(call, keep, headers=headers, max_bytes=settings.UPSTREAM_MAX_BYTES, until=until)

    def ask(
        self,
        call: Call,
        use: Callable[[wire.Exchange], T],
        *,
        headers: Mapping[str, str],
        max_bytes: int,
        until: float,
    ) -> T:
        """One exchange and what ``use`` makes of it; one line in the log when either fails."""
        breaker = self.channel(call).breaker
        if time.monotonic() >= until:
            raise UpstreamUnavailable(call.upstream.name, call.subject, "too many calls are waiting")
        if not breaker.admit():
            raise resting(call, breaker)
        try:
            return use(self._exchange(call, headers, max_bytes, until))
        except UpstreamNotFound:
            raise
        except UpstreamError as exc:
            logger.warning("Upstream call failed: %s", exc)
            raise

    def _exchange(self, call: Call, headers: Mapping[str, str], max_bytes: int, until: float) -> wire.Exchange:
        """Tell the breaker how it went: no whole answer and 5xx are the upstream's failures, all else is not."""
        breaker = self.channel(call).breaker
        failed, outcome, reason, began = None, "failed", "", time.monotonic()
        try:
            answer = wire.exchange(self._session, call, until=until, max_bytes=max_bytes, headers=headers)
            failed, outcome = answer.status >= 500, f"{answer.status // 100}xx"
            reason = f"HTTP {answer.status}" if failed or answer.status == TOO_MANY else ""
        except wire.Unacceptable:
            raise
        except UpstreamUnavailable as exc:
            failed, reason = True, exc.message
            raise
        finally:
            if failed is None:
                breaker.gave_up()
            elif not failed:
                breaker.succeeded()
            elif breaker.failed():
                pause = settings.UPSTREAM_BREAKER_SECONDS
                logger.warning("Upstream %s is left alone for %g s", call.upstream.name, pause)
            seconds = time.monotonic() - began
            metrics.called(call.upstream.name, outcome, seconds)
            if failed is not None:
                self._watch.note(call.upstream.name, seconds, reason)
        if answer.status in {TOO_MANY, 503}:
            asked_for = retry_after(answer.headers)
            if asked_for is not None or answer.status == TOO_MANY:
                breaker.rest(settings.UPSTREAM_BREAKER_SECONDS if asked_for is None else asked_for, answer.status)
        self._note_version(call, answer.headers)
        return answer

    def _note_version(self, call: Call, headers: Mapping[str, str]) -> None:
        channel, version = self.channel(call), headers.get("API-Version")
        if version and version != channel.api_version:
            channel.api_version = version
            logger.info("Upstream %s speaks version %s", call.upstream.name, version)

    def close(self) -> None:
        with self._lock:
            channels = list(self._channels.values())
        for channel in channels:
            channel.close()
        self._session.close()
        self.store.close()


def _place(call: Call, parse: Callable[[Any], Any]) -> Hashable:
    return call.base, call.path, call.params, identity(parse)


def copy_of(call: Call, answer: wire.Exchange) -> Copy:
    """What may be kept of an exchange; raises the error which any other status stands for."""
    if not is_answer(call, answer.status, answer.body):
        raise refusal(call, answer.status, answer.headers, answer.body)
    return Copy(call.url, answer.status, answer.headers, answer.body, answer.asked_at)


def resting(call: Call, breaker: Breaker) -> UpstreamUnavailable:
    """The error of a call that is not made; its code is the status by which the upstream itself asked for that."""
    seconds, words = breaker.rest_seconds(), "left alone for a while"
    return UpstreamUnavailable(call.upstream.name, call.subject, words, code=breaker.status, retry_after=seconds)


_lock = threading.Lock()
_process: Process | None = None
_inherited: list[Process] = []


def current() -> Process:
    global _process
    if _process is None:
        with _lock:
            if _process is None:
                _process = Process()
    return _process


def reset() -> None:
    """Close and forget everything, as a new process would begin."""
    global _process
    with _lock:
        process, _process = _process, None
    if process is not None:
        process.close()


def _after_fork() -> None:
    """The parent's threads, sockets and SQLite connection are not ours: keep them from being closed, and start anew."""
    global _lock, _process
    _lock = threading.Lock()
    if _process is not None:
        _inherited.append(_process)
        _process = None


os.register_at_fork(after_in_child=_after_fork)

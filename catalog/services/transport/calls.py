"""Asking an upstream: what the service modules use."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from django.conf import settings

from catalog.services import metrics
from catalog.services.answer import Answer
from catalog.services.errors import UpstreamBadData, UpstreamError, UpstreamNotFound
from catalog.services.transport import marks, patience, process, wire
from catalog.services.transport import renewal as renewals
from catalog.services.transport.channel import wait
from catalog.services.transport.memory import Held
from catalog.services.transport.process import Process
from catalog.services.transport.reading import OK, read, refusal
from catalog.services.transport.store import Copy, outlived
from catalog.services.transport.upstream import Call, Param, Upstream

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FetchedFile:
    """``content_type`` is without parameters, in lower case."""

    content: bytes
    content_type: str


def get(
    upstream: Upstream,
    path: str,
    params: Mapping[str, Param],
    *,
    endpoint: str,
    parse: Callable[[Any], T],
    refusals: Iterable[int] = (),
) -> Answer[T]:
    """Answer from memory, the saved copy or the upstream, in this order; raise an UpstreamError.

    ``path`` is quoted and goes behind the upstream's base address. ``endpoint`` names a lifetime in
    settings.UPSTREAM_TTLS; what is not there is asked anew each time. ``parse`` makes the value of the decoded JSON:
    an UpstreamNotFound it raises is an answer and is kept; any other error, a wrong shape included, keeps the copy that
    there is. A status in ``refusals`` is an answer too where its body has the upstream's own words, as a 404 always is:
    its UpstreamRejected replaces the copy, so that nothing is shown which was taken back. The page of a proxy is not.
    """
    try:
        answer = _get(Call.to(upstream, path, params, refusals), settings.UPSTREAM_TTLS.get(endpoint), parse)
    except UpstreamError as exc:
        metrics.answered(upstream.name, "missing" if isinstance(exc, UpstreamNotFound) else "refused")
        raise
    metrics.answered(upstream.name, "stale" if answer.stale else "fresh")
    return answer


def _get(call: Call, ttl: float | None, parse: Callable[[Any], T]) -> Answer[T]:
    here = process.current()
    marks.note(call.subjects)
    if ttl is None:
        return _anew(here, call, parse)
    held = here.held(call, parse, ttl)
    if held is not None and _is_fresh(here, call, held, ttl) and not _is_due(held, ttl):
        return held.answer(stale=False)
    if held is not None and outlived(held.fetched_at):
        held = None
    insists = patience.insists()
    if held is not None and held.found is not None and not insists:
        return _refreshed(here, call, parse, held)
    try:
        copy = _asked(here, call, parse, held)
    except UpstreamError:
        if held is None or insists:
            raise
        return held.answer(stale=True)
    return here.remember(call, copy, parse).answer(stale=False)


def _is_fresh(here: Process, call: Call, held: Held[Any], ttl: float) -> bool:
    lifetime, fetched_at = _lifetime(held, ttl), held.fetched_at.timestamp()
    changed_at = marks.newest(here.marks.moments(), call.subjects)
    return not held.marked and changed_at <= fetched_at and time.time() - fetched_at < lifetime


def _is_due(held: Held[Any], ttl: float) -> bool:
    """Whether this is a renewal and the copy is one to be renewed."""
    renewal = renewals.current()
    if renewal is None:
        return False
    lifetime, fetched_at = _lifetime(held, ttl), held.fetched_at.timestamp()
    if renewal.due(fetched_at, lifetime):
        return True
    renewal.note_answer(fetched_at, lifetime)
    return False


def _lifetime(held: Held[Any], ttl: float) -> float:
    return ttl if held.found is not None else min(ttl, settings.UPSTREAM_NOT_FOUND_TTL)


def _refreshed(here: Process, call: Call, parse: Callable[[Any], T], held: Held[T]) -> Answer[T]:
    """The saved copy, unless its replacement is there in a moment."""
    flight = here.channel(call).refresh(
        call.key, _fetch(here, call, parse, held), paused=lambda: time.time() < held.retry_at
    )
    if renewal := renewals.current():
        renewal.note_flight(flight)
    if flight is None or patience.leaves(flight):
        return held.answer(stale=True)
    patience.settle([flight])
    if not flight.done() or flight.cancelled() or flight.exception():  # which the channel tells where it is ours
        return held.answer(stale=True)
    try:
        newer = here.remember(call, flight.result(), parse)
    except UpstreamError:
        return held.answer(stale=True)
    return newer.answer(stale=False)


def _asked(here: Process, call: Call, parse: Callable[[Any], T], held: Held[T] | None) -> Copy:
    channel = here.channel(call)
    if channel.breaker.rest_seconds():
        raise process.resting(call, channel.breaker)
    flight = channel.flight(call.key, _fetch(here, call, parse, held))
    return wait(call, flight, patience.deadline())


def _fetch(here: Process, call: Call, parse: Callable[[Any], T], held: Held[T] | None) -> Callable[[], Copy]:
    work = partial(here.fetch, call, parse, held, time.monotonic() + settings.UPSTREAM_DEADLINE_SECONDS)
    return partial(here.channel(call).gently, work) if renewals.current() else work


def _anew(here: Process, call: Call, parse: Callable[[Any], T]) -> Answer[T]:
    def use(answer: wire.Exchange) -> Held[T]:
        return read(call, process.copy_of(call, answer), parse)

    headers = call.upstream.headers()
    held = _uncached(here, call, use, headers=headers, max_bytes=settings.UPSTREAM_MAX_BYTES)
    return held.answer(stale=False)


def get_file(
    upstream: Upstream, path: str, params: Mapping[str, Param], *, max_bytes: int, types: tuple[str, ...]
) -> FetchedFile:
    """Fetch a file of one of the content ``types``; nothing of it is kept here."""
    call = Call.to(upstream, path, params)

    def use(answer: wire.Exchange) -> FetchedFile:
        if answer.status != 200:
            raise refusal(call, answer.status, answer.headers, answer.body)
        content_type = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if content_type not in types:
            raise UpstreamBadData(upstream.name, call.subject, f"a file of type {content_type or 'unknown'}")
        return FetchedFile(answer.body, content_type)

    headers = upstream.headers() | {"Accept": ", ".join(types)}
    return _uncached(process.current(), call, use, headers=headers, max_bytes=max_bytes)


def _uncached(
    here: Process,
    call: Call,
    use: Callable[[wire.Exchange], T],
    *,
    headers: Mapping[str, str],
    max_bytes: int,
) -> T:
    until = patience.deadline()
    channel = here.channel(call)
    if channel.breaker.rest_seconds():
        raise process.resting(call, channel.breaker)
    ask = partial(here.ask, call, use, headers=headers, max_bytes=max_bytes, until=until)
    return wait(call, channel.submit(ask), until)


def keep(
    upstream: Upstream,
    path: str,
    params: Mapping[str, Param],
    payload: Any,
    *,
    endpoint: str,
    parse: Callable[[Any], Any],
    fetched_at: datetime,
) -> None:
    """Save ``payload``, which came as a part of another answer, as what this call would be answered."""
    here, call, ttl = process.current(), Call.to(upstream, path, params), settings.UPSTREAM_TTLS[endpoint]
    held = here.held(call, parse, ttl)
    if held is not None and (
        held.fetched_at >= fetched_at or (held.found is not None and _is_fresh(here, call, held, ttl))
    ):
        return
    copy = Copy(call.url, OK, {}, json.dumps(payload).encode(), fetched_at)
    here.remember(call, copy, parse)
    here.store.save(call.key, copy)


def mark_stale(upstream: Upstream, path: str, params: Mapping[str, Param]) -> None:
    """Have the saved copy of this answer refreshed at its next use."""
    here = process.current()
    here.store.mark_stale(Call.to(upstream, path, params).key)
    here.memory.look_again()


def mark_changed(subjects: Iterable[str], at: float) -> None:
    """Have every copy of an answer about one of the subjects refreshed that was asked for before ``at``, everywhere."""
    process.current().marks.put(subjects, at)


def changes() -> Mapping[str, float]:
    """The subjects that changed lately, and when (``time.time``), as this process knows it."""
    return process.current().marks.moments()


def prune() -> int:
    """Delete the copies that may no longer be used or are too many; return how many there were."""
    return process.current().store.prune()


def make_room(wanted_bytes: int) -> int:
    """Delete the oldest copies to free so much of the disk, if there is so much of them; return how many went."""
    return process.current().store.make_room(wanted_bytes)


def api_version(upstream_name: str) -> str | None:
    """What the upstream's last ``API-Version`` header said to this process."""
    return process.current().api_version(upstream_name)

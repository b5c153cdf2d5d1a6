"""What an exchange means: an answer to keep, or one of the errors."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar

from catalog.services.answer import Answer
from catalog.services.errors import (
    UpstreamBadData,
    UpstreamError,
    UpstreamNotFound,
    UpstreamRejected,
    UpstreamUnavailable,
)
from catalog.services.transport.memory import Held, again
from catalog.services.transport.store import Copy
from catalog.services.transport.upstream import Call

T = TypeVar("T")

OK = 200
GONE = {404, 410}
TOO_MANY = 429
MESSAGE_LENGTH = 200
WORDLESS = (None, "")

#: What a ``parse`` trips over when an answer has another shape than it expects.
SHAPE_ERRORS = (LookupError, TypeError, ValueError, AttributeError, OverflowError)


def read(call: Call, copy: Copy, parse: Callable[[Any], T]) -> Held[T]:
    """Raise UpstreamBadData for what ``parse`` cannot read, and whatever UpstreamError it raises but "not found"."""
    found: Answer[T] | None = None
    gone: UpstreamError | None = None
    try:
        found = Answer(_value(call, copy, parse), copy.fetched_at)
    except (UpstreamNotFound, UpstreamRejected) as exc:
        if copy.status == OK and isinstance(exc, UpstreamRejected):
            raise
        gone = again(exc)
    return Held(fetched_at=copy.fetched_at, marked=copy.marked, weight=len(copy.body), found=found, gone=gone)


def _value(call: Call, copy: Copy, parse: Callable[[Any], T]) -> T:
    if copy.status != OK:
        raise refusal(call, copy.status, copy.headers, copy.body)
    try:
        payload = json.loads(copy.body)
    except (ValueError, RecursionError) as exc:
        raise UpstreamBadData(call.upstream.name, call.subject, "not JSON") from exc
    try:
        return parse(payload)
    except SHAPE_ERRORS as exc:
        reason = f"another shape: {type(exc).__name__} {exc}"
        raise UpstreamBadData(call.upstream.name, call.subject, _in_one_line(reason)) from exc


def is_answer(call: Call, status: int, body: bytes) -> bool:
    """Whether an exchange with this status says something definite, to be kept until it is asked for again."""
    return status == OK or status in GONE or (status in call.refusals and _wording(call, body) != WORDLESS)


def refusal(call: Call, status: int, headers: Mapping[str, str], body: bytes) -> UpstreamError:
    """The error which a status that is not 200 stands for, in the upstream's own words where it has some."""
    code, message = _wording(call, body)
    name, subject, message = call.upstream.name, call.subject, _in_one_line(message) or f"HTTP {status}"
    code = status if code is None else code
    if status in GONE:
        return UpstreamNotFound(name, subject, message, code=code)
    if status < 400:
        return UpstreamBadData(name, subject, message, code=code)
    if status < 500 and status != TOO_MANY:
        return UpstreamRejected(name, subject, message, code=code)
    return UpstreamUnavailable(name, subject, message, code=code, retry_after=retry_after(headers))


def _wording(call: Call, body: bytes) -> tuple[int | None, str]:
    try:
        return call.upstream.read_error(json.loads(body))
    except (*SHAPE_ERRORS, RecursionError):
        return WORDLESS


def _in_one_line(message: str) -> str:
    return " ".join(str(message).split())[:MESSAGE_LENGTH]


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds from now; the header holds seconds or an HTTP date."""
    value = headers.get("Retry-After", "").strip()
    if value.isdecimal():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None

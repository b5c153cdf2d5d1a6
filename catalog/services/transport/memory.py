"""Parsed answers in this process: what makes a hit cost microseconds."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Generic, TypeVar

from catalog.services.answer import Answer
from catalog.services.errors import UpstreamError

T = TypeVar("T")

MEMORY_BYTES = 16 * 1024 * 1024  # of JSON; the objects made of it weigh a few times as much
ENTRY_BYTES = 1024  # what an entry weighs beside its JSON


@dataclass(slots=True)
class Held(Generic[T]):
    """A copy as one ``parse`` reads it: ``found`` with the value, or ``gone`` when it says that there is none for us.

    ``looked``: the ``time.monotonic`` at which the durable copy was last seen to be this one; ``retry_at``: the
    ``time.time`` before which a failed refresh is not tried again.
    """

    fetched_at: datetime
    marked: bool
    weight: int
    found: Answer[T] | None
    gone: UpstreamError | None
    looked: float = 0.0
    retry_at: float = 0.0

    def answer(self, *, stale: bool) -> Answer[T]:
        """The answer, or the error that it is; a new one each time, for a raised error collects its frames."""
        if self.found is None:
            assert self.gone is not None  # noqa: S101  one of the two is there
            raise again(self.gone)
        return Answer(self.found.value, self.fetched_at, stale=True) if stale else self.found


def again(error: UpstreamError) -> UpstreamError:
    """The same error without its frames."""
    return type(error)(error.upstream, error.subject, error.message, code=error.code)


class Memory:
    """The answers used last, as many as weigh ``MEMORY_BYTES`` together."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: OrderedDict[Hashable, Held[Any]] = OrderedDict()
        self._weight = 0

    def get(self, key: Hashable) -> Held[Any] | None:
        with self._lock:
            held = self._entries.get(key)
            if held is not None:
                self._entries.move_to_end(key)
            return held

    def put(self, key: Hashable, held: Held[Any]) -> None:
        with self._lock:
            self._remove(key)
            self._entries[key] = held
            self._weight += held.weight + ENTRY_BYTES
            while self._weight > MEMORY_BYTES:
                self._remove(next(iter(self._entries)))

    def look_again(self) -> None:
        """Compare every entry with its durable copy at its next use."""
        with self._lock:
            for held in self._entries.values():
                held.looked = 0.0

    def _remove(self, key: Hashable) -> None:
        if (held := self._entries.pop(key, None)) is not None:
            self._weight -= held.weight + ENTRY_BYTES


def identity(parse: Callable[..., Any]) -> Hashable:
    """The same for two functions that read alike: a ``partial`` or a closure is a new object at every call."""
    marks: Hashable
    if isinstance(parse, partial):
        marks = (parse.func, _alike(parse.args), _alike(tuple(parse.keywords.items())))
    elif getattr(parse, "__closure__", None) or getattr(parse, "__name__", "") == "<lambda>":
        cells = tuple(cell.cell_contents for cell in parse.__closure__ or ())
        marks = (parse.__module__, parse.__code__, parse.__defaults__, _alike(cells))
    else:
        return parse
    try:
        hash(marks)
    except TypeError:
        return parse
    return marks


def _alike(values: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(identity(value) if callable(value) else value for value in values)

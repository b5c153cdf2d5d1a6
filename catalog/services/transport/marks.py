"""What is known to have changed, and when: every process learns of it in a moment, whoever heard it first.

A subject is a word of the service that asks, such as "anilibria title 8500". A copy of an answer about it that is older
than its mark is stale, whatever its lifetime.
"""

from __future__ import annotations

import json
import os
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from types import MappingProxyType

import redis
from django.conf import settings
from filelock import FileLock, Timeout

from catalog.services.transport.store import redis_client

LOOK_SECONDS = 0.4  # how long a process trusts what it last saw
MOST = 500  # subjects, those marked last
LOCK_SECONDS = 2.0
NOTHING: Mapping[str, float] = MappingProxyType({})

Moments = Mapping[str, float]  # subject -> time.time() of its latest change

_subjects: ContextVar[set[str] | None] = ContextVar("subjects", default=None)


@contextmanager
def noting_subjects() -> Iterator[set[str]]:
    """The subjects of every call made inside come together in the set."""
    found: set[str] = set()
    token = _subjects.set(found)
    try:
        yield found
    finally:
        _subjects.reset(token)


def note(subjects: Iterable[str]) -> None:
    if (found := _subjects.get()) is not None:
        found.update(subjects)


def newest(moments: Moments, subjects: Iterable[str]) -> float:
    """The latest of the subjects' marks; 0 where there is none."""
    return max((moments.get(subject, 0.0) for subject in subjects), default=0.0)


class Marks(ABC):
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._moments = NOTHING
        self._looked = -LOOK_SECONDS
        self._state: object = None

    def moments(self) -> Moments:
        """All marks as they were a moment ago; the same object until one changes."""
        if time.monotonic() - self._looked >= LOOK_SECONDS and self._lock.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._lock.release()
        return self._moments

    def put(self, subjects: Iterable[str], at: float) -> None:
        """Mark the subjects as changed ``at`` that time; an older mark never replaces a newer one."""
        with self._lock:
            self._write(dict.fromkeys(subjects, at))
            self._look()

    def _look(self) -> None:
        self._looked = time.monotonic()
        state = self._read_state()
        if state != self._state:
            self._moments, self._state = MappingProxyType(self._read()), state

    @abstractmethod
    def _read_state(self) -> object:
        """Something cheap that differs once the marks do."""

    @abstractmethod
    def _read(self) -> dict[str, float]: ...

    @abstractmethod
    def _write(self, moments: Moments) -> None: ...


class FileMarks(Marks):
    """A small file that is replaced whole. Where it cannot be written nothing is marked, and lifetimes count alone."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def _read_state(self) -> object:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino, found.st_size

    def _read(self) -> dict[str, float]:
        try:
            return {str(subject): float(at) for subject, at in json.loads(self._path.read_bytes()).items()}
        except (OSError, ValueError, AttributeError):
            return {}

    def _write(self, moments: Moments) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self._path.with_suffix(".lock"), timeout=LOCK_SECONDS):
                ours = self._path.with_suffix(f".{os.getpid()}")
                ours.write_text(json.dumps(_merged(self._read(), moments)))
                ours.replace(self._path)
        except (OSError, Timeout):
            return


class RedisMarks(Marks):
    KEY, REVISION = "animesite-marks", "animesite-marks-revision"

    def __init__(self, url: str) -> None:
        super().__init__()
        self._client = redis_client(url)

    def _read_state(self) -> object:
        try:
            return self._client.get(self.REVISION)
        except redis.RedisError:
            return self._state

    def _read(self) -> dict[str, float]:
        try:
            found = self._client.hgetall(self.KEY)
        except redis.RedisError:
            return dict(self._moments)
        return {subject.decode(): float(at) for subject, at in found.items()}  # type: ignore[union-attr]

    def _write(self, moments: Moments) -> None:
        try:
            before = self._read()
            merged = _merged(before, moments)
            with self._client.pipeline() as together:
                together.hset(self.KEY, mapping={subject: repr(at) for subject, at in merged.items()})
                if gone := before.keys() - merged.keys():
                    together.hdel(self.KEY, *gone)
                together.incr(self.REVISION)
                together.execute()
        except redis.RedisError:
            return


def _merged(older: Moments, newer: Moments) -> dict[str, float]:
    merged = {subject: max(older.get(subject, 0.0), newer.get(subject, 0.0)) for subject in {**older, **newer}}
    return dict(sorted(merged.items(), key=lambda item: -item[1])[:MOST])


def new_marks() -> Marks:
    if settings.CACHE_URL.startswith("redis"):
        return RedisMarks(settings.CACHE_URL)
    return FileMarks(settings.DATA_DIR / "upstream" / "marks.json")

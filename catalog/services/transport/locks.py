"""One process at a time asks for one key."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import redis
from django.conf import settings
from filelock import FileLock, Timeout

from catalog.services.transport.store import redis_client

POLL_SECONDS = 0.02


class LockTimeout(Exception):
    """Another process still holds the key."""


class Locks(ABC):
    @contextmanager
    def hold(self, key: str, seconds: float) -> Iterator[None]:
        """Raise LockTimeout when ``seconds`` do not suffice; go on without a lock when locking itself fails."""
        release = self._acquire(key, max(0.0, seconds))
        try:
            yield
        finally:
            release()

    @abstractmethod
    def _acquire(self, key: str, seconds: float) -> Callable[[], None]:
        """Return what releases the lock."""


class FileLocks(Locks):
    """The kernel lets go of them when their process dies."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _acquire(self, key: str, seconds: float) -> Callable[[], None]:
        path = self._folder / f"{key}.lock"
        lock = FileLock(path, thread_local=False)
        try:
            lock.acquire(timeout=seconds, poll_interval=POLL_SECONDS)
        except Timeout as exc:
            raise LockTimeout(key) from exc
        except OSError:
            return lambda: None

        def release() -> None:
            # Whoever waits with the deleted file open notices that its lock guards no name, and opens a new one.
            path.unlink(missing_ok=True)
            lock.release()

        return release


class RedisLocks(Locks):
    """They end by themselves once nobody can still be asking, for a process that died."""

    def __init__(self, url: str) -> None:
        self._client = redis_client(url)

    def _acquire(self, key: str, seconds: float) -> Callable[[], None]:
        lock = self._client.lock(
            f"animesite-lock:{key}",
            timeout=settings.UPSTREAM_DEADLINE_SECONDS + 1,
            sleep=POLL_SECONDS,
            thread_local=False,
        )
        try:
            acquired = lock.acquire(blocking_timeout=seconds)
        except redis.RedisError:
            return lambda: None
        if not acquired:
            raise LockTimeout(key)

        def release() -> None:
            with suppress(redis.RedisError):
                lock.release()

        return release


def new_locks() -> Locks:
    if settings.CACHE_URL.startswith("redis"):
        return RedisLocks(settings.CACHE_URL)
    return FileLocks(settings.DATA_DIR / "upstream" / "locks")

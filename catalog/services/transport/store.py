"""The durable copy of what upstreams said: requests-cache's storage, in SQLite below DATA_DIR or in Redis.

requests-cache's own expiry is when a copy may no longer be used at all (UPSTREAM_STALE_SECONDS after it was fetched);
how long it counts as fresh is decided when it is read, so that a changed lifetime counts at once.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import redis
from django.conf import settings
from filelock import FileLock
from redis.backoff import NoBackoff
from redis.retry import Retry
from requests.structures import CaseInsensitiveDict
from requests_cache.backends.base import BaseCache
from requests_cache.backends.redis import RedisCache
from requests_cache.backends.sqlite import SQLiteCache
from requests_cache.models.response import CachedResponse

from catalog.services.transport import pruning

logger = logging.getLogger(__name__)

T = TypeVar("T")

KEPT_BYTES = 32 * 1024 * 1024  # of the latest copies, however little room there is
OPENING_SECONDS = 5.0
DOWN_SECONDS = 5.0  # for which a storage that failed is not tried again
REDIS_TIMEOUT_SECONDS = 1.0
KEPT_HEADERS = ("ETag", "API-Version")
MARK = "X-Marked-Stale"
STORAGE_ERRORS = (OSError, sqlite3.Error, redis.RedisError)


@dataclass(frozen=True, slots=True)
class Copy:
    """An answer as it came: 200 with JSON, 404/410 or a refusal.

    ``fetched_at``: when the upstream last said or confirmed it.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    fetched_at: datetime
    marked: bool = False


def outlived(fetched_at: datetime) -> bool:
    """Whether a copy is too old even for a dead upstream."""
    return datetime.now(UTC) - fetched_at >= timedelta(seconds=settings.UPSTREAM_STALE_SECONDS)


class Store:
    """A storage that fails is one without copies for a moment: pages go on, and neither they nor the log fill up."""

    def __init__(self) -> None:
        self._opened: BaseCache | None = None
        self._opening = threading.Lock()
        self._down_until = 0.0

    @property
    def _cache(self) -> BaseCache:
        """Opened on first use; raises what STORAGE_ERRORS lists."""
        with self._opening:
            if self._opened is None:
                self._opened = open_cache()
            return self._opened

    def load(self, key: str) -> Copy | None:
        saved = self._try(lambda: self._cache.get_response(key))
        if saved is None:
            return None
        copy = Copy(
            url=saved.url,
            status=saved.status_code,
            headers=saved.headers,
            body=saved.content or b"",
            fetched_at=saved.created_at,
            marked=MARK in saved.headers,
        )
        return None if outlived(copy.fetched_at) else copy

    def save(self, key: str, copy: Copy) -> None:
        headers = {name: copy.headers[name] for name in KEPT_HEADERS if name in copy.headers}
        response = CachedResponse(
            url=copy.url,
            status_code=copy.status,
            headers=CaseInsensitiveDict(headers | ({MARK: "1"} if copy.marked else {})),
            content=copy.body,
            created_at=copy.fetched_at,
        )
        expires = copy.fetched_at + timedelta(seconds=settings.UPSTREAM_STALE_SECONDS)
        self._try(lambda: self._cache.save_response(response, key, expires))

    def mark_stale(self, key: str) -> None:
        """A copy that is replaced meanwhile comes back as the older one: marked, so the next reader refreshes it."""
        if (copy := self.load(key)) is not None and not copy.marked:
            self.save(key, replace(copy, marked=True))

    def prune(self) -> int:
        """Delete what may no longer be used, and the oldest beyond UPSTREAM_CACHE_MAX_BYTES; return how many copies.

        Redis does it by itself.
        """
        if not isinstance(self._cache, SQLiteCache):
            return 0
        before = self._cache.count()
        self._cache.delete(expired=True, vacuum=False)
        pruning.shrink(self._cache, settings.UPSTREAM_CACHE_MAX_BYTES)
        pruning.give_back(self._cache)
        return before - self._cache.count()

    def make_room(self, wanted_bytes: int) -> int:
        """Delete the oldest copies until so much is free, but for the KEPT_BYTES of the latest; how many went."""
        if not isinstance(self._cache, SQLiteCache):
            return 0
        removed = pruning.shrink(self._cache, max(KEPT_BYTES, pruning.used_bytes(self._cache) - wanted_bytes))
        pruning.give_back(self._cache)
        return removed

    def _try(self, action: Callable[[], T]) -> T | None:
        if time.monotonic() < self._down_until:
            return None
        try:
            return action()
        except STORAGE_ERRORS as exc:
            self._down_until = time.monotonic() + DOWN_SECONDS
            logger.error("The storage of saved answers fails: %s", exc)
            return None

    def close(self) -> None:
        if self._opened is not None:
            self._opened.close()  # type: ignore[no-untyped-call]


def open_cache() -> BaseCache:
    options: dict[str, Any] = {"serializer": "pickle"}
    if settings.UPSTREAM_CACHE_URL.startswith("sqlite"):
        path = settings.DATA_DIR / "upstream" / "answers.sqlite3"
        # A new file refuses whoever comes while another process makes it one with a write-ahead log: they take turns.
        with FileLock(path.with_suffix(".lock"), timeout=OPENING_SECONDS):
            return SQLiteCache(path, wal=True, **options)
    connection = redis_client(settings.UPSTREAM_CACHE_URL)
    return RedisCache("animesite-upstream", connection=connection, ttl=True, ttl_offset=0, **options)


def redis_client(url: str) -> redis.Redis:
    """One that gives up soon: a page waits for it."""
    return redis.Redis.from_url(
        url,
        socket_timeout=REDIS_TIMEOUT_SECONDS,
        socket_connect_timeout=REDIS_TIMEOUT_SECONDS,
        retry=Retry(NoBackoff(), 1),
    )

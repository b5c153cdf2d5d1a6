"""The cache in Redis, for a site that goes on without it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

import redis
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.retry import Retry

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 1.0  # a page waits for it
DOWN_SECONDS = 5.0  # for which a Redis that failed is not asked again


class OptionalRedisCache(RedisCache):
    """While Redis fails nothing is found and nothing is kept."""

    _down_until = 0.0

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        soon = {"socket_timeout": TIMEOUT_SECONDS, "socket_connect_timeout": TIMEOUT_SECONDS}
        super().__init__(server, params | {"OPTIONS": soon | {"retry": Retry(NoBackoff(), 1)}})

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._try(super().get, default, key, default, version)

    def get_many(self, keys: Any, version: int | None = None) -> dict[Any, Any]:
        return self._try(super().get_many, {}, keys, version)  # type: ignore[no-any-return]

    def set(self, key: Any, value: Any, *args: Any, **options: Any) -> None:
        self._try(super().set, None, key, value, *args, **options)

    def _try(self, action: Callable[..., Any], otherwise: Any, *arguments: Any, **options: Any) -> Any:
        if time.monotonic() < self._down_until:
            return otherwise
        try:
            return action(*arguments, **options)
        except redis.RedisError as exc:
            type(self)._down_until = time.monotonic() + DOWN_SECONDS
            log.error("Redis fails as a cache: %s", exc)
            return otherwise

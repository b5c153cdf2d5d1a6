"""The services that some tests talk to for real, and what to do where they do not answer."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import psycopg
import pytest
import redis

POSTGRES_URL = os.environ.get("TEST_POSTGRES_URL") or "postgres://postgres@127.0.0.1:5432/postgres"
REDIS_URL = os.environ.get("TEST_REDIS_URL") or "redis://127.0.0.1:6379"
RABBITMQ_URL = os.environ.get("TEST_RABBITMQ_URL") or "amqp://guest:guest@127.0.0.1:5672//"


def absent(what: str, *, demanded_by: str = "REQUIRE_SERVICES") -> NoReturn:
    """Skip the test that needs ``what``, or fail it where that variable demands it."""
    if os.environ.get(demanded_by):
        pytest.fail(f"{what} does not answer, and {demanded_by} is set")
    pytest.skip(f"{what} does not answer here")


if __name__ == "__main__":  # whether the suite can run on PostgreSQL and Redis here
    try:
        psycopg.connect(POSTGRES_URL, connect_timeout=3).close()
        redis.Redis.from_url(REDIS_URL, socket_connect_timeout=3).ping()
    except (psycopg.Error, redis.RedisError) as exc:
        sys.exit(f"PostgreSQL and Redis do not both answer here: {exc}")

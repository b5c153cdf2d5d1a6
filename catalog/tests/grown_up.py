"""``pytest -p catalog.tests.grown_up``: the suite on PostgreSQL and Redis instead of SQLite, memory and files.

Brokers have tests of their own, and no other test asks one for anything but taking a message.

Each of at most six test processes has two of Redis's sixteen databases to itself; the first four belong to tests that
talk to Redis anyway. Loaded this early, it speaks before Django reads the settings.
"""

from __future__ import annotations

import os

import pytest
import redis

from catalog.tests import external

_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
CACHE_URL, UPSTREAM_CACHE_URL = (f"{external.REDIS_URL}/{4 + 2 * _worker + store}" for store in range(2))
os.environ |= {
    "DATABASE_URL": external.POSTGRES_URL,
    "CACHE_URL": CACHE_URL,
    "UPSTREAM_CACHE_URL": UPSTREAM_CACHE_URL,
}


def pytest_configure(config: pytest.Config) -> None:
    # requests-cache calls what redis-py would rather have called otherwise
    config.addinivalue_line("filterwarnings", "ignore:Call to deprecated:DeprecationWarning")


@pytest.fixture(autouse=True)
def empty_redis() -> None:
    for url in (CACHE_URL, UPSTREAM_CACHE_URL):
        with redis.Redis.from_url(url) as client:
            client.flushdb()

from __future__ import annotations

from collections.abc import Iterator

import pytest
import redis

from catalog.tests.external import absent
from catalog.tests.services.transport.source import BASE, REDIS_URL


@pytest.fixture(autouse=True)
def configured(settings, transport_folder):
    settings.ANILIBRIA_URL = BASE
    settings.LOOPS_TOKEN = "secret"
    settings.MEDIA_ORIGINS = ["http://upstream.test", "https://upstream.test"]
    settings.UPSTREAM_TTLS = {"thing": 60.0}


@pytest.fixture
def redis_db() -> Iterator[redis.Redis]:
    client = redis.Redis.from_url(REDIS_URL, socket_connect_timeout=0.5)
    try:
        client.ping()
    except redis.ConnectionError:
        absent("Redis")
    yield client
    if left := client.keys("animesite-*"):
        client.delete(*left)

from __future__ import annotations

from collections.abc import Iterator

import pytest
import redis

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
        pytest.skip("no Redis answers on 127.0.0.1:6379")
    yield client
    if left := client.keys("animesite-*"):
        client.delete(*left)

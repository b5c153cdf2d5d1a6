"""The demo's titles on one evening, a clock to move them on with, and the API over them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import include, path

from catalog.api.anilibria.urls import urls
from catalog.demo.titles import DemoTitles
from catalog.tests.api.anilibria.client import ApiClient

ORIGIN = "http://127.0.0.1:8001"
EVENING = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)


class Clock:
    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def move(self, **duration: float) -> None:
        self.moment += timedelta(**duration)


@pytest.fixture
def clock():
    return Clock(EVENING)


@pytest.fixture
def demo(clock):
    """A demo whose clock a test may move."""
    return DemoTitles(ORIGIN, clock)


@pytest.fixture(scope="session")
def evening():
    """The demo on one evening, for tests that only look."""
    return DemoTitles(ORIGIN, lambda: EVENING, poster_file=lambda path: f"drawn for {path}".encode())


@pytest.fixture(scope="session")
def titles(evening):
    return {title.id: title for title in evening.titles()}


@pytest.fixture
def api(evening, client, settings):
    settings.MIDDLEWARE = []
    settings.ROOT_URLCONF = (path("anilibria/", include(urls(evening))),)
    return ApiClient(client)

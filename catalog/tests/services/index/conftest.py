"""A catalogue behind our own API, changed at will."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from catalog.api.anilibria.envelope import ApiError
from catalog.api.anilibria.urls import urls
from catalog.domain.titles import Team, Title
from catalog.services.index import crawl
from catalog.tests.demo.wire import ORIGIN, wired


@dataclass
class Library:
    """``failures``: how many of the coming requests fail, after ``successes`` that do not."""

    shelf: dict[int, Title] = field(default_factory=dict)
    successes: int = 0
    failures: int = 0
    asked: int = 0

    def put(self, *titles: Title) -> None:
        self.shelf |= {title.id: title for title in titles}

    def titles(self) -> list[Title]:
        self.asked += 1
        if self.successes:
            self.successes -= 1
        elif self.failures:
            self.failures -= 1
            raise ApiError(503, "away")
        return list(self.shelf.values())

    def clips(self):
        return ()

    def team(self):
        return Team()

    def seed_stats(self):
        return ()

    def caching_nodes(self):
        return ()

    def poster_file(self, title_id):
        return None

    def torrent_file(self, torrent_id):
        return None


@pytest.fixture
def library(settings, tmp_path, monkeypatch) -> Iterator[Library]:
    settings.ANILIBRIA_URL = f"{ORIGIN}/anilibria/v2"
    settings.ANILIBRIA_STATIC_URL = ORIGIN
    settings.UPSTREAM_BREAKER_FAILURES = 1000
    monkeypatch.setattr(crawl, "FIRST_PAUSE_SECONDS", 0.001)
    shelf = Library()
    with wired(settings, tmp_path, "anilibria/", urls(shelf)):
        yield shelf


@pytest.fixture
def impatient(monkeypatch) -> None:
    monkeypatch.setattr(crawl, "PATIENCE_SECONDS", 0.0)

"""Loops behind our own API, changed at will."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from catalog.api.animeloop.envelope import Crash
from catalog.api.animeloop.source import LoopQuery
from catalog.api.animeloop.urls import urls
from catalog.domain.loops import Loop, LoopSeries
from catalog.services.index import crawl as crawling
from catalog.services.loop_index import crawl
from catalog.tests.demo.wire import ORIGIN, wired


@dataclass
class Cutter:
    """``skipped``: loops that no list shows; ``failures``: how many of the coming requests fail after ``successes``."""

    shelf: dict[str, Loop] = field(default_factory=dict)
    idle: list[LoopSeries] = field(default_factory=list)
    skipped: set[str] = field(default_factory=set)
    successes: int = 0
    failures: int = 0
    asked: int = 0

    def put(self, *loops: Loop) -> None:
        self.shelf |= {loop.id: loop for loop in loops}

    def _step(self) -> None:
        self.asked += 1
        if self.successes:
            self.successes -= 1
        elif self.failures:
            self.failures -= 1
            raise Crash

    def loop(self, loop_id: str) -> Loop | None:
        self._step()
        return self.shelf.get(loop_id)

    def loops(self, query: LoopQuery) -> Sequence[Loop]:
        self._step()
        return [
            loop
            for loop in self.shelf.values()
            if loop.id not in self.skipped
            and query.series_id in (None, loop.series_id)
            and query.collection_id in (None, int(loop.id[-1], 16))
        ]

    def serieses(self, query: Any) -> Sequence[LoopSeries]:
        self._step()
        return [*{loop.series.id: loop.series for loop in self.shelf.values() if loop.series}.values(), *self.idle]


@pytest.fixture
def cutter(settings, tmp_path, monkeypatch) -> Iterator[Cutter]:
    settings.ANIMELOOP_URL = f"{ORIGIN}/animeloop/api/v2"
    settings.UPSTREAM_BREAKER_FAILURES = 1000
    monkeypatch.setattr(crawling, "FIRST_PAUSE_SECONDS", 0.001)
    monkeypatch.setattr(crawl, "READ_AT_ONCE", 10)
    shelf: Any = Cutter()
    with wired(settings, tmp_path, "animeloop/api/v2/", urls(shelf)):
        yield shelf


@pytest.fixture
def impatient(monkeypatch) -> None:
    monkeypatch.setattr(crawling, "PATIENCE_SECONDS", 0.0)

"""What the demo serves is what the site reads: not a loop, episode or series is lost or changed on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from catalog.api import animeloop as api
from catalog.api.animeloop.source import Between, EpisodeQuery, LoopQuery, SeriesQuery
from catalog.demo.loops import DemoLoops
from catalog.domain.loops import Loop
from catalog.services import animeloop
from catalog.services.animeloop import LoopFilter
from catalog.services.errors import UpstreamNotFound, UpstreamRejected
from catalog.tests.demo.wire import ORIGIN, wired

DEMO = DemoLoops(ORIGIN, lambda: datetime(2026, 11, 20, 15, 30, tzinfo=UTC))


@pytest.fixture(autouse=True)
def wire(settings, tmp_path):
    settings.ANIMELOOP_URL = f"{ORIGIN}/animeloop/api/v2"
    with wired(settings, tmp_path, "animeloop/api/v2/", api.urls.urls(DEMO)):
        yield


def as_full(loop: Loop) -> Loop:
    """An episode inside a full loop does not nest its series a second time."""
    assert loop.episode
    return replace(loop, episode=replace(loop.episode, series=None))


def as_short(loop: Loop) -> Loop:
    return replace(loop, episode=None, series=None)


def test_every_loop_alone():
    for loop in DEMO.loops(LoopQuery()):
        assert animeloop.loop(loop.id).value == as_full(loop)


def test_loops_in_pages():
    short = [loop for page in (1, 2) for loop in animeloop.loops(page=page, limit=25).value]
    assert short == [as_short(loop) for loop in DEMO.loops(LoopQuery())]
    full = animeloop.loops(full=True, limit=100).value
    assert full == tuple(as_full(loop) for loop in DEMO.loops(LoopQuery()))
    assert animeloop.count().value == 40


def test_loops_by_every_filter():
    where = LoopFilter(series="591b2b9868f9f00f82bf3640", duration=(1.5, 2.0), source="automator")
    query = LoopQuery(series_id=where.series, duration=Between(1.5, 2.0), source="automator")
    assert animeloop.loops(where).value == tuple(as_short(loop) for loop in DEMO.loops(query))
    assert animeloop.count(where).value == 3
    assert len(animeloop.loops(LoopFilter(episode="59adf789c4c0bc65794321fb")).value) == 2
    assert animeloop.count(LoopFilter(collection=1080)).value == len(DEMO.loops(LoopQuery(collection_id=1080)))


def test_random_loops():
    assert len({loop.id for loop in animeloop.random_loops(full=True, limit=40).value}) == 40


def test_every_series_and_its_episodes():
    assert animeloop.series_list(limit=100).value == tuple(DEMO.serieses(SeriesQuery()))
    for series in DEMO.serieses(SeriesQuery()):
        assert animeloop.series(series.id).value == series
        episodes = animeloop.episodes(series.id, limit=100).value
        assert episodes == tuple(
            replace(episode, series=None) for episode in DEMO.episodes(EpisodeQuery(series_id=series.id))
        )
    episode = DEMO.episode("59adf789c4c0bc65794321fb")
    assert episode
    assert animeloop.episode(episode.id).value == episode


def test_seasons_and_search():
    assert set(animeloop.seasons().value) == set(DEMO.seasons())
    (found,) = animeloop.search("Laid-Back camp").value
    assert found.title_romaji == "Yuru Camp△"
    assert [series.type for series in animeloop.series_list(type="OVA").value] == ["OVA"]


def test_errors():
    with pytest.raises(UpstreamNotFound):
        animeloop.loop("0123456789abcdef01234567")
    with pytest.raises(UpstreamRejected) as refused:
        animeloop.series_list(season="spring")
    assert "[season]" in refused.value.message

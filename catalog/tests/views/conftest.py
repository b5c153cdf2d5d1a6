"""Pages over faked upstreams: everything up and happy unless a test says otherwise."""

from __future__ import annotations

import pytest
import requests_mock

from catalog.services import index
from catalog.tests.services.conftest import aged, transport_folder, upstream  # noqa: F401
from catalog.tests.views import samples


@pytest.fixture(autouse=True)
def no_index(db) -> None:
    """The catalogue has not been read yet."""
    index.forget()


@pytest.fixture
def anilibria(upstream: requests_mock.Mocker) -> requests_mock.Mocker:
    """AniLibria alone: two titles known by id and code, updated, scheduled and found."""
    titles = [samples.title(), samples.title(**samples.OTHER)]
    for title in titles:
        upstream.get(f"{samples.ANILIBRIA}/getTitle?code={title['code']}", json=title)
        upstream.get(f"{samples.ANILIBRIA}/getTitle?id={title['id']}", json=title)
    upstream.get(f"{samples.ANILIBRIA}/getUpdates", json=titles)
    upstream.get(f"{samples.ANILIBRIA}/searchTitles", json=titles)
    upstream.get(
        f"{samples.ANILIBRIA}/getSchedule", json=[{"day": 4, "list": titles[:1]}, {"day": 5, "list": titles[1:]}]
    )
    upstream.get(f"{samples.ANILIBRIA}/getRandomTitle", json=titles[0])
    upstream.get(f"{samples.ANILIBRIA}/getYears", json=[2019, 2024])
    upstream.get(f"{samples.ANILIBRIA}/getCachingNodes", json=["cache.libria.fun", "de2.libria.fun"])
    upstream.get(f"{samples.ANILIBRIA}/getGenres", json=["экшен", "магия"])
    upstream.get(f"{samples.ANILIBRIA}/getTeam", json={"team": titles[0]["team"]})
    return upstream


@pytest.fixture
def everything(anilibria: requests_mock.Mocker) -> requests_mock.Mocker:
    """All three upstreams."""
    anilibria.get(f"{samples.ANIMELOOP}/loop", json=samples.animeloop([samples.loop()]))
    anilibria.get(f"{samples.ANIMELOOP}/loop/count", json=samples.animeloop({"count": 3690}))
    anilibria.get(f"{samples.ANIMELOOP}/series", json=samples.animeloop([]))
    anilibria.get(f"{samples.ANIMELOOP}/series/season", json=samples.animeloop(["2014-4"]))
    anilibria.get(f"{samples.LOOPS}/api/web/feed", json={"data": [samples.video()], "links": {}, "meta": {}})
    return anilibria


@pytest.fixture(autouse=True)
def at_a_friday(time_machine) -> None:
    """20 November 2026, 12:00 in Moscow."""
    time_machine.move_to("2026-11-20T09:00:00Z", tick=True)

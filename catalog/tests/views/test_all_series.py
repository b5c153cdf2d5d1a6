"""All series: from the index, or from the upstream until there is one, by season, by kind, by words."""

from __future__ import annotations

import re

import pytest
import requests
import requests_mock

from catalog.tests.factories import LoopRowFactory, LoopSeriesFactory, SeriesRowFactory
from catalog.tests.services.animeloop import samples
from catalog.tests.services.animeloop.samples import success
from catalog.tests.views.samples import ANIMELOOP

SWAP = {"HX-Request": "true"}
ONE = samples.series()


@pytest.fixture
def animeloop(upstream):
    upstream.get(f"{ANIMELOOP}/series", json=success([ONE]))
    upstream.get(f"{ANIMELOOP}/search/series", json=success([ONE]))
    upstream.get(f"{ANIMELOOP}/series/season", json=success(["2014-4", "2017-10"]))
    return upstream


@pytest.fixture
def rows(upstream):
    """Thirty series of two kinds and seasons, one with two loops, while Animeloop is away."""
    upstream.get(requests_mock.ANY, exc=requests.ConnectionError)
    for n in range(30):
        SeriesRowFactory.create(title=f"Series {n:02}", type="TV" if n % 3 else "OVA", season=f"201{n % 2}-4")
    series = LoopSeriesFactory.build(title="Aaa", type="TV", season="2010-4")
    return [LoopRowFactory.create(series=series) for _ in range(2)]


def names(response) -> list[str]:
    return re.findall(r'<h3 lang="[^"]*"><a href="/series/\w+/">([^<]+)', response.text)


def test_are_listed_before_there_is_an_index(client, animeloop):
    page = client.get("/series/")
    assert names(page) == ["LoveLive! 2期"]
    assert '<option value="2017-10">Autumn 2017</option>' in page.text
    assert "Spring 2014" in page.text


def test_are_asked_for_by_season_and_kind(client, animeloop):
    client.get("/series/?season=2014-4&type=TV")
    asked = next(r for r in animeloop.request_history if r.path.endswith("/series"))
    assert asked.qs["season"] == ["2014-4"]
    assert asked.qs["type"] == ["TV"]


def test_are_found_by_words(client, animeloop):
    page = client.get("/series/?q=live&season=2014-4")
    asked = next(r for r in animeloop.request_history if "search" in r.path)
    assert asked.qs["value"] == ["live"]
    assert names(page) == ["LoveLive! 2期"]


def test_stand_on_the_index_when_the_source_is_away(client, rows):
    page = client.get("/series/")
    assert page.status_code == 200
    assert names(page)[0] == "Aaa"
    assert "2 loops" in page.text
    assert len(names(page)) == 24
    assert 'hx-get="?page=2"' in page.text
    assert len(names(client.get("/series/?page=2", headers=SWAP))) == 7
    assert names(client.get("/series/?type=OVA&season=2010-4")) == [f"Series {n:02}" for n in range(0, 30, 6)]
    assert names(client.get("/series/?season=1999-1")) == []


@pytest.mark.parametrize("query", ["?season=2014-5", "?season=x", "?type=<b>", "?page=0"])
def test_name_what_they_cannot_understand(client, animeloop, query):
    page = client.get(f"/series/{query}")
    assert page.status_code == 200
    assert "ignored" in page.text.lower()


def test_without_index_and_source_there_is_no_page(client, upstream):
    upstream.get(requests_mock.ANY, exc=requests.ConnectionError)
    assert client.get("/series/").status_code == 503


def test_only_the_list_is_swapped(client, animeloop):
    page = client.get("/series/", headers=SWAP)
    assert "<html" not in page.text
    assert "HX-Request" in page["Vary"]
    assert "<html" in client.get("/series/", headers=SWAP | {"HX-Boosted": "true"}).text
    assert "<html" in client.get("/series/", headers=SWAP | {"HX-History-Restore-Request": "true"}).text


def test_loops_of_an_episode_say_which_it_is(client, upstream):
    upstream.get(f"{ANIMELOOP}/loop", json=success([]))
    upstream.get(f"{ANIMELOOP}/loop/count", json=success({"count": 0}))
    upstream.get(f"{ANIMELOOP}/series", json=success([]))
    whole = samples.episode(samples.EPISODE_ID, no="13") | {"series": ONE}
    upstream.get(f"{ANIMELOOP}/episode?id={samples.EPISODE_ID}", json=success(whole))
    page = client.get(f"/loops/?episode={samples.EPISODE_ID}").text
    assert f'href="/series/{samples.SERIES_ID}/" lang="ja">LoveLive! 2期</a>, Episode 13' in page

"""Once the catalogue has an index, programs get what the page shows."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
import requests

from catalog.domain.titles import Names, Season
from catalog.tests.factories import TitleRowFactory
from catalog.tests.feeds.torrents.conftest import torrent
from catalog.tests.views import samples

TITLES = f"{samples.ANILIBRIA}/getTitles"


@pytest.fixture
def indexed(lists):
    """The index has two titles, the second updated last; the upstream tells them in its own order."""
    TitleRowFactory(id=1, code="bleach", names=Names(ru="Блич", en="Bleach"), season=Season(code=4, year=2004))
    TitleRowFactory(id=2, code="naruto", names=Names(ru="Наруто", en="Naruto"), season=Season(code=4, year=2002))
    lists.get(
        TITLES,
        json=[
            samples.title(id=1, code="bleach", names={"en": "Bleach"}, description="Soul"),
            samples.title(
                id=2,
                code="naruto",
                names={"en": "Naruto"},
                torrents={"list": [torrent("first", 4, 1, 24, "1-24"), torrent("latest", 1, 25, 25, "25")]},
            ),
        ],
    )
    return lists


def codes(client, query=""):
    return [item["url"].rstrip("/").rpartition("/")[2] for item in client.get(f"/catalog.json{query}").json()["items"]]


def test_the_order_is_the_indexs_and_the_words_are_the_upstreams(client, indexed):
    assert codes(client) == ["naruto", "bleach"]
    assert "Soul" in client.get("/catalog.rss").text
    assert indexed.last_request.qs["id_list"] == ["1,2"]


def test_filters_that_only_the_index_knows_are_followed(client, indexed):
    indexed.get(f"{TITLES}?id_list=1", json=[samples.title(id=1, code="bleach")])
    assert codes(client, "?year_from=2003") == ["bleach"]
    assert codes(client, "?sort=name") == ["bleach", "naruto"]
    assert codes(client, "?year=1999") == ["naruto", "bleach"]  # a year that no title has is named and ignored
    assert codes(client, "?page=2") == []


def test_without_the_index_such_filters_are_named(client, lists):
    assert "From the year: 2003" in client.get("/catalog.json?year_from=2003").json()["description"]


def test_words_on_the_wrong_keyboard_are_found(client, indexed):
    indexed.get(f"{TITLES}?id_list=2", json=[samples.title(id=2, code="naruto")])
    assert codes(client, "?q=yfhenj") == ["naruto"]


def test_an_indexer_finds_with_the_index(client, indexed):
    naruto = indexed.get(f"{TITLES}?id_list=2", json=samples_of(indexed))
    root = ElementTree.fromstring(client.get("/torznab/api?t=search&q=naruto+25").content)
    assert [item.findtext("title") for item in root.findall("channel/item")] == [
        "Naruto S01E25 WEBRip 1080p h265 RUS-AniLibria"
    ]
    assert naruto.called
    assert not [request for request in indexed.request_history if "searchTitles" in request.path]


def test_an_upstream_that_is_down_is_a_503_though_the_index_knows_names(client, indexed):
    indexed.get(TITLES, exc=requests.ConnectionError)
    assert client.get("/catalog.rss").status_code == 503


def test_the_sitemap_has_every_title_of_the_index(client, indexed):
    page = client.get("/sitemap.xml").text
    assert "<loc>http://testserver/title/bleach/</loc>" in page
    assert "<loc>http://testserver/ru/title/naruto/</loc>" in page
    assert not [request for request in indexed.request_history if "getUpdates" in request.path]


def samples_of(indexed):
    torrents = {"list": [torrent("first", 4, 1, 24, "1-24"), torrent("latest", 1, 25, 25, "25")]}
    return [samples.title(id=2, code="naruto", names={"en": "Naruto"}, torrents=torrents)]

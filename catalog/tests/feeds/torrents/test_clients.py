"""What Sonarr, Radarr and Prowlarr send, word for word, to the indexer over the demo's whole catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import pytest
from bs4 import BeautifulSoup

from catalog.services import index
from catalog.tests.feeds.torrents.test_torznab import ATTRIBUTES, RESPONSE, attributes
from catalog.tests.views.conftest import at_a_friday, no_index  # noqa: F401
from catalog.tests.walk import demo_below, demo_urls

API = "/torznab/api"
RSS_SYNC = "t=tvsearch&cat=5030,5040,5070&extended=1&apikey=key&offset=0&limit=100"
ASKED = [
    RSS_SYNC,
    "t=search&extended=1&apikey=key&offset=0&limit=100&cat=5070",
    "t=search&q=&limit=100&offset=0&extended=1&apikey=key",
    "t=tvsearch&q=Nanatsu%20no%20Taizai&season=1&ep=3&cat=5070&extended=1&apikey=key&offset=0&limit=100",
    "t=tvsearch&q=Nanatsu%20no%20Taizai&season=1&cat=5000,5070&extended=1&apikey=key",
    "t=search&q=Nanatsu%20no%20Taizai%2003&cat=5070&extended=1&apikey=key&offset=0&limit=100",
    "t=search&q=Nanatsu+no+Taizai+03&cat=5070&extended=1&apikey=key",
    "t=tvsearch&tvdbid=279829&season=1&ep=3&q=Nanatsu%20no%20Taizai&apikey=key",
    "t=search&cat=2000&q=Hansei%20no%20Yukue&extended=1&apikey=key",
]


@pytest.fixture(autouse=True)
def demo(settings, tmp_path) -> Iterator[None]:
    with demo_below(settings, tmp_path, demo_urls()):
        index.rebuild(lambda done, total: None)
        yield


def items(client, query: str) -> list[ElementTree.Element]:
    answer = client.get(f"{API}?{query}")
    assert answer.status_code == 200
    assert feedparser.parse(answer.content).bozo == 0
    root = ElementTree.fromstring(answer.content)
    assert root.tag == "rss"
    assert root.find(RESPONSE) is not None
    return root.findall("channel/item")


def categories(item: ElementTree.Element) -> set[str]:
    return {value for name, value in attributes(item) if name == "category"}


def test_what_they_ask_first_says_what_they_may_ask(client):
    caps = ElementTree.fromstring(client.get(f"{API}?t=caps&apikey=key").content)
    assert {element.tag for element in caps} == {"server", "limits", "searching", "categories"}
    able = {element.tag: element.get("supportedParams") for element in caps.find("searching") or ()}
    assert "q" in str(able["search"])
    assert {"q", "season", "ep"} <= set(str(able["tv-search"]).split(","))
    assert "5070" in {category.get("id") for category in caps.iter("subcat")}


@pytest.mark.parametrize("query", ASKED)
def test_every_question_is_answered_with_whole_items(client, query):
    found = items(client, query)
    assert found
    for item in found:
        facts = dict(attributes(item))
        assert facts.keys() <= ATTRIBUTES
        assert {"category", "size", "seeders", "peers", "infohash", "magneturl"} <= facts.keys()
        assert int(facts["peers"]) >= int(facts["seeders"])
        for required in ("title", "guid", "pubDate", "size", "link"):
            assert item.findtext(required)
        enclosure = item.find("enclosure")
        assert enclosure is not None
        assert enclosure.get("type") == "application/x-bittorrent"


@pytest.mark.parametrize("query", [query for query in ASKED if "cat=" in query])
def test_nothing_of_another_category_comes(client, query):
    wanted = set(query.partition("cat=")[2].partition("&")[0].split(","))
    assert all(categories(item) & wanted for item in items(client, query))


@pytest.mark.parametrize("query", [query for query in ASKED if "ep=3" in query or "03&" in query])
def test_an_episode_is_in_what_is_found_for_it(client, query):
    for item in items(client, query):
        facts = dict(attributes(item))
        assert facts.get("episode", "3") == "3"
        assert "Nanatsu" in (item.findtext("title") or "")


def test_the_whole_list_can_be_paged_through(client):
    whole = [item.findtext("guid") for item in items(client, "t=search&limit=100&offset=0")]
    pages = [
        item.findtext("guid")
        for offset in range(0, 120, 30)
        for item in items(client, f"t=search&limit=30&offset={offset}")
    ]
    assert len(set(whole)) == len(whole) > 30
    assert pages[: len(whole)] == whole
    assert len(set(pages)) == len(pages)


@pytest.mark.parametrize("path", ["/torrents.rss", f"{API}?t=search&limit=10"])
def test_the_page_of_a_torrent_has_the_row_that_is_linked_to(client, path):
    root = ElementTree.fromstring(client.get(path).content)
    for item in root.findall("channel/item")[:5]:
        address = urlsplit(item.findtext("comments") or "")
        page = BeautifulSoup(client.get(address.path).content, "html.parser")
        row = page.find(id=address.fragment)
        assert row is not None
        assert row.select_one("a[href^='magnet:']") is not None

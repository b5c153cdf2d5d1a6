"""What subscribers of a question get is what its page shows, in the same order: over the demo's whole catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import feedparser
import pytest
from bs4 import BeautifulSoup
from django.utils.http import urlencode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.services import index
from catalog.tests.views.conftest import at_a_friday, no_index  # noqa: F401
from catalog.tests.walk import Wire, demo_below, demo_urls

QUERIES = [
    "",
    "genre=драма",
    "genre=драма&genre=комедия",
    "genre=драма&genre=комедия&genres=any",
    "genre=драма&genre=мистика&genres=all&sort=popular",
    "year=2019",
    "year=2019&year=2013",
    "year_from=2015&year_to=2017",
    "year_from=2024",
    "year_to=2010&sort=name",
    "year=2010&year_from=2020",
    "year_from=2020&year_to=2010",
    "season=1",
    "season=1&season=4&year=2020",
    "type=0",
    "type=0&type=2&type=3",
    "status=1",
    "status=2&weekday=0&weekday=6",
    "weekday=4&sort=new",
    "letter=К",
    "letter=К&letter=Н&sort=updated",
    "sort=updated",
    "sort=new",
    "sort=name",
    "sort=popular",
    "sort=popular&page=2",
    "sort=name&genre=драма&page=2",
    "page=999",
    "q=судьба",
    "q=nanatsu",
    "q=yfhenj",
    "q=наруто&sort=name",
    "q=а&year_from=2015&genres=any&genre=драма&genre=комедия",
    "voice=Kari",
    "voice=Kari&voice=Anzen",
    "voice=Kari&translator=Anku&timing=Alkhorus",
    "editing=mutagenb&status=2",
    "genre=нет такого",
    "year=1801&season=9&type=12&sort=oddly&weekday=x",
    "q=qqqqqqqqqqqqqqqqqqqqqq",
]


@pytest.fixture
def demo(settings, tmp_path) -> Iterator[Wire]:
    with demo_below(settings, tmp_path, demo_urls()) as wire:
        yield wire


@pytest.fixture
def indexed(demo) -> Wire:
    index.rebuild(lambda done, total: None)
    return demo


def addressed(query: str) -> str:
    pairs = (pair.partition("=") for pair in query.split("&") if pair)
    return urlencode([(name, value) for name, _, value in pairs])


def shown(client, query: str) -> list[str]:
    page = BeautifulSoup(client.get(f"/catalog/?{addressed(query)}").content, "html.parser")
    return [str(link["href"]) for link in page.select("#results .card h3 a")]


def sent(client, query: str) -> list[str]:
    answer = client.get(f"/catalog.json?{addressed(query)}")
    assert answer.status_code == 200
    return [urlsplit(item["url"]).path for item in answer.json()["items"]]


def test_the_feed_has_the_titles_of_the_page(client, indexed):
    pages = {query: shown(client, query) for query in QUERIES}
    assert {query: sent(client, query) for query in QUERIES} == pages
    assert len(set(map(tuple, pages.values()))) > len(QUERIES) - 12  # the questions are different ones
    assert sum(not titles for titles in pages.values()) <= 5


def test_so_it_has_before_there_is_an_index(client, demo):
    pages = {query: shown(client, query) for query in QUERIES}
    assert {query: sent(client, query) for query in QUERIES} == pages
    assert any(pages.values())


def test_what_has_to_wait_for_the_index_is_named_once_in_both(client, demo):
    query = addressed("year=2019&sort=popular&type=1")
    page, feed = (client.get(f"/catalog{sibling}?{query}") for sibling in ("/", ".json"))
    waiting = BeautifulSoup(page.content, "html.parser").select_one("#results [role=status]")
    assert waiting is not None
    assert [str(word.string) for word in waiting.select("q")] == ["1", "popular"]
    assert feed.json()["description"].count("popular") == 1


@pytest.mark.parametrize("format", ["rss", "atom"])
def test_every_form_of_the_feed_has_them(client, indexed, format):
    query = "genre=драма&genre=комедия&genres=any&year_from=2015&sort=popular"
    feed = feedparser.parse(client.get(f"/catalog.{format}?{addressed(query)}").content)
    assert [urlsplit(entry.link).path for entry in feed.entries] == shown(client, query) != []


@pytest.mark.parametrize("query", ["genre=драма&sort=popular", "status=2&sort=name&year_to=2015", "q=судьба"])
def test_torrents_are_those_of_the_pages_titles(client, indexed, query):
    feed = feedparser.parse(client.get(f"/torrents.rss?{addressed(query)}").content)
    titles = {urlsplit(entry.comments).path for entry in feed.entries}
    assert titles
    assert titles <= set(shown(client, query))


def test_whatever_is_asked_for(client, indexed):
    catalogue = index.catalogue(index.progress())
    assert catalogue is not None
    facets = {name: st.sampled_from(values) for name, values in catalogue.facets.vocabulary.items() if values}
    pair = st.sampled_from(sorted(facets)).flatmap(lambda name: st.tuples(st.just(name), facets[name]))
    others = st.fixed_dictionaries(
        {},
        optional={
            "genres": st.sampled_from(["all", "any"]),
            "sort": st.sampled_from([*index.ORDERS, "x"]),
            "year_from": st.integers(1990, 2030).map(str),
            "year_to": st.integers(1990, 2030).map(str),
            "q": st.sampled_from(["судьба", "nanatsu", "а", "зеркало"]),
            "page": st.sampled_from(["1", "2", "0"]),
        },
    )

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(pairs=st.lists(pair, max_size=3), rest=others)
    def ask(pairs, rest):
        query = "&".join(f"{name}={value}" for name, value in [*pairs, *rest.items()])
        assert sent(client, query) == shown(client, query)

    ask()

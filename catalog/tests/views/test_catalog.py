from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from catalog.tests.views import samples

SEARCH = f"{samples.ANILIBRIA}/searchTitles"
UPDATES = f"{samples.ANILIBRIA}/getUpdates"
SWAP = {"HX-Request": "true"}


def many(count: int) -> list[dict[str, Any]]:
    return [samples.title(id=number, code=f"title-{number}") for number in range(1, count + 1)]


def asked(upstream, method: str) -> list[dict[str, list[str]]]:
    """The queries sent to one method, oldest first; parameters in the case they were sent in."""
    return [parse_qs(urlsplit(call.url).query) for call in upstream.request_history if call.path.endswith(f"/{method}")]


def test_without_filters_lists_the_latest_updates(client, anilibria):
    page = client.get("/catalog/").text
    assert "<h1>Latest updates</h1>" in page
    assert not asked(anilibria, "searchTitles")
    assert asked(anilibria, "getUpdates")[0]["limit"] == ["25"]


def test_hands_every_filter_to_the_upstream(client, anilibria):
    query = "q=грехи&year=2019&year=2024&season=4&genre=экшен&voice=Kari&translator=Anku&editing=mutagenb&decor=Tia"
    page = client.get(f"/catalog/?{query}&timing=Alkhorus").text
    assert "Ignored" not in page
    sent = asked(anilibria, "searchTitles")
    assert len(sent) == 1
    sent[0].pop("filter")
    assert sent[0] == {
        "search": ["грехи"],
        "year": ["2019,2024"],
        "season_code": ["4"],
        "genres": ["экшен"],
        "voice": ["Kari"],
        "translator": ["Anku"],
        "editing": ["mutagenb"],
        "decor": ["Tia"],
        "timing": ["Alkhorus"],
        "limit": ["25"],
    }


def test_every_filter_is_a_chip_that_takes_it_off(client, anilibria):
    page = client.get("/catalog/?q=x&genre=экшен&genre=магия&season=4").text
    genre, other = "%D1%8D%D0%BA%D1%88%D0%B5%D0%BD", "%D0%BC%D0%B0%D0%B3%D0%B8%D1%8F"
    assert f'<a class="chip on" href="?q=x&amp;season=4&amp;genre={other}" lang="ru">экшен' in page
    assert f'<a class="chip on" href="?q=x&amp;genre={genre}&amp;genre={other}">Autumn' in page


def test_keeps_what_was_picked_ticked(client, anilibria):
    page = client.get("/catalog/?genre=магия&year=2019&voice=Kari&q=грех").text
    assert 'name="genre" value="магия" checked' in page
    assert 'name="year" value="2019" checked' in page
    assert 'name="voice" value="Kari" checked' in page
    assert 'name="q" maxlength="200" aria-label="Search titles" value="грех"' in page


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("year=20x", "Year: <q>20x</q>"),
        ("year=1871", "Year: <q>1871</q>"),
        ("season=5", "Season: <q>5</q>"),
        ("genre=такого нет", "Genre: <q>такого нет</q>"),
        ("voice=a,b", "Voice: <q>a,b</q>"),
        ("page=abc", "Page: <q>abc</q>"),
        ("page=-1", "Page: <q>-1</q>"),
        ("page=99999", "Page: <q>99999</q>"),
        (f"q={'x' * 201}", f"Search: <q>{'x' * 59}…</q>"),
        ("q=%00", "Search: <q>"),
    ],
)
def test_what_is_not_understood_is_named_and_ignored(client, anilibria, query, named):
    response = client.get(f"/catalog/?genre=магия&{query}")
    assert response.status_code == 200
    assert named in response.text
    last = asked(anilibria, "searchTitles")[-1]
    last.pop("filter")
    assert last == {"genres": ["магия"], "limit": ["25"]}


def test_only_an_unknown_word_costs_a_second_question(client, anilibria):
    client.get("/catalog/?genre=магия")
    client.get("/catalog/?genre=магия&genre=нет")
    assert [sent["genres"] for sent in asked(anilibria, "searchTitles")] == [["магия"], ["магия,нет"]]


def test_takes_any_word_while_nobody_tells_which_there_are(client, anilibria, settings):
    settings.UPSTREAM_BREAKER_FAILURES = 4  # the titles are still asked for
    for method in ("getGenres", "getYears", "getTeam"):
        anilibria.get(f"{samples.ANILIBRIA}/{method}", exc=requests.ConnectionError)
    response = client.get("/catalog/?genre=новый&voice=Somebody")
    assert response.status_code == 200
    assert "Ignored" not in response.text
    assert asked(anilibria, "searchTitles")[0]["genres"] == ["новый"]


class TestPages:
    def test_one_page_is_all(self, client, anilibria):
        anilibria.get(SEARCH, json=many(24))
        page = client.get("/catalog/?q=x").text
        assert "<h1>24 titles</h1>" in page
        assert "Load more" not in page

    def test_more_is_a_link(self, client, anilibria):
        anilibria.get(SEARCH, json=many(25))
        page = client.get("/catalog/?q=x&season=1").text
        assert page.count('<article class="card"') == 24
        assert 'href="?page=2&amp;q=x&amp;season=1" hx-get="?page=2&amp;q=x&amp;season=1"' in page

    def test_the_second_page_stands_alone(self, client, anilibria):
        anilibria.get(UPDATES, json=many(3))
        page = client.get("/catalog/?page=2").text
        assert asked(anilibria, "getUpdates")[0]["after"] == ["24"]
        assert page.count('<article class="card"') == 3
        assert "From the first page" in page

    def test_the_second_page_as_a_swap_is_cards_to_append(self, client, anilibria):
        anilibria.get(UPDATES, json=many(25))
        fragment = client.get("/catalog/?page=2", headers=SWAP).text
        assert fragment.lstrip().startswith("<article")
        assert fragment.count("autofocus") == 1
        assert "48 shown" in fragment
        assert "?page=3" in fragment

    def test_a_page_past_the_end_says_so(self, client, anilibria):
        anilibria.get(UPDATES, json=[])
        assert "There is nothing on this page." in client.get("/catalog/?page=7").text


class TestNothingFound:
    @pytest.fixture(autouse=True)
    def _nothing(self, anilibria):
        anilibria.get(SEARCH, json=[])

    def test_words_with_filters(self, client):
        page = client.get("/catalog/?q=кошка&genre=магия").text
        assert "Nothing is called “кошка” or sounds close to it with these filters on." in page
        assert 'href="?q=%D0%BA%D0%BE%D1%88%D0%BA%D0%B0">Search without filters' in page

    def test_words_alone(self, client):
        assert "Try a shorter part of the name" in client.get("/catalog/?q=кошка").text

    def test_filters_alone(self, client):
        assert "No title fits all of these filters at once." in client.get("/catalog/?genre=магия").text


class TestUpstreamDown:
    @pytest.fixture(autouse=True)
    def _down(self, anilibria):
        anilibria.get(SEARCH, exc=requests.ConnectionError)

    def test_keeps_the_question(self, client):
        response = client.get("/catalog/?q=кошка&genre=магия")
        assert response.status_code == 503
        assert response["Retry-After"] == "30"
        assert "AniLibria is not answering" in response.text
        assert 'value="кошка"' in response.text
        assert "An empty" not in response.text

    @pytest.mark.parametrize("page", [1, 2])
    def test_says_so_within_a_swap(self, client, page):
        response = client.get(f"/catalog/?q=кошка&page={page}", headers=SWAP)
        assert response.status_code == 503
        assert "<html" not in response.text
        assert "AniLibria is not answering" in response.text

"""The catalogue over its index."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.http import urlencode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.domain.titles import Names, Season, Status, Team, TitleType
from catalog.forms import CatalogForm
from catalog.models import IndexState
from catalog.services import index
from catalog.services.index.state import source
from catalog.tests.factories import TitleRowFactory

SWAP = {"HX-Request": "true"}


@pytest.fixture
def shelf(no_index) -> None:
    """Four titles, the latest first: Naruto, Bleach, a film, a romance."""
    TitleRowFactory(
        id=4,
        code="eromanga",
        names=Names(ru="Ёлка любви", en="Koi no Ki"),
        season=Season(code=2, year=2018, weekday=0),
        genres=("романтика", "драма"),
        team=Team(voice=("Anzen",)),
        in_favourites=5,
    )
    TitleRowFactory(
        id=5,
        code="film",
        names=Names(ru="Фильм о море", en="Umi"),
        type=TitleType(code=0),
        season=Season(code=3, year=2021),
        genres=("драма",),
        team=Team(),
        in_favourites=900,
    )
    TitleRowFactory(
        id=6,
        code="bleach",
        names=Names(ru="Блич", en="Bleach"),
        status=Status(code=1, text="В работе"),
        season=Season(code=4, year=2021, weekday=2),
        genres=("экшен", "драма"),
        team=Team(voice=("Kari",), timing=("Anku",)),
        in_favourites=70,
    )
    TitleRowFactory(
        id=7,
        code="naruto",
        names=Names(ru="Наруто", en="Naruto"),
        season=Season(code=4, year=2002, weekday=3),
        genres=("экшен",),
        team=Team(voice=("Kari", "Anzen")),
        in_favourites=60,
    )


def shown(page: str) -> list[str]:
    return re.findall(r'<article class="card".*?href="/(?:ru/)?title/([^/]+)/"', page, re.S)


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", ["naruto", "bleach", "film", "eromanga"]),
        ("year=2021", ["bleach", "film"]),
        ("year=2021&year=2002", ["naruto", "bleach", "film"]),
        ("year_from=2003&year_to=2020", ["eromanga"]),
        ("year_from=2019", ["bleach", "film"]),
        ("year=2002&year_from=2021", ["naruto", "bleach", "film"]),
        ("season=4", ["naruto", "bleach"]),
        ("genre=экшен&genre=драма", ["bleach"]),
        ("genre=экшен&genre=романтика&genres=any", ["naruto", "bleach", "eromanga"]),
        ("type=0", ["film"]),
        ("status=1&status=4", ["bleach"]),
        ("weekday=0", ["eromanga"]),
        ("voice=Kari", ["naruto", "bleach"]),
        ("voice=Kari&timing=Anku", ["bleach"]),
        ("letter=Е", ["eromanga"]),
        ("letter=Н&letter=Б", ["bleach", "naruto"]),
        ("letter=Н&letter=Б&sort=updated", ["naruto", "bleach"]),
        ("sort=name", ["bleach", "eromanga", "naruto", "film"]),
        ("sort=popular", ["film", "bleach", "naruto", "eromanga"]),
        ("sort=new", ["bleach", "film", "eromanga", "naruto"]),
        ("q=naruto", ["naruto"]),
        ("q=yfhenj", ["naruto"]),
        ("q=,kbx", ["bleach"]),
        ("q=елка", ["eromanga"]),
        ("q=наруто&genre=драма", []),
    ],
)
def test_filters_and_order(client, shelf, query, codes):
    response = client.get(f"/catalog/?{query}")
    assert response.status_code == 200
    assert "Ignored" not in response.text
    assert shown(response.text) == codes


def orders(page: str) -> dict[str, bool]:
    """What can be chosen to order by, and whether it is."""
    options = page.partition('id="orders"')[2].partition("</select>")[0]
    return {value: bool(chosen) for value, chosen in re.findall(r'<option value="(\w*)"( selected)?>', options)}


def counts(page: str, facet: str) -> dict[str, int]:
    found = re.findall(rf'name="{facet}" value="([^"]+)"[^>]*>[^<]*<span class="num" id="[^"]+">(\d+)<', page)
    return {value: int(number) for value, number in found}


class TestCounts:
    def test_without_filters(self, client, shelf):
        page = client.get("/catalog/").text
        assert counts(page, "genre") == {"драма": 3, "экшен": 2, "романтика": 1}
        assert counts(page, "year") == {"2021": 2, "2018": 1, "2002": 1}
        assert counts(page, "status") == {"1": 1, "2": 3}

    def test_values_of_the_same_facet_stay_alternatives(self, client, shelf):
        page = client.get("/catalog/?year=2021").text
        assert counts(page, "year") == {"2021": 2, "2018": 1, "2002": 1}
        assert counts(page, "genre") == {"драма": 2, "экшен": 1, "романтика": 0}

    def test_another_genre_narrows(self, client, shelf):
        assert counts(client.get("/catalog/?genre=экшен").text, "genre") == {"драма": 1, "экшен": 2, "романтика": 0}

    def test_any_genre_widens(self, client, shelf):
        page = client.get("/catalog/?genre=экшен&genres=any").text
        assert counts(page, "genre") == {"драма": 3, "экшен": 2, "романтика": 1}

    def test_within_what_was_searched(self, client, shelf):
        assert counts(client.get("/catalog/?q=bleach").text, "genre") == {"драма": 1, "экшен": 1, "романтика": 0}

    def test_a_swap_brings_new_ones(self, client, shelf):
        fragment = client.get("/catalog/?year=2021", headers=SWAP).text
        assert '<span class="num" id="n-season-4" hx-swap-oob="true">1</span>' in fragment


class TestWhatASwapBringsAround:
    """What stands outside of the results, and yet follows what is asked for."""

    def test_the_orders_with_the_best_match_first(self, client, shelf):
        assert orders(client.get("/catalog/").text) == {"": True, "new": False, "name": False, "popular": False}
        fragment = client.get("/catalog/?q=naruto&sort=name", headers=SWAP).text
        assert re.search(r'<select [^>]*id="orders" [^>]*hx-swap-oob="true">', fragment)
        assert orders(fragment) == {"": False, "updated": False, "new": False, "name": True, "popular": False}

    def test_the_usual_order_of_a_letter_is_by_name(self, client, shelf):
        page = client.get("/catalog/?letter=Б").text
        assert orders(page) == {"updated": False, "new": False, "": True, "popular": False}
        assert '<option value="" selected>Name, A to Z</option>' in page

    def test_the_letter(self, client, shelf):
        kept = '<input type="hidden" name="letter" value="Б">'
        assert kept in client.get("/catalog/?letter=Б").text
        assert kept in client.get("/catalog/?letter=Б", headers=SWAP).text
        fragment = client.get("/catalog/?letter=Щ", headers=SWAP).text
        assert re.search(r'<div id="kept" hx-swap-oob="innerHTML">\s*</div>', fragment)

    def test_the_name_of_the_page(self, client, shelf):
        assert "<title>&lt;b&gt;: animesite</title>" in client.get("/catalog/?q=<b>", headers=SWAP).text
        assert "<title>Titles: animesite</title>" in client.get("/catalog/?year=2021", headers=SWAP).text

    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ("", "4 titles"),
            ("year=2021", "2 titles. Active filters: 2021"),
            ("type=0&genre=драма", "1 title. Active filters: драма, Film"),
            ("q=наруто&genre=драма", "Nothing found. Active filters: драма"),
        ],
    )
    def test_what_was_found_is_announced(self, client, shelf, query, said):
        assert '<p class="vh" role="status" id="found"></p>' in client.get(f"/catalog/?{query}").text
        fragment = client.get(f"/catalog/?{query}", headers=SWAP).text
        assert f'<p id="found" hx-swap-oob="innerHTML">{said}</p>' in fragment

    def test_nothing_twice_when_more_is_appended(self, client, no_index):
        TitleRowFactory.create_batch(30)
        fragment = client.get("/catalog/?page=2", headers=SWAP).text
        assert "hx-swap-oob" not in fragment
        assert "<title>" not in fragment


class TestEveryStateIsAnAddress:
    def test_the_usual_order_is_not_said(self, client, shelf):
        for query, said in (("sort=updated", False), ("sort=updated&q=фильм", True)):
            chips = re.findall(r'<a class="chip on" href="([^"]+)"', client.get(f"/catalog/?genre=драма&{query}").text)
            assert ["sort=updated" in chip for chip in chips] == [said]

    def test_chips_take_off_one_filter(self, client, shelf):
        page = client.get("/catalog/?genre=драма&type=0&year_to=2022&sort=name").text
        chips = re.findall(r'<a class="chip on" href="([^"]+)"', page)
        assert {client.get(f"/catalog/{chip.replace('&amp;', '&')}").status_code for chip in chips} == {200}
        assert len(chips) == 3
        assert all("sort=name" in chip for chip in chips)
        assert ">Film<" in page
        assert ">to 2022<" in page

    def test_what_was_picked_is_ticked(self, client, shelf):
        page = client.get("/catalog/?genre=драма&genres=any&sort=popular&year_from=2010").text
        assert 'name="genre" value="драма" checked' in page
        assert 'name="genres" value="any" checked' in page
        assert '<option value="popular" selected>' in page
        assert 'aria-label="From the year" placeholder="from" value="2010"' in page

    def test_letters_lead_to_names_in_order(self, client, shelf):
        page = client.get("/catalog/?genre=драма").text
        assert 'href="?genre=%D0%B4%D1%80%D0%B0%D0%BC%D0%B0&amp;letter=%D0%91">Б<' in page
        assert 'href="?letter=%D0%91">Б<' in client.get("/catalog/?sort=name").text
        assert 'href="?sort=popular&amp;letter=%D0%91">Б<' in client.get("/catalog/?sort=popular").text

    def test_more_is_a_link(self, client, no_index):
        TitleRowFactory.create_batch(30)
        page = client.get("/catalog/?status=2").text
        assert len(shown(page)) == 24
        assert 'href="?page=2&amp;status=2" hx-get="?page=2&amp;status=2"' in page
        assert "30 titles" in page
        assert len(shown(client.get("/catalog/?status=2&page=2").text)) == 6
        assert "There is nothing on this page" in client.get("/catalog/?page=9").text


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("genre=нет такого", "Genre: <q>нет такого</q>"),
        ("year=1871", "Year: <q>1871</q>"),
        ("type=x", "Type: <q>x</q>"),
        ("sort=best", "Order: <q>best</q>"),
        ("voice=Nobody", "Voice: <q>Nobody</q>"),
        ("letter=Щ", "Letter: <q>Щ</q>"),
        ("year_from=2020&year_to=2019", "From the year: <q>2020</q>; To the year: <q>2019</q>"),
    ],
)
def test_what_is_unknown_is_named_and_ignored(client, shelf, query, named):
    response = client.get(f"/catalog/?{query}")
    assert response.status_code == 200
    assert named in response.text
    assert len(shown(response.text)) == 4


def test_nothing_found_says_what_to_loosen(client, shelf):
    page = client.get("/catalog/?q=наруто&genre=драма&voice=Kari").text
    assert "An empty" in page
    ways = re.findall(r'<a class="link" href="([^"]+)">(Without[^<]+)</a>', page)
    assert [text for _, text in ways] == ["Without “драма”: 1 title", "Without “наруто”: 1 title"]
    assert shown(client.get(f"/catalog/{ways[0][0].replace('&amp;', '&')}").text) == ["naruto"]


def test_matches_are_marked(client, shelf):
    page = client.get("/catalog/?q=Наруто").text
    assert "<mark>Наруто</mark></a>" in page
    assert "<mark>Naruto</mark></p>" in page


def test_names_are_text(client, no_index):
    TitleRowFactory(names=Names(ru="<script>alert(1)</script> x"))
    assert "<script>alert" not in client.get("/catalog/?q=script").text
    assert "<script>alert" not in client.get("/catalog/suggestions/?q=alert").text


def test_costs_two_queries_however_many_titles(client, shelf, django_assert_num_queries):
    TitleRowFactory.create_batch(60)
    client.get("/catalog/?genre=драма")  # reads the index into memory
    for query in ("genre=драма", "q=название&sort=name", "status=2&page=2"):
        with django_assert_num_queries(2):
            assert client.get(f"/catalog/?{query}&weekday=0").status_code == 200


def test_follows_the_index(client, shelf):
    client.get("/catalog/")
    TitleRowFactory(code="new-one", names=Names(ru="Совсем новое"))
    assert shown(client.get("/catalog/?q=совсем").text) == ["new-one"]


def test_an_index_that_falls_behind_says_its_age(client, shelf):
    IndexState.objects.update(refreshed_at=timezone.now() - timedelta(hours=3))
    response = client.get("/catalog/")
    assert response.status_code == 200
    assert re.search(r'data-age-seconds="108\d\d"', response.text)
    assert "no-cache" in response["Cache-Control"]


def test_in_russian(client, shelf):
    page = client.get("/ru/catalog/?type=0&status=2").text
    assert re.search(r'<a class="chip on" href="[^"]+">Фильм<', page)


class TestSuggestions:
    def test_a_few_titles_marked(self, client, shelf):
        fragment = client.get("/catalog/suggestions/?q=yfhe").text
        assert fragment.count('role="option"') == 1
        assert 'href="/title/naruto/"' in fragment
        assert "<mark>Нару</mark>то" in fragment

    def test_nothing_is_said_so(self, client, shelf):
        assert "Nothing is called that." in client.get("/catalog/suggestions/?q=qwxzv").text

    @pytest.mark.parametrize("query", ["", "q=", f"q={'x' * 300}", "q=%00"])
    def test_nothing_asked_is_nothing_answered(self, client, shelf, query):
        response = client.get(f"/catalog/suggestions/?{query}")
        assert response.status_code == 200
        assert "option" not in response.text

    def test_without_an_index_there_are_none(self, client, no_index):
        assert client.get("/catalog/suggestions/?q=x").text.strip() == ""


class TestBeforeTheIndex:
    @pytest.fixture
    def _half_read(self, anilibria):
        TitleRowFactory()
        IndexState.objects.update(crawled_at=None, done=1565, total=1952)

    @pytest.mark.usefixtures("_half_read")
    def test_says_how_far_it_is(self, client):
        response = client.get("/catalog/")
        assert "indexed 1565 of 1952" in response.text.replace(",", "").replace("\xa0", "")
        assert "no-cache" in response["Cache-Control"]
        assert shown(response.text)

    @pytest.mark.usefixtures("_half_read")
    def test_the_notice_follows(self, client):
        assert "indexed" in client.get("/catalog/indexing/").text
        IndexState.objects.update(crawled_at=timezone.now())
        response = client.get("/catalog/indexing/")
        assert "The catalogue is complete" in response.text
        assert "no-store" in response["Cache-Control"]

    def test_what_only_the_index_can_is_not_available_yet(self, client, anilibria):
        page = client.get("/catalog/?status=1&type=0&sort=name&genre=магия").text
        assert "Not available yet" in page
        assert "Status: <q>1</q>" in page
        assert "sort=name" not in re.findall(r'<a class="chip on" href="[^"]+"', page)


NAMES = st.sampled_from([*CatalogForm.base_fields, "x"])
VALUES = st.one_of(
    st.text(max_size=30),
    st.integers().map(str),
    st.sampled_from(
        ["драма", "2021", "any", "popular", "%", "Kari", "0", "-1", "1e9", "٣", "\x00", "\ud7ff", "ё", "#"]
    ),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(NAMES, VALUES), max_size=6), st.booleans(), st.sampled_from(["", "/ru"]))
def test_no_query_string_is_an_error(client, shelf, pairs, swap, language):
    response = client.get(f"{language}/catalog/?{urlencode(pairs)}", headers=SWAP if swap else {})
    assert response.status_code == 200
    assert client.get(f"/catalog/suggestions/?{urlencode(pairs)}").status_code == 200


def test_the_index_of_another_upstream_is_not_shown(client, shelf, anilibria, settings):
    client.get("/catalog/")
    settings.ANILIBRIA_STATIC_URL = "http://127.0.0.1:9"
    assert index.catalogue(index.progress()) is None
    IndexState.objects.update(source=source())
    assert len(index.catalogue(index.progress()) or ()) == 4

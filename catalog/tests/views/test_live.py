"""Open pages ask in one small question whether they are still what they were."""

from __future__ import annotations

import re
import time

import pytest

from catalog.services import live, transport
from catalog.tests.views import samples

HOME, TITLE = "/live/?of=home", "/live/?of=8500"
PAGE = "/title/nanatsu-no-taizai/"


@pytest.fixture(autouse=True)
def apart(transport_folder):
    """No mark of another test."""


def changed() -> str:
    transport.mark_changed(live.Changed(8500).subjects, time.time())
    return live.revision(live.HOME)


@pytest.mark.parametrize("url", [HOME, TITLE])
def test_it_answers_a_word_that_differs_once_something_changed(client, url):
    first = client.get(url)
    assert (first.status_code, first.content, first.headers["ETag"]) == (200, b"0", '"0"')
    word = changed()
    assert client.get(url).content.decode() == word != "0"


def test_what_is_still_the_same_is_a_304_without_a_body(client):
    word = changed()
    response = client.get(HOME, headers={"if-none-match": f'"{word}"'})
    assert (response.status_code, response.content) == (304, b"")
    assert client.get(HOME, headers={"if-none-match": '"0"'}).status_code == 200


def test_another_title_is_not_touched(client):
    changed()
    assert client.get("/live/?of=9760").content == b"0"


def test_it_costs_no_query_no_cookie_and_little_of_a_cache(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get(HOME)
    assert not response.cookies
    assert "Vary" not in response.headers
    assert response.headers["Cache-Control"] == "public, max-age=0, s-maxage=1"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("query", ["", "?of=", "?of=nanatsu", "?of=-1", "?of=1234567890", "?of=%D9%A1", "?of=<script>"])
def test_nonsense_is_a_400_that_says_so(client, query):
    response = client.get(f"/live/{query}")
    assert response.status_code == 400
    assert response.content == b"of: home, or a title's id"
    assert response.headers["Content-Type"].startswith("text/plain")


def test_only_reading_is_allowed(client):
    assert client.post(HOME).status_code == 405
    assert client.head(HOME).status_code == 200


@pytest.mark.parametrize(("page", "url"), [("/", HOME), (PAGE, TITLE), ("/ru/", HOME), (f"/ru{PAGE}", TITLE)])
def test_pages_say_where_to_ask_and_what_they_know(client, everything, page, url):
    word = changed()
    html = client.get(page).content.decode()
    assert f'data-live="{url}" data-at="{word}"' in html


def test_a_page_does_not_claim_to_know_what_came_while_it_was_made(client, everything):
    """The change is heard when the page has its data already, and before it is written."""
    before = changed()
    times = iter([time.time() + 5])

    def serve(request, context):
        transport.mark_changed(live.Changed(8500).subjects, next(times))
        return samples.title()

    everything.get(f"{samples.ANILIBRIA}/getTitle?code=nanatsu-no-taizai&include=torrent_meta", json=serve)
    html = client.get(PAGE).content.decode()
    assert re.search(r'data-at="(\w+)"', html)[1] == before != live.revision(live.HOME)


def test_parts_that_may_be_put_in_place_have_a_name(client, everything):
    assert re.findall(r'data-part="(\w+)"', client.get("/").content.decode()) == ["front", "today", "popular"]
    assert re.findall(r'data-part="(\w+)"', client.get(PAGE).content.decode()) == ["head", "episodes", "torrents"]

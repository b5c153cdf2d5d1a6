from __future__ import annotations

import pytest
import requests

from catalog.tests.views import samples

FEED = f"{samples.ANILIBRIA}/getFeed"


@pytest.fixture
def feed(anilibria):
    anilibria.get(FEED, json=[{"title": samples.title()}, {"youtube": samples.clip()}])
    return anilibria


def test_mixes_titles_and_clips(client, feed):
    page = client.get("/feed/").text
    assert page.index("Семь смертных грехов") < page.index("АНОНС - АНИМЕ ЗИМА 2017")
    assert 'href="/title/nanatsu-no-taizai/"' in page
    assert 'href="https://www.youtube.com/watch?v=OXBO4h3l3rM"' in page
    assert "img.youtube.com" not in page
    assert 'src="/clip/OXBO4h3l3rM.svg"' in page


def test_goes_on_page_by_page(client, feed):
    feed.get(FEED, json=[{"title": samples.title(id=number, code=f"t{number}")} for number in range(1, 26)])
    page = client.get("/feed/")
    assert page.text.count('<a class="line"') == 24
    assert 'href="?page=2" hx-get="?page=2"' in page.text
    swapped = client.get("/feed/?page=2", headers={"HX-Request": "true"})
    assert feed.last_request.qs["after"] == ["24"]
    assert "<h1" not in swapped.text
    assert "HX-Request" in swapped.headers["Vary"]


def test_past_the_end_it_leads_back(client, feed):
    feed.get(FEED, json=[])
    page = client.get("/feed/?page=9").text
    assert "The list does not go on this far." in page
    assert 'href="?"' in page
    assert "Nothing has come out yet." in client.get("/feed/").text


def test_names_a_page_that_is_none(client, feed):
    page = client.get("/feed/?page=x").text
    assert "Page: <q>x</q>" in page
    assert "Семь смертных грехов" in page


def test_a_source_that_is_down_is_an_intermission(client, feed):
    feed.get(FEED, exc=requests.ConnectionError)
    assert client.get("/feed/").status_code == 503


def test_a_saved_copy_says_its_age(client, feed, aged):
    client.get("/feed/")
    feed.get(FEED, status_code=500)
    with aged():
        page = client.get("/feed/").text
    assert "data-age-seconds" in page
    assert "Saved copy" in page

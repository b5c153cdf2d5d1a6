"""What every page has in common: swaps, headers, languages, HEAD, text that is not ours, old copies."""

from __future__ import annotations

import re

import pytest
import requests
import requests_mock

from catalog.tests.factories import CollectionFactory, FavouriteFactory
from catalog.tests.views import samples

SHELVES = ["/favourites/", "/favourites/autumn/"]
PAGES = ["/", "/catalog/", "/title/nanatsu-no-taizai/", "/title/nanatsu-no-taizai/1.5/", "/schedule/"]
SWAP = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def a_shelf(db):
    FavouriteFactory.create(collection=CollectionFactory.create(slug="autumn"))


def is_page(response) -> bool:
    return bool(response.content.startswith(b"<!doctype html>"))


@pytest.mark.parametrize("path", [*PAGES, *SHELVES, "/about/", "/status/", "/embed/builder/", "/series/"])
class TestEveryPage:
    def test_is_a_whole_page_in_english(self, client, everything, path):
        response = client.get(path, headers={"Accept-Language": "ru"})
        assert response.status_code == 200
        assert is_page(response)
        assert b'<html lang="en" data-theme="dark">' in response.content
        assert response["Content-Language"] == "en"

    def test_is_russian_below_ru(self, client, everything, path):
        response = client.get(f"/ru{path}")
        assert response.status_code == 200
        assert b'<html lang="ru"' in response.content
        assert "К содержанию" in response.text

    def test_names_itself_in_both_languages(self, client, everything, path):
        page = client.get(f"/ru{path}?x=1").text
        assert f'<link rel="canonical" href="http://testserver/ru{path}">' in page
        assert f'<link rel="alternate" hreflang="en" href="http://testserver{path}?x=1">' in page
        assert f'<link rel="alternate" hreflang="ru" href="http://testserver/ru{path}?x=1">' in page

    def test_answers_head(self, client, everything, path):
        response = client.head(path)
        assert response.status_code == 200
        assert response.content == b""

    def test_refuses_to_be_posted_to(self, client, everything, path):
        assert client.post(path).status_code == 405

    def test_sets_no_cookie_and_names_what_it_depends_on(self, client, everything, path):
        response = client.get(path)
        assert not response.cookies
        named = set(response["Vary"].split(", "))
        assert named >= {"HX-Request", "HX-Boosted", "HX-History-Restore-Request"}
        assert not named & {"Cookie", "Accept-Language"}

    def test_may_load_only_from_the_sources(self, client, everything, path):
        policy = client.get(path)["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "https://*.libria.fun" in policy
        assert "script-src" not in policy
        assert "frame-ancestors 'none'" in policy

    def test_holds_no_script_of_its_own(self, client, everything, path):
        page = client.get(path).text
        data = r'type="application/(?:ld\+)?json"'  # a block of data, which no browser runs
        assert not re.search(rf"<script(?![^>]* src=)(?![^>]*{data})|\son[a-z]+=|<style", page)


@pytest.mark.parametrize("path", [*PAGES, *SHELVES, "/status/"])
class TestSwaps:
    def test_a_swap_gets_the_fragment(self, client, everything, path):
        response = client.get(path, headers=SWAP)
        assert response.status_code == 200
        assert b"<html" not in response.content
        assert "HX-Request" in response["Vary"]

    def test_a_boosted_link_gets_the_page(self, client, everything, path):
        assert is_page(client.get(path, headers=SWAP | {"HX-Boosted": "true"}))

    def test_going_back_gets_the_page(self, client, everything, path):
        assert is_page(client.get(path, headers=SWAP | {"HX-History-Restore-Request": "true"}))


@pytest.mark.parametrize("path", PAGES)
def test_markup_in_an_upstreams_words_is_text(client, everything, path):
    evil = '"><script>alert(1)</script>'
    title = samples.title(
        names={"ru": evil, "en": evil, "alternative": evil},
        announce=evil,
        genres=[evil],
        description=evil,
        team={"voice": [evil], "translator": [evil]},
        status={"string": evil, "code": 9},
        type={"string": evil, "full_string": evil, "code": 99},
        player=samples.title()["player"] | {"alternative_player": "javascript:alert(1)"},
        torrents={"list": [samples.torrent(quality={"string": evil}, url="javascript:alert(1)")]},
    )
    everything.get(f"{samples.ANILIBRIA}/getTitle", json=title)
    everything.get(f"{samples.ANILIBRIA}/getUpdates", json=[title])
    everything.get(f"{samples.ANILIBRIA}/getSchedule", json=[{"day": 4, "list": [title]}])
    everything.get(f"{samples.ANILIBRIA}/getGenres", json=[evil])
    everything.get(f"{samples.ANILIBRIA}/getTeam", json={"team": {"voice": [evil]}})
    everything.get(
        f"{samples.ANIMELOOP}/loop", json=samples.animeloop([samples.loop(series={"id": "5" * 24, "title": evil})])
    )
    everything.get(f"{samples.LOOPS}/api/web/feed", json={"data": [samples.video(caption=evil)]})
    page = client.get(path).text
    assert "<script>alert" not in page
    assert "javascript:" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("path", PAGES)
def test_an_old_copy_says_its_age(client, everything, aged, path):
    client.get(path)
    everything.get(requests_mock.ANY, exc=requests.ConnectionError)
    with aged(3 * 3600):
        response = client.get(f"/ru{path}")
    assert response.status_code == 200
    assert "Сохранённая копия" in response.text
    assert "Возраст: 3\xa0часа" in response.text
    ages = [int(age) for age in re.findall(r'data-age-seconds="(\d+)"', response.text)]
    assert ages
    assert all(10800 <= age < 10860 for age in ages)


@pytest.mark.parametrize("path", PAGES)
def test_a_fresh_answer_says_nothing_about_age(client, everything, path):
    page = client.get(path).text
    assert "Saved copy" not in page
    assert "data-age-seconds" not in page


@pytest.mark.parametrize("path", ["/title/nanatsu-no-taizai/", "/title/nanatsu-no-taizai/1/", "/schedule/", "/random/"])
class TestPagesOfOneSubject:
    def test_are_a_designed_503_without_it(self, client, upstream, path):
        upstream.get(requests_mock.ANY, exc=requests.ConnectionError)
        response = client.get(path)
        assert response.status_code == 503
        assert response["Retry-After"] == "30"
        assert "AniLibria is not answering" in response.text
        assert 'aria-label="503"' in response.text

    def test_are_a_sentence_within_a_swap(self, client, upstream, path):
        upstream.get(requests_mock.ANY, exc=requests.ConnectionError)
        response = client.get(path, headers=SWAP)
        assert response.status_code == 503
        assert b"<html" not in response.content
        assert "AniLibria is not answering" in response.text

    def test_pass_on_how_long_the_upstream_wants_to_be_left_alone(self, client, upstream, path):
        upstream.get(requests_mock.ANY, status_code=429, headers={"Retry-After": "90"})
        assert client.get(path)["Retry-After"] == "90"

    def test_treat_an_unreadable_answer_as_none(self, client, upstream, path):
        upstream.get(requests_mock.ANY, text="<html>nginx</html>")
        assert client.get(path).status_code == 503

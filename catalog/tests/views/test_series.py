"""A series: what is known of it, its episodes and its loops, each standing or falling alone."""

from __future__ import annotations

import re

import pytest
import requests
import requests_mock

from catalog.tests.services.animeloop import samples
from catalog.tests.services.animeloop.samples import EPISODE_ID, SERIES_ID, success
from catalog.tests.views.samples import ANIMELOOP

PAGE = f"/series/{SERIES_ID}/"
SWAP = {"HX-Request": "true"}
ABOUT = {"url": f"{ANIMELOOP}/series?id={SERIES_ID}"}


@pytest.fixture
def animeloop(upstream):
    upstream.get(**ABOUT, json=success(samples.series()))
    episodes = [("a" * 24, "OVA"), (EPISODE_ID, "13"), ("b" * 24, "2"), ("c" * 24, "12.5"), ("d" * 24, None)]
    upstream.get(f"{ANIMELOOP}/episode", json=success([samples.episode(id, no=no) for id, no in episodes]))
    upstream.get(f"{ANIMELOOP}/loop", json=success([samples.full_loop(f"{place:024x}") for place in range(30)]))
    upstream.get(f"{ANIMELOOP}/loop/count", json=success({"count": 318}))
    return upstream


def test_has_every_fact(client, animeloop):
    page = client.get(PAGE).text
    for name, lang in [
        ("ラブライブ! School idol project 2期", "ja"),
        ("Love Live! School Idol Project 2nd Season", "ja-Latn"),
        ("Love Live! School Idol Project Season 2", "en"),
    ]:
        assert f'<p class="orig" lang="{lang}">{name}</p>' in page
    assert re.search(r'<h1 class="giant" id="st" lang="ja" style="--n:9">LoveLive! 2期</h1>', page)
    assert 'src="https://cdn.animeloop.org/files/anilist/19111/image_large.jpg"' in page
    for fact in ["TV, 13 episodes", "Spring 2014", "Music, Slice of Life", "318 loops", SERIES_ID]:
        assert fact in page, fact
    assert '<a href="https://anilist.co/anime/19111" rel="noopener">19111</a>' in page
    assert f'href="/loops/random/?series={SERIES_ID}"' in page


def test_a_season_is_named_in_the_pages_language(client, animeloop):
    assert "Spring 2014" not in client.get(f"/ru{PAGE}").text


@pytest.mark.parametrize(
    ("description", "shown"),
    [
        ("One.<br><i>Two</i> &mdash; three.", "One.<br><i>Two</i> — three."),
        ("One.\nTwo.\n\nThree & four.", "<p>One.<br>Two.</p>\n\n<p>Three &amp; four.</p>"),
        ('<a href="javascript:x">One</a><img src=x onerror=y><script>z</script>', "<p>One</p>"),
        ("<p onclick=x>One", "<p>One</p>"),
    ],
)
def test_a_description_keeps_its_paragraphs_and_nothing_dangerous(client, animeloop, description, shown):
    animeloop.get(**ABOUT, json=success(samples.series(description=description)))
    assert f'<div class="prose" lang="en">{shown}</div>' in client.get(PAGE).text


def test_episodes_come_in_order_and_lead_to_their_loops(client, animeloop):
    page = client.get(PAGE).text
    board = re.search(r'<ul class="board counted">.*?</ul>', page, re.DOTALL)[0]
    assert re.findall(r">([^<>]+)</a>", board) == ["2", "12.5", "13", "?", "OVA"]
    assert f'href="/loops/?series={SERIES_ID}&amp;episode={EPISODE_ID}" aria-label="Episode 13"' in board


def test_asks_only_for_its_own(client, animeloop):
    client.get(PAGE)
    asked = {(request.path, request.query) for request in animeloop.request_history}
    assert asked == {
        ("/api/v2/series", f"id={SERIES_ID}"),
        ("/api/v2/episode", f"limit=100&page=1&seriesid={SERIES_ID}"),
        ("/api/v2/loop", f"full=true&limit=30&page=1&seriesid={SERIES_ID}"),
        ("/api/v2/loop/count", f"seriesid={SERIES_ID}"),
    }


def test_is_a_page_by_itself_a_fragment_in_a_swap(client, animeloop):
    plain, swap = client.get(PAGE), client.get(PAGE, headers=SWAP)
    boosted = client.get(PAGE, headers=SWAP | {"HX-Boosted": "true"})
    restored = client.get(PAGE, headers=SWAP | {"HX-History-Restore-Request": "true"})
    assert ["<html" in response.text for response in (plain, swap, boosted, restored)] == [True, False, True, True]
    assert all("HX-Request" in response["Vary"] for response in (plain, swap, boosted, restored))


def test_more_loops_swap_in_as_tiles(client, animeloop):
    assert 'hx-get="?page=2" hx-target="#more"' in client.get(PAGE).text
    more = client.get(f"{PAGE}?page=2", headers=SWAP).text
    assert more.count('<a class="loop"') == 30
    assert "<h1" not in more


@pytest.mark.parametrize(
    ("part", "sentences"),
    [("episode", 1), ("loop", 1), ("loop/count", 0)],
)
def test_a_part_that_cannot_be_had_takes_only_its_own_block(client, animeloop, part, sentences):
    animeloop.get(f"{ANIMELOOP}/{part}", exc=requests.ConnectionError)
    response = client.get(PAGE)
    assert response.status_code == 200
    assert "LoveLive! 2期" in response.text
    assert response.text.count("Animeloop is not answering") == sentences


def test_parts_without_anything_say_so(client, animeloop):
    for part in ("episode", "loop"):
        animeloop.get(f"{ANIMELOOP}/{part}", json=success([]))
    page = client.get(PAGE).text
    assert "No episode is known." in page
    assert "No loops of this series yet." in page


def test_a_bare_series_is_shown_all_the_same(client, animeloop):
    animeloop.get(**ABOUT, json=success({"id": SERIES_ID}))
    response = client.get(PAGE)
    assert response.status_code == 200
    assert f'<h1 class="giant" id="st" lang="" style="--n:24">{SERIES_ID}</h1>' in response.text
    assert "The source has no description." in response.text


def test_an_old_copy_says_its_age(client, animeloop, aged):
    client.get(PAGE)
    animeloop.get(requests_mock.ANY, exc=requests.ConnectionError)
    with aged():
        response = client.get(f"/ru{PAGE}")
    assert response.status_code == 200
    assert response.text.count("Сохранённая копия") == 3
    assert len(re.findall(r'data-age-seconds="1728\d\d"', response.text)) == 3


def test_is_a_designed_503_without_the_series(client, animeloop):
    animeloop.get(**ABOUT, exc=requests.ConnectionError)
    response = client.get(PAGE)
    assert response.status_code == 503
    assert "Animeloop is not answering" in response.text


@pytest.mark.parametrize("id", [SERIES_ID, "nope", "0" * 23])
def test_an_unknown_one_is_a_404_that_says_so(client, upstream, id):
    upstream.get(requests_mock.ANY, json=success({}))
    response = client.get(f"/series/{id}/")
    assert response.status_code == 404
    assert "Animeloop knows nothing at" in response.text


def test_a_page_that_cannot_be_is_named_and_ignored(client, animeloop):
    response = client.get(f"{PAGE}?page=x")
    assert response.status_code == 200
    assert "Page: <q>x</q>" in response.text


def test_words_of_the_source_are_text(client, animeloop):
    evil = '"><script>alert(1)</script>'
    series = samples.series(title=evil, title_english=evil, description=evil, genres=[evil], type=evil, season=evil)
    animeloop.get(**ABOUT, json=success(series))
    animeloop.get(f"{ANIMELOOP}/episode", json=success([samples.episode(no=evil)]))
    page = client.get(PAGE).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page

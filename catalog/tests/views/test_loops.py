"""The wall of loops, one loop, and one by chance."""

from __future__ import annotations

import re

import pytest
import requests
import requests_mock

from catalog.tests.services.animeloop import samples
from catalog.tests.services.animeloop.samples import EPISODE_ID, LOOP_ID, SERIES_ID, success
from catalog.tests.views.samples import ANIMELOOP

SWAP = {"HX-Request": "true"}
LOOP = f"/loops/{LOOP_ID}/"
MORE = f"{LOOP}more/"
OTHER_EPISODE = "7" * 24
FILES = ["mp4_1080p", "mp4_720p", "mp4_360p", "gif_360p", "jpg_1080p", "jpg_720p", "jpg_360p"]


def wall(number, **changes):
    return [samples.full_loop(f"{place:024x}", **changes) for place in range(number)]


@pytest.fixture
def animeloop(upstream):
    """Forty loops of one series, a page of thirty of them at a time."""
    upstream.get(f"{ANIMELOOP}/loop", json=success(wall(30)))
    upstream.get(f"{ANIMELOOP}/loop?page=2", json=success(wall(10)))
    upstream.get(f"{ANIMELOOP}/loop?id={LOOP_ID}", json=success(samples.full_loop()))
    upstream.get(f"{ANIMELOOP}/loop/count", json=success({"count": 3690}))
    upstream.get(f"{ANIMELOOP}/rand/loop", json=success([samples.loop()]))
    upstream.get(f"{ANIMELOOP}/series", json=success([samples.series()]))
    upstream.get(f"{ANIMELOOP}/series?id={SERIES_ID}", json=success(samples.series()))
    upstream.get(f"{ANIMELOOP}/episode", json=success([samples.episode(), samples.episode(OTHER_EPISODE, no="2")]))
    return upstream


def asked(upstream, path):
    """The query strings with which ``path`` was asked."""
    return [request.query for request in upstream.request_history if request.path == f"/api/v2{path}"]


def tiles(response):
    return re.findall(r'<div class="tile ?([^"]*)"[^>]*><a class="loop" href="([^"]+)"', response.text)


class TestEveryPageOfLoops:
    PATHS = ["/loops/", f"/loops/?series={SERIES_ID}", LOOP]

    @pytest.mark.parametrize("path", PATHS)
    def test_is_a_page_by_itself_a_fragment_in_a_swap(self, client, animeloop, path):
        plain, swap = client.get(path), client.get(path, headers=SWAP)
        boosted = client.get(path, headers=SWAP | {"HX-Boosted": "true"})
        restored = client.get(path, headers=SWAP | {"HX-History-Restore-Request": "true"})
        assert [response.status_code for response in (plain, swap, boosted, restored)] == [200] * 4
        assert ["<html" in response.text for response in (plain, swap, boosted, restored)] == [True, False, True, True]
        for response in (plain, swap, boosted, restored):
            assert {"HX-Request", "HX-Boosted", "HX-History-Restore-Request"} <= set(response["Vary"].split(", "))

    @pytest.mark.parametrize("path", PATHS)
    @pytest.mark.parametrize(
        "trouble", [{"exc": requests.ConnectionError}, {"text": "<html>"}, {"json": {"status": "?"}}]
    )
    def test_is_a_designed_503_without_its_subject(self, client, upstream, path, trouble):
        upstream.get(requests_mock.ANY, **trouble)
        response = client.get(path)
        assert response.status_code == 503
        assert "Animeloop is not answering" in response.text
        assert response["Retry-After"]

    @pytest.mark.parametrize("path", PATHS)
    def test_an_old_copy_says_its_age(self, client, animeloop, aged, path):
        client.get(path)
        animeloop.get(requests_mock.ANY, exc=requests.ConnectionError)
        with aged():
            response = client.get(f"/ru{path}")
        assert response.status_code == 200
        assert "Сохранённая копия" in response.text
        ages = re.findall(r'data-age-seconds="(\d+)"', response.text)
        assert ages
        assert all(172800 <= int(age) < 172860 for age in ages)

    @pytest.mark.parametrize("path", PATHS)
    def test_a_fresh_answer_has_no_age(self, client, animeloop, path):
        assert "data-age-seconds" not in client.get(path).text

    @pytest.mark.parametrize("path", PATHS)
    def test_words_of_the_source_are_text(self, client, animeloop, path):
        evil = '"><script>alert(1)</script>'
        series = samples.series(title=evil, title_romaji=evil, description=evil, genres=[evil], type=evil, season=evil)
        loop = samples.full_loop(series=series, sourceFrom=evil)
        loop["episode"] = samples.episode(no=evil)
        animeloop.get(f"{ANIMELOOP}/loop", json=success([loop]))
        animeloop.get(f"{ANIMELOOP}/loop?id={LOOP_ID}", json=success(loop))
        animeloop.get(f"{ANIMELOOP}/series", json=success([series]))
        animeloop.get(f"{ANIMELOOP}/series?id={SERIES_ID}", json=success(series))
        animeloop.get(f"{ANIMELOOP}/episode", json=success([samples.episode(no=evil)]))
        page = client.get(path).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page

    @pytest.mark.parametrize("path", PATHS)
    def test_refuses_to_be_posted_to(self, client, animeloop, path):
        assert client.post(path).status_code == 405


class TestWall:
    def test_thirty_loops_of_those_that_there_are(self, client, animeloop):
        response = client.get("/loops/")
        assert len(tiles(response)) == 30
        assert "3,690 loops" in response.text
        assert "3\xa0690" in client.get("/ru/loops/").text
        assert asked(animeloop, "/loop") == ["full=true&limit=30&page=1"]
        assert asked(animeloop, "/loop/count") == [""]

    def test_big_tiles_alternate_and_leave_no_hole(self, client, animeloop):
        sizes = [size for size, _ in tiles(client.get("/loops/"))]
        assert sizes == ["big", "", "", "", "", "big r", "", "", "", ""] * 3

    def test_every_filter_reaches_the_source(self, client, animeloop):
        query = (
            f"seriesid={SERIES_ID}&episode={EPISODE_ID}&collectionid=1080&duration=1,2.5&source_from=automator&page=2"
        )
        client.get(f"/loops/?{query}")
        filters = f"collectionid=1080&duration=1.0%2C2.5&episodeid={EPISODE_ID}"
        assert asked(animeloop, "/loop") == [
            f"{filters}&full=true&limit=30&page=2&seriesid={SERIES_ID}&source_from=automator"
        ]
        assert asked(animeloop, "/loop/count") == [f"{filters}&seriesid={SERIES_ID}&source_from=automator"]

    def test_the_form_shows_the_filters(self, client, animeloop):
        page = client.get(
            f"/loops/?series={SERIES_ID}&episode={EPISODE_ID}&collection=7&duration=1.5,3&source=upload"
        ).text
        assert f'<option value="{SERIES_ID}" lang="ja" selected>LoveLive! 2期</option>' in page
        assert f'<option value="{EPISODE_ID}" selected>13</option>' in page
        assert re.search(r'name="collection"[^>]* value="7"', page)
        assert re.search(r'name="duration"[^>]* value="1.5"', page)
        assert re.search(r'name="duration"[^>]* value="3"', page)
        assert re.search(r'value="upload"[^>]* checked', page)
        assert page.index(">2</option>") < page.index(">13</option>")
        assert "within these filters" in page

    def test_an_untouched_form_has_no_filter(self, client, animeloop):
        client.get("/loops/?series=&episode=&duration=0&duration=6&source=&collection=")
        assert asked(animeloop, "/loop") == ["full=true&limit=30&page=1"]

    def test_what_cannot_be_is_named_and_ignored(self, client, animeloop):
        response = client.get("/loops/?series=nope&duration=x&page=0")
        assert response.status_code == 200
        assert "Series: <q>nope</q>; Duration: <q>x</q>" in response.text
        assert "Page: <q>0</q>" in response.text
        assert len(tiles(response)) == 30

    def test_the_next_page_is_a_link_with_the_filters(self, client, animeloop):
        page = client.get(f"/loops/?series={SERIES_ID}&duration=1,2").text
        url = f"?page=2&amp;series={SERIES_ID}&amp;duration=1%2C2"
        assert f'href="{url}" hx-get="{url}" hx-target="#more"' in page

    def test_the_next_page_swaps_in_only_tiles(self, client, animeloop):
        response = client.get("/loops/?page=2", headers=SWAP)
        assert len(tiles(response)) == 10
        assert "<form" not in response.text
        assert 'id="more"' not in response.text

    def test_a_full_last_page_has_no_next(self, client, animeloop):
        animeloop.get(f"{ANIMELOOP}/loop/count", json=success({"count": 30}))
        assert 'id="more"' not in client.get("/loops/").text

    @pytest.mark.parametrize(
        ("query", "sentence"),
        [
            ("", "There are no loops at all at the moment."),
            ("?source=upload", "No loop is all of this at once."),
            ("?page=9", "There are fewer pages than that."),
        ],
    )
    def test_nothing_is_not_an_outage(self, client, animeloop, query, sentence):
        animeloop.get(f"{ANIMELOOP}/loop", json=success([]))
        animeloop.get(f"{ANIMELOOP}/loop/count", json=success({"count": 0}))
        response = client.get(f"/loops/{query}")
        assert response.status_code == 200
        assert sentence in response.text

    @pytest.mark.parametrize("missing", ["loop/count", "series", "episode"])
    def test_stands_without_its_number_and_its_choices(self, client, animeloop, missing):
        animeloop.get(f"{ANIMELOOP}/{missing}", status_code=503)
        animeloop.get(f"{ANIMELOOP}/{missing}?id={SERIES_ID}", status_code=503)
        response = client.get(f"/loops/?series={SERIES_ID}&episode={EPISODE_ID}")
        assert response.status_code == 200
        assert len(tiles(response)) == 30
        assert f'<option value="{SERIES_ID}"' in response.text
        assert f'<option value="{EPISODE_ID}" selected>' in response.text

    def test_series_to_choose_come_by_name(self, client, animeloop):
        names = [("a" * 24, "zeta"), ("b" * 24, "Alpha"), ("c" * 24, "Ёлка")]
        animeloop.get(f"{ANIMELOOP}/series", json=success([samples.series(id, title=name) for id, name in names]))
        page = client.get("/loops/").text
        assert page.index(">Alpha</option>") < page.index(">zeta</option>") < page.index(">Ёлка</option>")
        assert "Others: open one of their loops" not in page

    def test_says_that_there_are_more_series_than_one_answer_has(self, client, animeloop):
        animeloop.get(f"{ANIMELOOP}/series", json=success([samples.series(f"{id:024x}") for id in range(100)]))
        assert "<option disabled>Others: open one of their loops</option>" in client.get("/loops/").text

    def test_random_keeps_the_filters(self, client, animeloop):
        page = client.get("/loops/?duration=1,2&page=2").text
        assert 'href="/loops/random/?duration=1%2C2"' in page


class TestLoop:
    def test_has_every_fact(self, client, animeloop):
        page = client.get(LOOP).text
        facts = ["00:22:47.783", "00:22:48.533", "0.751 s", "32,794 to 32,812", "automator", "5 September 2017, 04:00"]
        facts += ["LoveLive! 2期", "Episode 13", LOOP_ID, "TV, 13 episodes", "Spring 2014", "Music, Slice of Life"]
        for fact in facts:
            assert fact in page, fact
        assert '<h1 class="as-is" id="lt" lang="ja">' in page
        assert 'lang="ja-Latn">Love Live! School Idol Project 2nd Season<' in page
        assert 'href="https://anilist.co/anime/19111"' in page
        assert f'href="/series/{SERIES_ID}/"' in page
        assert f'href="/loops/?series={SERIES_ID}&amp;episode={EPISODE_ID}"' in page

    def test_has_all_seven_files_by_the_documents_names(self, client, animeloop):
        page = client.get(LOOP).text
        for key in FILES:
            url = f"https://cdn.animeloop.org/files/{key}/{LOOP_ID}.{key[:3]}"
            assert f'<a href="{url}" rel="noopener"><b>{key[:3].upper()}</b><code>{key}</code></a>' in page
        assert page.count("not made") == 2

    def test_a_file_that_is_not_there_is_said_to_be_missing(self, client, animeloop):
        loop = samples.full_loop(files={"jpg_720p": "https://cdn.animeloop.org/a.jpg"})
        animeloop.get(f"{ANIMELOOP}/loop?id={LOOP_ID}", json=success(loop))
        page = client.get(LOOP).text
        assert page.count("is missing") == 6
        assert '<img src="https://cdn.animeloop.org/a.jpg" width="1280"' in page
        assert "<video" not in page

    def test_plays_muted_in_a_loop_without_a_script(self, client, animeloop):
        film = re.search(r"<video [^>]*>.*?</video>", client.get(LOOP).text, re.DOTALL)[0]
        assert " controls muted loop playsinline " in film
        assert f'poster="https://cdn.animeloop.org/files/jpg_720p/{LOOP_ID}.jpg"' in film
        assert f'<source src="https://cdn.animeloop.org/files/mp4_720p/{LOOP_ID}.mp4" type="video/mp4">' in film

    def test_shows_where_in_the_episode_it_is(self, client, animeloop):
        page = client.get(LOOP).text
        assert "It begins 00:22:47.783 into the episode" in page
        assert '<b style="--x:91.19%"></b>' in page  # 22:47.783 of 25 minutes

    def test_a_bare_loop_is_shown_all_the_same(self, client, animeloop):
        animeloop.get(f"{ANIMELOOP}/loop?id={LOOP_ID}", json=success({"id": LOOP_ID, "duration": 2}))
        response = client.get(LOOP)
        assert response.status_code == 200
        assert "None of the files of this loop can be shown." in response.text
        assert "2.000 s" in response.text
        assert 'href="/loops/random/"' in response.text

    def test_has_others_of_the_series_those_of_the_episode_first(self, client, animeloop):
        other, same = samples.full_loop("1" * 24), samples.full_loop("2" * 24)
        other["episode"] = samples.episode(OTHER_EPISODE)
        animeloop.get(f"{ANIMELOOP}/loop?seriesid={SERIES_ID}", json=success([samples.full_loop(), other, same]))
        response = client.get(LOOP)
        assert [href for _, href in tiles(response)] == [f"/loops/{'2' * 24}/", f"/loops/{'1' * 24}/"]
        assert "All 3,690 loops" in response.text
        assert asked(animeloop, "/loop")[1:] == [f"full=true&limit=30&page=1&seriesid={SERIES_ID}"]

    @pytest.mark.parametrize("trouble", [{"status_code": 503}, {"json": success("?")}])
    def test_stands_without_others_and_fetches_them_later(self, client, animeloop, trouble):
        animeloop.get(f"{ANIMELOOP}/loop?seriesid={SERIES_ID}", **trouble)
        response = client.get(LOOP)
        assert response.status_code == 200
        assert f'hx-get="{MORE}" hx-trigger="load" hx-swap="outerHTML"' in response.text
        assert f'<a class="btn wide" href="/loops/?series={SERIES_ID}">' in response.text

    @pytest.mark.parametrize("path", [LOOP, f"/loops/{'0' * 24}/", "/loops/nope/", f"/loops/{LOOP_ID}0/", MORE])
    def test_an_unknown_one_is_a_404_that_says_so(self, client, upstream, path):
        upstream.get(f"{ANIMELOOP}/loop", json=success({}))
        response = client.get(path)
        assert response.status_code == 404
        assert "Animeloop knows nothing at" in response.text
        assert path in response.text

    @pytest.mark.parametrize(
        ("error", "status"),
        [
            (samples.error(400, "no"), 404),
            (samples.error(500, "no"), 503),
            ({"status": "error", "code": 500, "message": samples.error(400, "no")}, 404),
        ],
    )
    def test_an_error_inside_a_success_is_an_error(self, client, upstream, error, status):
        upstream.get(f"{ANIMELOOP}/loop", json=error)
        assert client.get(LOOP).status_code == status


class TestMoreOfTheSeries:
    def test_is_a_fragment_for_the_loops_page(self, client, animeloop):
        response = client.get(MORE, headers=SWAP)
        assert response.status_code == 200
        assert "<html" not in response.text
        assert len(tiles(response)) == 8

    def test_says_when_there_is_no_answer(self, client, animeloop):
        animeloop.get(f"{ANIMELOOP}/loop?seriesid={SERIES_ID}", status_code=503)
        response = client.get(MORE, headers=SWAP)
        assert response.status_code == 200
        assert "Animeloop is not answering" in response.text
        assert "hx-trigger" not in response.text

    def test_is_the_series_wall_for_anyone_else(self, client, animeloop):
        response = client.get(MORE)
        assert (response.status_code, response["Location"]) == (302, f"/loops/?series={SERIES_ID}")
        assert "HX-Request" in response["Vary"]


class TestRandom:
    def test_goes_to_another_loop_each_time(self, client, animeloop):
        for _ in range(2):
            response = client.get("/ru/loops/random/")
            assert (response.status_code, response["Location"]) == (302, f"/ru{LOOP}")
            assert "no-store" in response["Cache-Control"]
        assert asked(animeloop, "/rand/loop") == ["full=true&limit=1"] * 2

    def test_stays_within_the_filters(self, client, animeloop):
        client.get(f"/loops/random/?series={SERIES_ID}&duration=1,2&source=upload&collection=5")
        assert asked(animeloop, "/rand/loop") == [
            f"collectionid=5&duration=1.0%2C2.0&full=true&limit=1&seriesid={SERIES_ID}&source_from=upload"
        ]

    def test_without_any_the_wall_says_so(self, client, animeloop):
        animeloop.get(f"{ANIMELOOP}/rand/loop", json=success([]))
        response = client.get("/loops/random/?source=upload")
        assert (response.status_code, response["Location"]) == (302, "/loops/?source=upload")
        assert "no-store" in response["Cache-Control"]

    def test_is_a_503_without_the_source(self, client, upstream):
        upstream.get(requests_mock.ANY, exc=requests.ConnectionError)
        response = client.get("/loops/random/")
        assert response.status_code == 503
        assert "no-store" in response["Cache-Control"]

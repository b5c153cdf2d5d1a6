"""The gallery's pages answered by the index of loops: no upstream is asked, and none is missed."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
import requests
import requests_mock
from django.utils import timezone

from catalog.domain.titles import Names
from catalog.models import DailyLoop, LoopIndexState, SeriesRow
from catalog.tests.factories import LoopRowFactory, LoopSeriesFactory, TitleRowFactory
from catalog.tests.services.animeloop import samples
from catalog.tests.views.samples import ANIMELOOP

SWAP = {"HX-Request": "true"}
SERIES = LoopSeriesFactory.build(title="ラブライブ!", title_romaji="Love Live!", description="Nine <b>girls</b>.")


@pytest.fixture
def rows(upstream):
    """Forty loops of two episodes, while Animeloop is away."""
    upstream.get(requests_mock.ANY, exc=requests.ConnectionError)
    return [
        LoopRowFactory.create(series=SERIES, number="01" if n % 4 else "OVA", source="automator" if n % 2 else "upload")
        for n in range(40)
    ]


def tiles(response):
    return re.findall(r'<a class="loop" href="[^"]*/loops/(\w+)/"', response.text)


def paths(rows):
    return ["/loops/", "/loops/?order=random&seed=a", f"/loops/{rows[0].id}/", f"/series/{SERIES.id}/", "/loops/daily/"]


def test_every_page_stands_without_its_source(client, rows, upstream):
    for path in paths(rows):
        response = client.get(path)
        assert response.status_code == 200, path
        assert "is not answering" not in response.text, path
        assert "data-age-seconds" not in response.text, path
    assert not upstream.request_history


def test_every_page_is_a_fragment_in_a_swap(client, rows):
    for path in paths(rows):
        plain, swap = client.get(path), client.get(path, headers=SWAP)
        boosted = client.get(path, headers=SWAP | {"HX-Boosted": "true"})
        restored = client.get(path, headers=SWAP | {"HX-History-Restore-Request": "true"})
        answers = (plain, swap, boosted, restored)
        assert ["<html" in response.text for response in answers] == [True, False, True, True], path
        assert all("HX-Request" in response["Vary"] for response in answers), path


def test_an_old_index_says_its_age(client, rows):
    LoopIndexState.objects.update(refreshed_at=timezone.now() - timedelta(days=2))
    for path in paths(rows):
        response = client.get(f"/ru{path}")
        assert "Сохранённая копия" in response.text, path
        assert response["Cache-Control"] == "no-cache", path


def test_a_page_that_is_there_asks_few_questions(client, rows, django_assert_max_num_queries):
    for path in paths(rows):
        with django_assert_max_num_queries(24):
            client.get(path)


class TestWall:
    def test_the_newest_first_and_how_many_there_are(self, client, rows):
        response = client.get("/loops/")
        assert tiles(response) == [row.id for row in rows[::-1][:30]]
        assert "40 loops" in response.text
        assert tiles(client.get("/loops/?page=2", headers=SWAP)) == [row.id for row in rows[::-1][30:]]

    def test_every_filter(self, client, rows):
        upload = [row.id for row in rows if row.source == "upload"]
        assert set(tiles(client.get("/loops/?source_from=upload"))) == set(upload)
        own = rows[0]
        assert own.id in tiles(client.get(f"/loops/?seriesid={SERIES.id}&episode={own.episode_id}"))
        longest = max(row.duration for row in rows)
        assert "No loop is all of this at once." in client.get(f"/loops/?duration={longest},{longest + 1}").text

    def test_series_and_episodes_to_choose_come_with_their_counts(self, client, rows):
        page = client.get(f"/loops/?series={SERIES.id}").text
        assert f'<option value="{SERIES.id}" lang="ja" selected>ラブライブ!</option>' in page
        assert ">01 (30)</option>" in page
        assert ">OVA (10)</option>" in page

    def test_chance_gets_a_seed(self, client, rows):
        response = client.get("/ru/loops/?order=random&source=upload")
        assert response.status_code == 302
        assert "no-store" in response["Cache-Control"]
        assert re.fullmatch(r"/ru/loops/\?source=upload&order=random&seed=[0-9a-f]{8}", response["Location"])

    def test_a_seed_is_an_order(self, client, rows):
        one, again, other = (client.get(f"/loops/?order=random&seed={seed}") for seed in ("a", "a", "b"))
        assert tiles(one) == tiles(again)
        assert tiles(one) != tiles(other)
        rest = client.get("/loops/?order=random&seed=a&page=2", headers=SWAP)
        assert sorted(tiles(one) + tiles(rest)) == sorted(row.id for row in rows)

    def test_links_keep_the_seed_where_it_means_something(self, client, rows):
        page = client.get("/loops/?order=random&seed=a&source=automator&duration=0,9").text
        assert 'name="seed" value="a"' in page
        assert 'href="/loops/random/?duration=0%2C9&amp;source=automator"' in page
        page = client.get("/loops/?order=random&seed=a").text
        assert 'hx-get="?page=2&amp;order=random&amp;seed=a"' in page
        assert 'href="/loops/?order=random"' in page
        assert 'hx-get="?page=2" hx-target="#more"' in client.get("/loops/?seed=a").text

    def test_a_seed_that_cannot_be_is_named(self, client, rows):
        assert "Seed: <q>&lt;x&gt;</q>" in client.get("/loops/?order=new&seed=<x>").text

    def test_without_a_script_the_slider_is_two_numbers(self, client, rows):
        page = client.get("/loops/?duration=1.5&duration=").text
        fields = re.findall(r'<input class="ctl" type="number" name="duration"[^>]* value="([^"]*)"', page)
        assert fields == ["1.5", ""]

    def test_collections_are_the_sources_business(self, client, rows, upstream):
        upstream.get(f"{ANIMELOOP}/loop", json=samples.success([samples.full_loop()]))
        upstream.get(f"{ANIMELOOP}/loop/count", json=samples.success({"count": 1}))
        assert tiles(client.get("/loops/?collection=7")) == [samples.LOOP_ID]
        assert tiles(client.get("/loops/?collection=7&order=random&seed=a")) == [samples.LOOP_ID]


class TestRandom:
    def test_is_one_of_those_that_fit(self, client, rows):
        upload = {row.id for row in rows if row.source == "upload"}
        for _ in range(5):
            assert client.get("/loops/random/?source=upload")["Location"].split("/")[-2] in upload

    def test_a_seed_leads_to_the_same_one(self, client, rows):
        drawn = {client.get("/loops/random/?seed=a")["Location"] for _ in range(5)}
        assert len(drawn) == 1

    def test_without_any_the_wall_says_so(self, client, rows):
        response = client.get("/loops/random/?duration=100,200&order=random&seed=a")
        assert (response.status_code, response["Location"]) == (302, "/loops/?duration=100%2C200")


class TestLoop:
    def test_others_of_its_episode_come_first(self, client, rows):
        shown = tiles(client.get(f"/loops/{rows[0].id}/"))
        special = {row.id for row in rows if row.episode_number == "OVA"}
        assert len(shown) == 8
        assert set(shown) <= special - {rows[0].id}

    def test_one_that_is_too_new_comes_from_the_source(self, client, rows, upstream):
        upstream.get(f"{ANIMELOOP}/loop", json=samples.success(samples.full_loop()))
        assert samples.LOOP_ID in client.get(f"/loops/{samples.LOOP_ID}/").text

    def test_leads_to_the_title_that_its_series_is(self, client, rows):
        title = TitleRowFactory.create(names=Names(ru="Живая любовь"))
        SeriesRow.objects.update(title_id=title.id)
        for path in (f"/loops/{rows[0].id}/", f"/series/{SERIES.id}/"):
            page = client.get(path).text
            assert f'href="/title/{title.code}/"' in page
            assert "Живая любовь on this site" in page

    def test_has_code_to_embed_it(self, client, rows):
        page = client.get(f"/loops/{rows[0].id}/").text
        address = f"http://testserver/embed/loop/?loop={rows[0].id}"
        assert f"&lt;iframe src=&quot;{address}&quot;" in page
        assert f'href="/embed/builder/?loop={rows[0].id}"' in page


class TestSeries:
    def test_episodes_have_their_counts(self, client, rows):
        page = client.get(f"/series/{SERIES.id}/").text
        assert re.findall(r">(\w+)<small>(\d+)</small>", page) == [("01", "30"), ("OVA", "10")]
        assert 'aria-label="Episode 01, 30 loops"' in page
        assert "Nine <b>girls</b>." in page


class TestOfTheDay:
    @pytest.fixture
    def days(self, rows):
        for n, row in enumerate(rows[:3]):
            DailyLoop.objects.create(day=date(2026, 11, 20) - timedelta(days=n), loop_id=row.id)
        DailyLoop.objects.create(day=date(2026, 11, 21), loop_id=rows[5].id)
        return rows

    def test_is_on_the_home_page(self, client, days):
        page = client.get("/").text
        assert "Loop of the day" in page
        block = page.partition('class="wrap day-loop"')[2].partition("</div></div>")[0]
        assert f"/loops/{days[0].id}/" in block
        assert 'href="/loops/daily.rss"' in block

    def test_is_missing_there_before_there_is_an_index(self, client, upstream):
        upstream.get(requests_mock.ANY, exc=requests.ConnectionError)
        response = client.get("/")
        assert response.status_code == 200
        assert "Loop of the day" not in response.text

    def test_the_days_before_have_a_page(self, client, days):
        response = client.get("/loops/daily/")
        assert tiles(response) == [row.id for row in days[:3]]
        assert '<time datetime="2026-11-20">20 November 2026</time>' in response.text

    def test_no_day_yet_is_said(self, client, upstream):
        assert "There is none yet" in client.get("/loops/daily/").text

    @pytest.mark.parametrize("format", ["rss", "atom", "json"])
    def test_is_a_feed(self, client, days, format):
        response = client.get(f"/loops/daily.{format}")
        assert response.status_code == 200
        places = [response.text.index(row.id) for row in days[:3]]
        assert places == sorted(places)
        assert "loop-of-the-day/2026-11-20" in response.text
        assert days[5].id not in response.text

    def test_the_feed_is_announced_by_its_page(self, client, days):
        assert 'href="/loops/daily.rss"' in client.get("/loops/daily/").text


class TestFiles:
    @pytest.fixture
    def loop(self, rows, upstream):
        upstream.head(re.compile(r"cdn\.animeloop\.org/files/"), headers={"Content-Length": "203883"})
        upstream.head(re.compile(r"cdn\.animeloop\.org/files/gif"), status_code=404)
        upstream.head(re.compile(r"cdn\.animeloop\.org/files/jpg_360p"), exc=requests.ConnectionError)
        return rows[0].loop

    def test_a_page_waits_for_no_size(self, client, loop, upstream):
        page = client.get(f"/loops/{loop.id}/").text
        assert f'hx-get="/loops/{loop.id}/files/" hx-trigger="load"' in page
        assert not upstream.request_history

    def test_sizes_come_after_it_as_far_as_they_can_be_had(self, client, loop, upstream):
        table = client.get(f"/loops/{loop.id}/files/", headers=SWAP).text
        assert table.count("<small>199.1\xa0KB</small>") == 5
        assert table.count("<small>") == 5
        assert "hx-get" not in table
        assert {request.method for request in upstream.request_history} == {"HEAD"}

    def test_and_are_remembered(self, client, loop, upstream):
        client.get(f"/loops/{loop.id}/files/", headers=SWAP)
        asked = len(upstream.request_history)
        page = client.get(f"/ru/loops/{loop.id}/").text
        assert page.count("<small>199,1\xa0КБ</small>") == 5
        assert "/files/" + '" hx-trigger' not in page
        assert len(upstream.request_history) == asked

    def test_by_itself_it_is_the_loops_page(self, client, loop):
        assert client.get(f"/loops/{loop.id}/files/")["Location"] == f"/loops/{loop.id}/"

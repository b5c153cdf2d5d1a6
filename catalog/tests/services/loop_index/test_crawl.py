from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.models import DailyLoop, LoopIndexState, LoopRow, SeriesRow
from catalog.services import animeloop, loop_index
from catalog.services.errors import UpstreamUnavailable
from catalog.services.index.lease import Busy, hold
from catalog.tests.factories import LoopFactory, LoopSeriesFactory

pytestmark = pytest.mark.django_db


def held() -> set[str]:
    return set(LoopRow.objects.values_list("pk", flat=True))


def quiet(done: int, total: int) -> None:
    pass


def a_day_later() -> None:
    LoopIndexState.objects.update(crawled_at=timezone.now() - timedelta(days=2))


class TestCrawl:
    def test_reads_every_loop_and_series_in_full_pages(self, cutter):
        series = LoopSeriesFactory.build()
        cutter.put(*LoopFactory.build_batch(25, series=series))
        cutter.idle.append(LoopSeriesFactory.build(title="Without loops"))
        loop_index.refresh()
        assert held() == set(cutter.shelf)
        assert SeriesRow.objects.count() == 2
        assert cutter.asked == 1 + 2 + 4  # the count, series and their end, three pages and their end
        assert loop_index.progress().ready
        assert (loop_index.progress().done, loop_index.progress().total) == (25, 25)

    def test_a_row_keeps_every_field(self, cutter):
        series = LoopSeriesFactory.build(
            title="ラブライブ!",
            title_romaji="Love Live!",
            title_english="Love Live!",
            title_japanese="ラブライブ!",
            description="Nine <b>girls</b>",
            genres=("Music", "Slice of Life"),
            anilist_id=19111,
            cover_url="https://cdn.animeloop.org/files/anilist/19111/image_large.jpg",
        )
        loop = LoopFactory.build(series=series, number="12.5", begin=timedelta(minutes=22, milliseconds=47783))
        cutter.put(loop)
        loop_index.refresh()
        assert LoopRow.objects.get().loop == loop
        assert SeriesRow.objects.get().series == series

    def test_what_is_not_known_stays_unknown(self, cutter):
        bare = LoopFactory.build(
            series=None, series_id=None, episode=None, episode_id=None, begin=None, end=None,
            begin_frame=None, end_frame=None, source=None, uploaded_at=None, files=(),
        )  # fmt: skip
        assert LoopRow.of(bare).loop == bare

    def test_a_number_that_no_column_holds_is_unknown(self):
        LoopRow.of(LoopFactory.build(begin_frame=10**30), seen_at=timezone.now()).save()
        assert LoopRow.objects.get().begin_frame is None

    def test_reports_how_far_it_is(self, cutter):
        cutter.put(*LoopFactory.build_batch(25))
        reports = []
        loop_index.rebuild(lambda done, total: reports.append((done, total)))
        assert reports == [(0, 25), (10, 25), (20, 25), (25, 25)]

    def test_removes_what_is_gone(self, cutter):
        kept, gone = LoopFactory.build_batch(2)
        cutter.put(kept, gone)
        loop_index.refresh()
        del cutter.shelf[gone.id]
        a_day_later()
        loop_index.refresh()
        assert held() == {kept.id}
        assert set(SeriesRow.objects.values_list("pk", flat=True)) == {kept.series_id}

    def test_does_not_remove_what_the_list_skipped(self, cutter):
        cutter.put(*LoopFactory.build_batch(3))
        loop_index.refresh()
        skipped, gone = sorted(cutter.shelf)[:2]
        cutter.skipped = {skipped}
        whole = animeloop.count
        del cutter.shelf[gone]
        a_day_later()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(animeloop, "count", lambda **_: whole().map(lambda _: 3))
            loop_index.refresh()
        assert held() == set(cutter.shelf)

    def test_removes_nothing_when_it_fails_half_way(self, cutter, impatient):
        cutter.put(*LoopFactory.build_batch(25))
        loop_index.refresh()
        cutter.shelf.clear()
        cutter.put(*LoopFactory.build_batch(25))
        cutter.successes, cutter.failures = 5, 1
        with pytest.raises(UpstreamUnavailable):
            loop_index.rebuild(quiet)
        assert len(held()) >= 25
        assert loop_index.progress().failed

    def test_removes_nothing_for_an_empty_list(self, cutter, impatient):
        cutter.put(LoopFactory.build())
        loop_index.refresh()
        cutter.shelf.clear()
        a_day_later()
        loop_index.refresh()
        assert len(held()) == 1
        assert loop_index.progress().failed

    def test_goes_on_where_it_was_lost(self, cutter, impatient):
        cutter.put(*LoopFactory.build_batch(35, series=LoopSeriesFactory.build()))
        cutter.successes, cutter.failures = 5, 1
        loop_index.refresh()
        assert not loop_index.progress().ready
        assert (loop_index.progress().done, loop_index.progress().total) == (20, 35)
        cutter.asked = 0
        loop_index.refresh()
        assert loop_index.progress().ready
        assert held() == set(cutter.shelf)
        assert cutter.asked == 1 + 3  # the count, pages three and four, their end

    def test_outlasts_a_flaky_upstream(self, cutter):
        cutter.put(*LoopFactory.build_batch(3))
        cutter.failures = 4
        loop_index.refresh()
        assert loop_index.progress().ready

    def test_twice_is_as_good_as_once(self, cutter):
        cutter.put(*LoopFactory.build_batch(3))
        loop_index.refresh()
        revision = loop_index.progress().revision
        loop_index.rebuild(quiet)
        assert loop_index.progress().revision == revision

    def test_another_upstream_has_other_loops(self, cutter, settings):
        cutter.put(LoopFactory.build())
        loop_index.refresh()
        settings.MEDIA_HOSTS = [*settings.MEDIA_HOSTS, "other.example"]
        assert not loop_index.progress().ready
        loop_index.refresh()
        assert loop_index.progress().ready

    def test_keeps_the_title_of_a_series(self, cutter):
        loop = LoopFactory.build()
        cutter.put(loop)
        loop_index.refresh()
        SeriesRow.objects.update(title_id=7, title_is_chosen=True)
        cutter.put(replace(loop, series=replace(loop.series, description="New")))
        loop_index.rebuild(quiet)
        row = SeriesRow.objects.get()
        assert (row.description, row.title_id, row.title_is_chosen) == ("New", 7, True)

    def test_only_one_writes(self, cutter):
        cutter.put(LoopFactory.build())
        with hold(LoopIndexState):
            loop_index.refresh()
            with pytest.raises(Busy):
                loop_index.rebuild(quiet)
        assert not cutter.asked

    def test_does_not_hold_up_the_catalogue(self, cutter):
        cutter.put(LoopFactory.build())
        with hold():
            loop_index.refresh()
        assert loop_index.progress().ready


class TestBetweenCrawls:
    def test_what_is_new_comes_at_the_next_look(self, cutter):
        cutter.put(*LoopFactory.build_batch(25))
        loop_index.refresh()
        cutter.put(*LoopFactory.build_batch(12))
        cutter.asked = 0
        loop_index.refresh()
        assert held() == set(cutter.shelf)
        assert cutter.asked == 1 + 3  # the count, what remains of page three, page four, their end

    def test_nothing_new_is_one_question(self, cutter):
        cutter.put(*LoopFactory.build_batch(25))
        loop_index.refresh()
        cutter.asked = 0
        loop_index.refresh()
        assert cutter.asked == 1

    def test_fewer_are_soon_read_again(self, cutter):
        cutter.put(*LoopFactory.build_batch(3))
        loop_index.refresh()
        cutter.shelf.popitem()
        loop_index.refresh()
        assert len(held()) == 3
        LoopIndexState.objects.update(crawled_at=timezone.now() - timedelta(hours=2))
        loop_index.refresh()
        assert held() == set(cutter.shelf)

    def test_a_failed_look_is_stale_at_once(self, cutter, impatient):
        cutter.put(LoopFactory.build())
        loop_index.refresh()
        assert not loop_index.progress().stale
        cutter.failures = 1
        loop_index.refresh()
        assert loop_index.progress().stale

    def test_settles_the_loops_of_today_and_tomorrow(self, cutter):
        cutter.put(*LoopFactory.build_batch(5))
        loop_index.refresh()
        today = timezone.localdate()
        assert {day.day for day in DailyLoop.objects.all()} == {today, today + timedelta(days=1)}
        first, second = DailyLoop.objects.values_list("loop_id", flat=True)
        assert first != second

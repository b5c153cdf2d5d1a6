from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from catalog.domain.titles import Blocked, EpisodeRange, Names, Player, Poster
from catalog.models import IndexState, TitleRow, sort_name
from catalog.services import index
from catalog.services.errors import UpstreamUnavailable
from catalog.services.index import crawl
from catalog.services.index.lease import LEASE_SECONDS, Busy, hold
from catalog.tests.demo.wire import ORIGIN
from catalog.tests.factories import TitleFactory, moment

pytestmark = pytest.mark.django_db


def indexed() -> set[int]:
    return set(TitleRow.objects.values_list("pk", flat=True))


def quiet(done: int, total: int) -> None:
    pass


class TestCrawl:
    def test_reads_every_title_in_small_answers(self, library, monkeypatch):
        monkeypatch.setattr(crawl, "FETCHED_AT_ONCE", 10)
        library.put(*TitleFactory.build_batch(25))
        index.refresh()
        assert indexed() == set(library.shelf)
        assert library.asked == 2 + 3  # the list and its end, then three times ten
        assert index.progress().ready

    def test_keeps_every_fact_that_a_card_shows(self, library):
        title = TitleFactory(
            names=Names(ru="Ёлки", en="Yolki", alternative="Trees"),
            poster=Poster(url=f"{ORIGIN}/upload/1.jpg"),
            blocked=Blocked(by_licensee=True),
            announce="Скоро",
            player=Player(range=EpisodeRange(first=1, last=12.5, text="1-12.5")),
        )
        library.put(title)
        index.refresh()
        row = TitleRow.objects.get()
        assert row.title == replace(title, announce=None)
        assert row.announced
        assert row.sort_name == "елки"

    def test_reports_how_far_it_is(self, library, monkeypatch):
        monkeypatch.setattr(crawl, "FETCHED_AT_ONCE", 2)
        library.put(*TitleFactory.build_batch(5))
        reports, visible = [], []

        def report(done: int, total: int) -> None:
            reports.append((done, total))
            visible.append((index.progress().done, index.progress().total, index.progress().running))

        index.rebuild(report)
        assert reports == [(0, 5), (2, 5), (4, 5), (5, 5)]
        assert visible == [(*pair, True) for pair in reports]
        assert not index.progress().running

    def test_removes_what_is_gone(self, library):
        kept, gone = TitleFactory.build_batch(2)
        library.put(kept, gone)
        index.refresh()
        del library.shelf[gone.id]
        before = index.progress()
        index.rebuild(quiet)
        assert indexed() == {kept.id}
        assert index.progress().removed_revision > before.revision

    def test_does_not_remove_what_the_list_skipped(self, library, monkeypatch):
        titles = TitleFactory.build_batch(3)
        library.put(*titles)
        index.refresh()
        whole = crawl._listed
        monkeypatch.setattr(crawl, "_listed", lambda after: whole(after)[1:] if not after else ())
        index.rebuild(quiet)
        assert indexed() == {title.id for title in titles}

    def test_removes_nothing_when_it_fails_half_way(self, library, impatient):
        library.put(*TitleFactory.build_batch(3))
        index.refresh()
        library.shelf.clear()
        library.put(TitleFactory.build())
        library.successes, library.failures = 2, 1
        with pytest.raises(UpstreamUnavailable):
            index.rebuild(quiet)
        assert len(indexed()) == 3
        assert index.progress().failed

    def test_removes_nothing_for_an_empty_catalogue(self, library, impatient):
        library.put(TitleFactory.build())
        index.refresh()
        library.shelf.clear()
        index.refresh()
        IndexState.objects.update(crawled_at=timezone.now() - timedelta(days=2))
        index.refresh()
        assert len(indexed()) == 1
        assert index.progress().failed

    def test_goes_on_where_it_was_lost(self, library, monkeypatch, impatient):
        monkeypatch.setattr(crawl, "FETCHED_AT_ONCE", 2)
        library.put(*TitleFactory.build_batch(6))
        library.successes, library.failures = 4, 1
        index.refresh()
        assert not index.progress().ready
        assert (index.progress().done, index.progress().total) == (4, 6)
        library.asked = 0
        index.refresh()
        assert index.progress().ready
        assert indexed() == set(library.shelf)
        assert library.asked == 2 + 1

    def test_outlasts_a_flaky_upstream(self, library):
        library.put(*TitleFactory.build_batch(3))
        library.failures = 4
        index.refresh()
        assert index.progress().ready

    def test_twice_is_as_good_as_once(self, library):
        library.put(*TitleFactory.build_batch(3))
        index.refresh()
        revision = index.progress().revision
        index.rebuild(quiet)
        assert index.progress().revision == revision

    def test_another_upstream_is_another_catalogue(self, library, settings):
        library.put(TitleFactory.build())
        index.refresh()
        settings.ANILIBRIA_STATIC_URL = "http://127.0.0.1:9999"
        assert not index.progress().ready
        index.refresh()
        assert index.progress().ready

    def test_is_repeated_once_a_day(self, library):
        title, newer = TitleFactory.build_batch(2)
        library.put(title, newer)
        index.refresh()
        library.put(replace(title, in_favourites=77))
        index.refresh()
        assert TitleRow.objects.get(pk=title.id).in_favourites == title.in_favourites
        IndexState.objects.update(crawled_at=timezone.now() - timedelta(days=2))
        index.refresh()
        assert TitleRow.objects.get(pk=title.id).in_favourites == 77


class TestIncrements:
    @pytest.fixture
    def titles(self, library):
        titles = TitleFactory.build_batch(4)
        library.put(*titles)
        index.refresh()
        library.asked = 0
        return titles

    @pytest.mark.parametrize("clock", ["changed_at", "updated_at"])
    def test_either_clock_brings_a_title(self, library, titles, clock):
        later = moment(titles[-1].id + 10)
        library.put(replace(titles[0], genres=("новый",), **{clock: later}))
        index.refresh()
        assert TitleRow.objects.get(pk=titles[0].id).genres == ["новый"]

    def test_a_new_title(self, library, titles):
        library.put(TitleFactory.build())
        index.refresh()
        assert indexed() == set(library.shelf)

    def test_what_says_nothing_new_is_not_written(self, library, titles):
        revision = index.progress().revision
        index.refresh()
        assert index.progress().revision == revision

    def test_many_at_once(self, library, titles, monkeypatch):
        monkeypatch.setattr("catalog.services.index.increments.CHANGED_AT_ONCE", 3)
        library.put(*TitleFactory.build_batch(10))
        index.refresh()
        assert indexed() == set(library.shelf)

    def test_nothing_is_lost_when_it_fails_half_way(self, library, titles, monkeypatch):
        monkeypatch.setattr("catalog.services.index.increments.CHANGED_AT_ONCE", 3)
        library.put(*TitleFactory.build_batch(10))
        library.successes, library.failures = 2, 1
        index.refresh()
        assert index.progress().failed
        index.refresh()
        assert indexed() == set(library.shelf)
        assert not index.progress().failed

    def test_single_titles(self, library, titles):
        library.put(replace(titles[0], genres=("новый",)))
        del library.shelf[titles[1].id]
        index.refresh_titles([titles[0].id, titles[1].id])
        assert TitleRow.objects.get(pk=titles[0].id).genres == ["новый"]
        assert titles[1].id not in indexed()


class TestLease:
    def test_only_one_writes(self, library):
        library.put(TitleFactory.build())
        with hold():
            index.refresh()
            with pytest.raises(Busy):
                index.rebuild(quiet)
        assert library.asked == 0
        index.refresh()
        assert index.progress().ready

    def test_one_who_died_holds_up_nobody_for_long(self, time_machine):
        mine = hold()
        mine.__enter__()
        time_machine.move_to(timezone.now() + timedelta(seconds=LEASE_SECONDS + 1))
        with hold():
            pass

    def test_one_who_was_too_slow_writes_no_more(self, time_machine):
        with hold() as slow:
            time_machine.move_to(timezone.now() + timedelta(seconds=LEASE_SECONDS + 1))
            with hold() as quick:
                with pytest.raises(Busy):
                    slow.update(done=1)
                quick.update(done=2)
        assert IndexState.objects.get().done == 2


class TestAge:
    def test_a_failed_look_is_stale_at_once(self, library, impatient):
        library.put(TitleFactory.build())
        index.refresh()
        assert not index.progress().stale
        library.failures = 1
        index.refresh()
        assert index.progress().stale
        index.refresh()
        assert not index.progress().stale

    def test_no_look_at_all_is_stale_after_a_while(self, library, settings):
        library.put(TitleFactory.build())
        index.refresh()
        IndexState.objects.update(refreshed_at=timezone.now() - timedelta(seconds=settings.INDEX_STALE_SECONDS + 1))
        assert index.progress().stale

    def test_nothing_is_written_by_looking(self):
        assert not index.progress().ready
        assert not IndexState.objects.exists()


@pytest.mark.parametrize(
    ("name", "expected"),
    [("«Ёжик»", "ежик»"), ("...и точка", "и точка"), ("86", "86"), ("★", "★"), ("Re:Zero", "re:zero")],
)
def test_the_name_in_the_alphabet(name, expected):
    assert sort_name(name) == expected


@pytest.mark.django_db(transaction=True)
def test_two_processes_at_once_index_once(library):
    library.put(*TitleFactory.build_batch(30))

    def refresh() -> None:
        index.refresh()
        connections.close_all()

    threads = [threading.Thread(target=refresh) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert index.progress().ready
    assert indexed() == set(library.shelf)

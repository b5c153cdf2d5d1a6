"""Real files and rows: what goes, what stays, and that DATA_DIR comes under its size."""

from __future__ import annotations

import logging
import os
import sqlite3
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.utils import timezone

from catalog.models import ListAddress, PageVisits, StoredPoster, WidgetDay
from catalog.services import housekeeping, transport
from catalog.services.housekeeping import room, rows
from catalog.services.loop_files import shelf
from catalog.services.posters import files
from catalog.services.transport import process
from catalog.services.transport.store import Copy
from catalog.tasks.housekeeping import tidy
from catalog.tests.factories import ListAddressFactory, WidgetFactory

pytestmark = pytest.mark.django_db

MEGABYTE = 1024 * 1024
LOOP = "5" * 24


@pytest.fixture(autouse=True)
def folder(settings, embedded):
    settings.MEDIA_ROOT = settings.DATA_DIR / "media"
    return settings.DATA_DIR


def answers(number: int, size: int = 100_000) -> None:
    """Copies of that many days, one a day, the newest is today's."""
    store = process.current().store
    for age in range(number):
        fetched_at = datetime.now(UTC) - timedelta(days=age % 29, seconds=age)
        store.save(f"key{age}", Copy(f"http://x.test/{age}", 200, {}, os.urandom(size), fetched_at))


def kept_answers(number: int) -> list[int]:
    store = process.current().store
    return [age for age in range(number) if store.load(f"key{age}")]


def loop_file(number: int, size: int, unused_seconds: float) -> None:
    kept = shelf.keep(f"{number:024x}", "mp4_720p", os.urandom(size))
    os.utime(kept.path, (time.time() - unused_seconds,) * 2)


def poster(number: int, rank: int, size: int) -> StoredPoster:
    digest = f"{number:032x}"
    row = StoredPoster.objects.create(
        kind="title", subject=str(number), source_url="http://x.test/p.jpg", rank=rank, digest=digest, width=200,
        height=300, bytes=size, stored_at=timezone.now() - timedelta(days=number),
    )  # fmt: skip
    names = files.names(digest, 200)
    for name in names:
        path = default_storage.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(os.urandom(size // len(names)))
    return row


class TestAnswers:
    def test_the_oldest_go_when_there_are_too_many(self, settings, folder):
        answers(100)
        path = folder / "upstream" / "answers.sqlite3"
        settings.UPSTREAM_CACHE_MAX_BYTES = 5 * MEGABYTE
        removed = transport.prune() or 0
        kept = kept_answers(100)
        assert 35 < len(kept) < 55
        oldest_kept = max(age % 29 for age in kept)
        assert all(age in kept for age in range(100) if age % 29 < oldest_kept)
        assert removed == 100 - len(kept)
        assert path.stat().st_size <= 5 * MEGABYTE

    def test_the_disk_gets_back_what_was_deleted_without_a_rewrite_each_time(self, settings, folder):
        transport.prune()
        with sqlite3.connect(folder / "upstream" / "answers.sqlite3") as connection:
            assert connection.execute("PRAGMA auto_vacuum").fetchone() == (2,)
        answers(50)
        settings.UPSTREAM_CACHE_MAX_BYTES = MEGABYTE
        transport.prune()
        assert (folder / "upstream" / "answers.sqlite3").stat().st_size <= MEGABYTE
        answers(3)
        assert kept_answers(3) == [0, 1, 2]

    def test_all_stay_where_there_is_room(self):
        answers(10)
        assert transport.prune() == 0
        assert len(kept_answers(10)) == 10


class TestSize:
    def test_nothing_goes_below_it(self, settings, caplog):
        answers(10)
        loop_file(1, MEGABYTE, 3600)
        assert room.hold() == 0
        assert not caplog.records

    def test_answers_go_first_but_the_latest(self, settings, folder, monkeypatch):
        monkeypatch.setattr("catalog.services.transport.store.KEPT_BYTES", MEGABYTE)
        answers(80)
        loop_file(1, MEGABYTE, 3600)
        settings.DATA_DIR_MAX_BYTES = 6 * MEGABYTE
        room.hold()
        assert room.used_bytes(folder) <= 6 * MEGABYTE
        assert 0 in kept_answers(80)
        assert shelf.find(f"{1:024x}", "mp4_720p")

    def test_then_files_of_loops_the_longest_unused_first_then_posters(self, settings, folder):
        loop_file(1, MEGABYTE, 3600)
        loop_file(2, 2 * MEGABYTE, 7200)
        rest, running = poster(1, 2, 2 * MEGABYTE), poster(2, 1, MEGABYTE)
        settings.DATA_DIR_MAX_BYTES = 5 * MEGABYTE
        room.hold()
        assert shelf.find(f"{1:024x}", "mp4_720p")
        assert not shelf.find(f"{2:024x}", "mp4_720p")
        assert files.are_there(rest.digest, 200)
        settings.DATA_DIR_MAX_BYTES = 2 * MEGABYTE
        room.hold()
        assert not files.are_there(rest.digest, 200)
        assert files.are_there(running.digest, 200)

    def test_a_poster_that_went_is_drawn_and_not_fetched_again_at_once(self, settings):
        row = poster(1, 2, 2 * MEGABYTE)
        settings.DATA_DIR_MAX_BYTES = MEGABYTE
        room.hold()
        row.refresh_from_db()
        assert row.digest == ""
        assert "want of room" in row.reason
        assert row.next_try_at > timezone.now() + timedelta(days=7)

    def test_it_is_one_line_and_a_warning_where_nothing_more_can_go(self, settings, folder, caplog):
        (folder / "database.sqlite3").write_bytes(os.urandom(3 * MEGABYTE))
        settings.DATA_DIR_MAX_BYTES = 2 * MEGABYTE
        with caplog.at_level(logging.INFO):
            assert room.hold() == 0
        (line,) = caplog.records
        assert line.levelno == logging.WARNING
        assert "DATA_DIR takes 3.0" in line.getMessage()
        assert (folder / "database.sqlite3").stat().st_size == 3 * MEGABYTE

    def test_a_file_under_two_names_counts_once(self, folder):
        (folder / "one").write_bytes(os.urandom(MEGABYTE))
        before = room.used_bytes(folder)
        os.link(folder / "one", folder / "two")
        assert room.used_bytes(folder) == before


class TestRows:
    def test_expired_sessions_go(self):
        Session.objects.create(session_key="old", session_data="", expire_date=timezone.now() - timedelta(days=1))
        Session.objects.create(session_key="new", session_data="", expire_date=timezone.now() + timedelta(days=1))
        rows.clear_sessions()
        assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]

    def test_visits_that_count_for_nothing_go(self):
        PageVisits.objects.create(path="title/old", score=1000, counted_at=timezone.now() - timedelta(days=31))
        PageVisits.objects.create(path="title/new", score=0.1, counted_at=timezone.now() - timedelta(days=5))
        assert rows.remove_faded_visits() == 1
        assert PageVisits.objects.get().path == "title/new"

    def test_old_views_are_added_up_by_the_month(self):
        one, other = WidgetFactory.create(), WidgetFactory.create()
        today = datetime.now(UTC).date()
        long_ago = (today - timedelta(days=600)).replace(day=1)
        for widget, views in ((one, 1), (other, 10)):
            for day in (3, 4, 28):
                WidgetDay.objects.create(widget=widget, day=long_ago.replace(day=day), views=views)
        WidgetDay.objects.create(widget=one, day=today, views=5)
        assert rows.add_up_old_views() == 4
        assert rows.add_up_old_views() == 0
        assert list(one.days.values_list("day", "views")) == [(today, 5), (long_ago, 3)]
        assert list(other.days.values_list("day", "views")) == [(long_ago, 30)]


class TestLeftovers:
    def test_old_locks_and_halves_go_and_new_ones_stay(self, folder):
        day = 2 * 86400
        for name, age in [
            ("upstream/locks/a.lock", day), ("upstream/locks/b.lock", 5), ("upstream/marks.123", day),
            ("upstream/marks.json", day), ("board/upstreams/.1-2", day), ("loop_files/partial/x", day),
        ]:  # fmt: skip
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
            os.utime(path, (time.time() - age,) * 2)
        assert housekeeping.remove_leftovers() == 3
        assert shelf.remove_unfinished() == 1
        assert (folder / "upstream" / "marks.json").exists()
        assert (folder / "upstream" / "locks" / "b.lock").exists()


class TestTheTask:
    def test_does_all_and_says_it_in_one_line(self, folder, caplog):
        PageVisits.objects.create(path="title/old", score=1, counted_at=timezone.now() - timedelta(days=31))
        with caplog.at_level(logging.INFO):
            tidy()
        assert [record.getMessage() for record in caplog.records] == ["tidied up: 1 visits"]

    def test_a_part_that_fails_keeps_none_from_being_done(self, folder, caplog):
        (folder / "upstream").mkdir(exist_ok=True)
        process.current().store.close()
        (folder / "upstream" / "answers.sqlite3").write_bytes(b"no database at all, whatever its name says" * 100)
        PageVisits.objects.create(path="title/old", score=1, counted_at=timezone.now() - timedelta(days=31))
        assert housekeeping.tidy() == {"visits": 1}
        assert "housekeeping failed for answers" in caplog.text

    def test_is_asked_for_by_the_clock(self, settings):
        assert "catalog.tasks.housekeeping.tidy" in {one["task"] for one in settings.CELERY_BEAT_SCHEDULE.values()}


def test_an_address_that_nobody_read_or_changed_for_long_goes():
    now = timezone.now()
    ages = {
        "new": (0, None),
        "waits": (29, None),
        "never read": (31, None),
        "read": (401, 399),
        "unread": (401, 402),
        "changed": (1, 402),
    }
    for name, (changed, read) in ages.items():
        read_at = None if read is None else (now - timedelta(days=read)).date()
        ListAddressFactory.create(public_id=name, read_at=read_at)
        ListAddress.objects.filter(pk=name).update(updated_at=now - timedelta(days=changed))
    assert housekeeping.tidy()["addresses of lists"] == 2
    assert set(ListAddress.objects.values_list("pk", flat=True)) == {"new", "waits", "read", "changed"}

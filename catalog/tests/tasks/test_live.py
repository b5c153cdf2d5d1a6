"""What is enqueued once a title has changed, and what only the worker by itself does."""

from __future__ import annotations

import threading

import pytest
import requests
from celery import current_app
from celery.exceptions import Retry

from catalog.models import TitleRow
from catalog.services import warm
from catalog.services.index.lease import hold
from catalog.tasks import worker
from catalog.tasks.live import follow_up, refresh_titles_in_index
from catalog.tasks.warm import keep_warm
from catalog.tests.factories import TitleRowFactory
from catalog.tests.services.conftest import transport_folder, upstream  # noqa: F401
from catalog.tests.views import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(monkeypatch):
    """Names and arguments of what was sent to the queue."""
    found: list[tuple[str, tuple[object, ...]]] = []
    monkeypatch.setattr(current_app, "send_task", lambda name, args=(), **options: found.append((name, tuple(args))))
    return found


@pytest.fixture
def row():
    return TitleRowFactory.create(id=8500, code="nanatsu-no-taizai")


def test_the_index_and_the_torrents_follow(sent, monkeypatch):
    monkeypatch.setattr(refresh_titles_in_index, "apply_async", lambda args, **options: sent.append(("index", args)))
    follow_up([8500])
    assert sent == [("index", ([8500],)), ("catalog.tasks.torrents.look_at_torrents", ([8500],))]


def test_a_changed_row_has_its_poster_looked_at(sent, row, upstream):
    upstream.get(f"{samples.ANILIBRIA}/getTitles", json=[samples.title()])
    refresh_titles_in_index([8500])
    assert TitleRow.objects.get().name_ru == "Семь смертных грехов"
    assert sent == [("catalog.tasks.posters.enqueue_posters", ())]
    refresh_titles_in_index([8500])
    assert len(sent) == 1


def test_an_upstream_that_fails_is_left_to_the_next_look(sent, row, upstream):
    upstream.get(f"{samples.ANILIBRIA}/getTitles", exc=requests.ConnectionError)
    refresh_titles_in_index([8500])
    assert sent == []


def test_who_finds_the_index_busy_comes_again(sent, row, monkeypatch):
    retried: list[float] = []

    def retry(*args, **options):
        retried.append(refresh_titles_in_index.default_retry_delay)
        return Retry()

    monkeypatch.setattr(refresh_titles_in_index, "retry", retry)
    with hold(), pytest.raises(Retry):
        refresh_titles_in_index([8500])
    assert retried == [3]


def test_only_a_worker_alone_keeps_the_clock_and_listens(settings, monkeypatch):
    begun: list[str] = []

    class Clock:
        def __init__(self, app, **options):
            assert options["schedule_filename"]

        def start(self):
            begun.append("clock")
            started.set()

    started = threading.Event()
    monkeypatch.setattr(worker, "Service", Clock)
    monkeypatch.setattr(worker, "_stop", ended := threading.Event())
    monkeypatch.setattr(worker, "AGAIN_SECONDS", 60.0)
    monkeypatch.setattr(worker, "listen", lambda stop: begun.append("listener"))
    settings.WORKER_ALONE = False
    worker.begin()
    assert begun == []
    settings.WORKER_ALONE = True
    worker.begin()
    assert started.wait(5)
    assert sorted(begun) == ["clock", "listener"]
    ended.set()
    for thread in threading.enumerate():
        if thread.name == "clock":
            thread.join(5)


def test_a_round_of_warming_is_shorter_than_the_time_between_two(settings, monkeypatch):
    seconds: list[float] = []
    monkeypatch.setattr(warm, "keep", seconds.append)
    keep_warm()
    assert 0 < seconds[0] < settings.WARM_SECONDS


def test_every_task_of_the_clock_exists():
    names = {entry["task"] for entry in current_app.conf.beat_schedule.values()}
    assert names <= set(current_app.tasks)

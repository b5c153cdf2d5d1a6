"""Files that kombu's filesystem transport really writes, and which of them nobody will take."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from celery import Celery
from django.utils import timezone

from catalog.services.housekeeping import queue_files

DAY = 86400


@pytest.fixture
def queue(settings) -> Path:
    for folder in ("messages", "control", "processed"):
        (settings.DATA_DIR / "queue" / folder).mkdir(parents=True)
    return settings.DATA_DIR / "queue"


@pytest.fixture
def sender(queue):
    messages = str(queue / "messages")
    folders = {"data_folder_in": messages, "data_folder_out": messages, "control_folder": str(queue / "control")}
    app = Celery(broker="filesystem://localhost", broker_transport_options=folders, set_as_current=False)
    yield app
    app.close()


def messages(queue: Path) -> list[Path]:
    return sorted((queue / "messages").iterdir())


def aged(path: Path, seconds: float) -> Path:
    path.touch()
    os.utime(path, (time.time() - seconds,) * 2)
    return path


def test_a_task_past_its_expiry_goes_and_the_others_stay(queue, sender):
    sender.send_task("late", expires=timezone.now() - timedelta(seconds=5))
    (late,) = messages(queue)
    sender.send_task("soon", expires=60)
    sender.send_task("whenever")
    assert len(messages(queue)) == 3
    assert queue_files.remove_old() == 1
    assert len(messages(queue)) == 2
    assert late not in messages(queue)


def test_a_task_that_waited_for_days_goes(queue, sender):
    sender.send_task("whenever")
    aged(messages(queue)[0], 3 * DAY)
    assert queue_files.remove_old() == 1


def test_words_to_workers_go_within_the_hour(queue, sender):
    aged(queue / "messages" / "1_a.celery@here.celery.pidbox.msg", 2 * 3600)
    aged(queue / "messages" / "2_b.celery@here.celery.pidbox.msg", 60)
    aged(queue / "messages" / "3_c.celeryev.4711.msg", 2 * 3600)
    assert queue_files.remove_old() == 2
    assert [path.name[0] for path in messages(queue)] == ["2"]


def test_old_lists_of_who_waits_and_taken_messages_go(queue):
    gone = [
        aged(queue / "control" / "reply.celery.pidbox.exchange", 3 * DAY),
        aged(queue / "processed" / "1_a.celery.msg", 3 * DAY),
        aged(queue / "messages" / "1_a.celery.unfinished", DAY),
    ]
    kept = [
        aged(queue / "control" / "celery.exchange", 300 * DAY),
        aged(queue / "control" / "celery.pidbox.exchange", 300 * DAY),
        aged(queue / "processed" / "2_b.celery.msg", 60),
        aged(queue / "messages" / "2_b.celery.unfinished", 60),
    ]
    assert queue_files.remove_old() == 3
    assert not any(path.exists() for path in gone)
    assert all(path.exists() for path in kept)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"headers": 1}', b'{"headers": {"expires": "soon"}}', b"\xff"])
def test_what_cannot_be_read_is_left_until_it_is_old(queue, content):
    path = queue / "messages" / "1_a.celery.msg"
    path.write_bytes(content)
    assert queue_files.remove_old() == 0
    aged(path, 3 * DAY)
    assert queue_files.remove_old() == 1


def test_without_a_queue_there_is_nothing_to_do(settings):
    assert queue_files.remove_old() == 0

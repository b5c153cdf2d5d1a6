"""Many callers, one request: across processes, after a fork, and when one is killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project

from catalog.tests.services.listener import Listener, answer, eventually
from catalog.tests.services.transport.source import REDIS_URL, ask

pytestmark = pytest.mark.processes

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start(settings, tmp_path) -> Iterator[Start]:
    """Start a process of visitors of the upstream that listens; it is ended with the test."""
    processes: list[subprocess.Popen[str]] = []

    def popen(*arguments: str, lifetime: float = 60, deadline: float = 5, **environment: str) -> subprocess.Popen[str]:
        variables = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "animesite.settings",
            "DATA_DIR": str(tmp_path),
            "ANILIBRIA_URL": settings.ANILIBRIA_URL,
            "LIFETIME": str(lifetime),
            "DEADLINE": str(deadline),
            **environment,
        }
        command = [sys.executable, "-m", "catalog.tests.services.transport.visitors", *arguments]
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=variables,
            cwd=Path(project.BASE_DIR),
        )
        processes.append(process)
        return process

    yield popen
    for process in processes:
        process.kill()
        process.communicate()


def line(process: subprocess.Popen[str]) -> Any:
    assert process.stdout
    text = process.stdout.readline().strip()
    return json.loads(text) if text.startswith("[") else text


def go(*processes: subprocess.Popen[str]) -> list[Any]:
    """Let them ask at the same moment; what all of them got."""
    for process in processes:
        assert line(process) == "ready"
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    return [each for process in processes for each in line(process)]


def slow(seconds: float, reply: bytes) -> Callable[..., None]:
    def behave(connection, head) -> None:
        time.sleep(seconds)
        connection.sendall(reply)

    return behave


def one_request_for_a_cold_key(listen, start: Start, **environment: str) -> Listener:
    listener: Listener = listen(slow(0.5, answer()))
    got = go(start("25", **environment), start("25", **environment))
    assert got == [[1, False]] * 50
    assert len(listener.requests) == 1
    return listener


def one_request_for_a_stale_copy(listen, start: Start, **environment: str) -> None:
    listener = listen(slow(3, answer()))
    assert go(start("1", lifetime=2, **environment)) == [[1, False]]
    time.sleep(2)
    got = go(start("25", lifetime=2, **environment), start("25", lifetime=2, **environment))
    assert got == [[1, True]] * 50
    assert eventually(lambda: len(listener.requests) == 2, seconds=10)
    time.sleep(0.7)
    assert len(listener.requests) == 2


def test_fifty_first_visitors_of_two_processes_are_one_request(listen, start, tmp_path, embedded):
    one_request_for_a_cold_key(listen, start)
    assert not list((tmp_path / "upstream" / "locks").iterdir()), "no lock file stays"


def test_a_stale_copy_is_refreshed_by_one_of_two_processes(listen, start):
    one_request_for_a_stale_copy(listen, start)


def test_a_failure_is_asked_for_once_by_each_process_at_most(listen, start):
    listener = listen(slow(3, answer(status="500 Oh")))
    begun = time.monotonic()
    got = go(start("25"), start("25"))
    assert got == [["UpstreamUnavailable", False]] * 50
    assert len(listener.requests) <= 2
    assert time.monotonic() - begun < 15


@pytest.mark.services
def test_two_processes_share_one_request_through_redis(listen, start, redis_db):
    one_request_for_a_cold_key(listen, start, CACHE_URL=REDIS_URL, UPSTREAM_CACHE_URL=REDIS_URL)
    assert not redis_db.keys("animesite-lock:*")


@pytest.mark.services
def test_two_processes_share_one_refresh_through_redis(listen, start, redis_db):
    one_request_for_a_stale_copy(listen, start, CACHE_URL=REDIS_URL, UPSTREAM_CACHE_URL=REDIS_URL)


def test_a_process_that_dies_while_it_asks_holds_up_nobody(listen, start, embedded):
    replies = [5.0, 0.0]

    def behave(connection, head) -> None:
        time.sleep(replies.pop(0))
        connection.sendall(answer())

    listener = listen(behave)
    process = start("1")
    assert line(process) == "ready"
    assert process.stdin
    process.stdin.write("go\n")
    process.stdin.flush()
    assert eventually(lambda: len(listener.requests) == 1)
    process.kill()
    begun = time.monotonic()
    assert ask().value == 1
    assert time.monotonic() - begun < 4


def test_another_process_waits_no_longer_than_its_deadline(listen, start, settings):
    settings.UPSTREAM_DEADLINE_SECONDS = 0.3
    listener = listen(slow(4, answer()))
    process = start("1")
    assert line(process) == "ready"
    assert process.stdin
    process.stdin.write("go\n")
    process.stdin.flush()
    assert eventually(lambda: len(listener.requests) == 1)
    begun = time.monotonic()
    with pytest.raises(Exception, match="no answer in time"):
        ask()
    assert time.monotonic() - begun < 3.5
    assert len(listener.requests) == 1


def test_what_another_process_saved_is_seen_within_a_second(listen, start):
    replies = [answer(b'{"number": 1}'), answer(b'{"number": 2}')]
    listen(lambda connection, head: connection.sendall(replies.pop(0)))
    assert ask().value == 1
    time.sleep(0.05)
    assert go(start("1", lifetime=0.01, REFRESH_WAIT="10")) == [[2, False]]
    assert eventually(lambda: ask().value == 2, seconds=2)


def test_a_fork_after_the_first_call_is_a_process_of_its_own(listen, start):
    listener = listen(slow(0.1, answer()))
    process = start("10", "fork")
    assert line(process) == [[1, False]] * 10
    assert line(process) == [[1, False]], "the parent finds what its child saved"
    assert process.wait(5) == 0
    assert len(listener.requests) == 2


def test_a_process_ends_within_the_deadline_of_its_calls(listen, start):
    listener = listen(slow(60, b""))
    process = start("3", deadline=1)
    assert line(process) == "ready"
    assert process.stdin
    begun = time.monotonic()
    process.stdin.write("go\n")
    process.stdin.flush()
    assert line(process) == [["UpstreamUnavailable", False]] * 3
    assert process.wait(20) == 0
    assert time.monotonic() - begun < 20
    assert len(listener.requests) == 1

"""Many callers, one request: within a process."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from catalog.services.errors import UpstreamUnavailable
from catalog.services.transport import api_version, channel, get, mark_stale, reset
from catalog.tests.services.listener import answer, eventually
from catalog.tests.services.transport.source import SOURCE, ask, number


def at_once(call: Callable[[int], Any], times: int) -> list[Any]:
    """What ``times`` threads got that called at the same moment; an UpstreamError counts as an outcome."""
    barrier, outcomes = threading.Barrier(times), []

    def run(n: int) -> None:
        barrier.wait()
        try:
            outcomes.append(call(n))
        except UpstreamUnavailable as exc:
            outcomes.append(exc)

    threads = [threading.Thread(target=run, args=(n,)) for n in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def slowly(seconds: float, reply: bytes) -> Callable[[socket.socket, bytes], None]:
    def behave(connection: socket.socket, head: bytes) -> None:
        time.sleep(seconds)
        connection.sendall(reply)

    return behave


def test_fifty_first_visitors_are_one_request(listen):
    listener = listen(slowly(0.2, answer()))
    assert [a.value for a in at_once(lambda n: ask(), 50)] == [1] * 50
    assert len(listener.requests) == 1


def test_a_failure_is_shared_and_not_tried_again_by_each(listen):
    listener = listen(slowly(2, answer(status="500 Oh")))
    outcomes = at_once(lambda n: ask(), 50)
    assert {type(each) for each in outcomes} == {UpstreamUnavailable}
    assert len(listener.requests) == 1


def test_two_ways_of_reading_share_a_request_on_its_way(listen):
    listener = listen(slowly(0.2, answer()))
    reads: list[Callable[[Any], Any]] = [number, str]
    answers = at_once(lambda n: get(SOURCE, "/thing", {}, endpoint="thing", parse=reads[n % 2]), 10)
    assert {a.value for a in answers} == {1, "{'number': 1}"}
    assert len(listener.requests) == 1


def test_a_stale_copy_is_refreshed_once(listen, aged, impatient):
    gate = threading.Event()

    def behave(connection: socket.socket, head: bytes) -> None:
        if len(listener.requests) > 1:
            gate.wait(5)
        connection.sendall(answer())

    listener = listen(behave)
    ask()
    with aged(61):
        assert [a.stale for a in at_once(lambda n: ask(), 30)] == [True] * 30
        gate.set()
        assert eventually(lambda: not ask().stale)
    assert len(listener.requests) == 2


def test_random_answers_are_not_shared(listen):
    listener = listen(slowly(0.1, answer()))
    at_once(lambda n: ask(endpoint="random"), 5)
    assert len(listener.requests) == 5


def test_refreshing_leaves_workers_to_visitors_who_wait(listen, aged, impatient):
    busy, gate = threading.Event(), threading.Event()

    def behave(connection: socket.socket, head: bytes) -> None:
        if busy.is_set() and b"quick" not in head:
            gate.wait(5)
        connection.sendall(answer())

    listener = listen(behave)
    keys = range(channel.WORKERS + 4)
    for n in keys:
        ask(n=n)
    busy.set()
    with aged(61):
        assert all(a.stale for a in at_once(lambda n: ask(n=n), len(keys)))
        assert ask(quick=1).value == 1, "while all others still wait"
        gate.set()
    assert len(listener.requests) <= len(keys) + channel.REFRESHES + 1


def test_one_slow_upstream_does_not_hold_up_another(listen, monkeypatch):
    monkeypatch.setattr(channel, "WORKERS", 2)
    gate = threading.Event()

    def behave(connection: socket.socket, head: bytes) -> None:
        gate.wait(5)
        connection.sendall(answer())

    listener = listen(behave)
    slow = [threading.Thread(target=ask, kwargs={"n": n}) for n in range(6)]
    for thread in slow:
        thread.start()
    assert eventually(lambda: len(listener.requests) == 2)
    listen(slowly(0, answer()))  # another upstream from here on
    assert ask().value == 1, "while the other still says nothing"
    gate.set()
    for thread in slow:
        thread.join()


@pytest.mark.parametrize("seconds", [0, 0.2], ids=["while it is waited for", "later"])
def test_a_bug_in_a_refresh_is_logged_and_the_saved_copy_goes_out(listen, aged, impatient, caplog, seconds):
    listener = listen(slowly(seconds, answer()))
    trips: list[int] = []

    def parse(payload: Any) -> int:
        trips.append(1)
        return 1 // (2 - len(trips))

    get(SOURCE, "/thing", {}, endpoint="thing", parse=parse)
    with aged(61):
        assert get(SOURCE, "/thing", {}, endpoint="thing", parse=parse).stale
        assert eventually(lambda: "for a reason of our own" in caplog.text)
    assert "ZeroDivisionError" in caplog.text
    assert len(listener.requests) == 2


def test_a_copy_marked_stale_is_refreshed_at_its_next_use(listen):
    listener = listen(slowly(0, answer()))
    ask(a=1)
    ask(a=2)
    mark_stale(SOURCE, "/thing", {"a": 1})
    mark_stale(SOURCE, "/thing", {"a": "never asked"})
    assert not ask(a=2).stale
    assert len(listener.requests) == 2
    assert not ask(a=1).stale
    assert not ask(a=1).stale
    assert len(listener.requests) == 3


def test_a_copy_marked_stale_is_still_there_when_the_upstream_is_down(listen):
    replies = [answer(), answer(status="500 Oh"), answer(status="500 Oh")]
    listen(lambda connection, head: connection.sendall(replies.pop(0)))
    ask()
    mark_stale(SOURCE, "/thing", {})
    assert ask().stale
    reset()
    assert ask().stale


def test_the_version_of_the_api_is_noted_once(listen, caplog):
    caplog.set_level("INFO", logger="catalog.services.transport")
    versions = ["2.8.3", "2.8.3", "2.8.4"]
    listen(lambda c, head: c.sendall(answer(b'{"number": 1}', f"API-Version: {versions.pop(0)}")))
    assert api_version("anilibria") is None
    ask(a=1)
    assert api_version("anilibria") == "2.8.3"
    ask(a=2)
    ask(a=3)
    assert api_version("anilibria") == "2.8.4"
    assert api_version("loops") is None
    assert [r.getMessage() for r in caplog.records if r.levelname == "INFO"] == [
        "Upstream anilibria speaks version 2.8.3",
        "Upstream anilibria speaks version 2.8.4",
    ]


def test_the_version_of_the_api_is_known_from_a_saved_copy(listen):
    listen(lambda c, head: c.sendall(answer(b'{"number": 1}', "API-Version: 2.8.3")))
    ask()
    reset()
    ask()
    assert api_version("anilibria") == "2.8.3"


def test_closing_waits_for_what_is_on_its_way(listen, aged, impatient):
    listener = listen(slowly(0.2, answer()))
    ask()
    with aged(61):
        assert ask().stale
        reset()
        assert listener.requests[1:]
        assert not ask().stale
    assert len(listener.requests) == 2

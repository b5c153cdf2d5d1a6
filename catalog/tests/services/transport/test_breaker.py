"""An upstream that fails is left alone for a while."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from types import SimpleNamespace

import pytest
import requests

from catalog.services.errors import UpstreamError, UpstreamUnavailable
from catalog.services.together import together
from catalog.services.transport import Upstream, get
from catalog.tests.services.listener import answer, eventually
from catalog.tests.services.transport.source import SOURCE, URL, ask, number

PAUSE = 30.0


@pytest.fixture(autouse=True)
def pause(settings):
    settings.UPSTREAM_BREAKER_FAILURES = 3
    settings.UPSTREAM_BREAKER_SECONDS = PAUSE


@pytest.fixture
def later(monkeypatch) -> Callable[[float], None]:
    """``later(seconds)``: so many have gone by for every pause."""
    gone_by: list[float] = []
    clock = SimpleNamespace(monotonic=lambda: time.monotonic() + sum(gone_by))
    monkeypatch.setattr("catalog.services.transport.breaker.time", clock)
    return gone_by.append


def fail(times: int) -> None:
    for n in range(times):
        with pytest.raises(UpstreamError):
            ask(fails=n)


@pytest.mark.parametrize(
    "reply", [{"exc": requests.ConnectionError}, {"exc": requests.ReadTimeout}, {"status_code": 503}]
)
def test_after_three_failures_nobody_is_asked_until_the_pause_is_over(upstream, caplog, later, reply):
    upstream.get(URL, **reply)
    fail(3)
    caplog.clear()
    for _ in range(5):
        with pytest.raises(UpstreamUnavailable, match="left alone") as caught:
            ask()
        assert 0 < (caught.value.retry_after or 0) <= PAUSE
    assert upstream.call_count == 3
    assert not caplog.records, "what was not asked is not logged"
    upstream.get(URL, json={"number": 1})
    later(PAUSE)
    assert ask().value == 1


def test_the_pause_is_logged_once(upstream, caplog):
    upstream.get(URL, status_code=500)
    fail(6)
    paused = [r for r in caplog.records if "left alone" in r.getMessage()]
    assert [r.getMessage() for r in paused] == [f"Upstream anilibria is left alone for {PAUSE:g} s"]


def test_a_success_between_failures_starts_the_count_again(upstream):
    upstream.get(URL, status_code=500)
    fail(2)
    upstream.get(URL, json={"number": 1})
    ask(works=1)
    upstream.get(URL, status_code=500)
    fail(2)
    upstream.get(URL, json={"number": 1})
    assert ask().value == 1


@pytest.mark.parametrize(
    "reply",
    [
        {"status_code": 404},
        {"status_code": 400},
        {"status_code": 412},
        {"text": "<html>"},
        {"json": []},
        {"status_code": 302, "headers": {"Location": "http://elsewhere.test/"}},
        {"headers": {"Content-Length": "99999999"}, "text": "{}"},
    ],
)
def test_answers_we_cannot_use_are_no_outage(upstream, reply):
    upstream.get(URL, **reply)
    fail(5)
    assert upstream.call_count == 5


def test_a_stale_copy_is_answered_meanwhile(upstream, aged):
    upstream.get(URL, json={"number": 1})
    ask()
    upstream.get(URL, status_code=500)
    fail(3)
    with aged(61):
        assert ask().stale
    assert upstream.call_count == 4


def test_one_upstream_does_not_pause_another(upstream, settings):
    settings.ANIMELOOP_URL = "http://upstream.test/api"
    upstream.get(URL, status_code=500)
    fail(3)
    other = Upstream("animeloop", "ANIMELOOP_URL")
    upstream.get(URL, json={"number": 1})
    assert get(other, "/thing", {}, endpoint="thing", parse=number).value == 1
    settings.ANILIBRIA_URL = "http://new.test"
    upstream.get("http://new.test/thing", json={"number": 2})
    assert ask().value == 2


@pytest.mark.parametrize("works", [True, False])
def test_after_the_pause_one_caller_tries_for_all(listen, later, works):
    down, gate = threading.Event(), threading.Event()

    def behave(connection: socket.socket, head: bytes) -> None:
        if down.is_set():
            connection.sendall(answer(status="500 Oh"))
            return
        gate.wait(3)
        connection.sendall(answer() if works else answer(status="500 Oh"))

    down.set()
    listener = listen(behave)
    fail(3)
    down.clear()
    later(PAUSE)
    outcomes: list[object] = []

    def attempt(n: int) -> None:
        try:
            outcomes.append(ask(n=n).value)
        except UpstreamUnavailable as exc:
            outcomes.append(exc.message)

    threads = [threading.Thread(target=attempt, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    assert eventually(lambda: len(outcomes) == 7), "the others do not wait for it long"
    assert len(listener.requests) == 4
    gate.set()
    for thread in threads:
        thread.join()
    assert outcomes.count("left alone for a while") == 7
    if works:
        assert ask(n=9).value == 1
    else:
        with pytest.raises(UpstreamUnavailable, match="left alone"):
            ask(n=9)


def test_when_the_upstream_is_back_a_page_gets_all_it_asks_for(listen, aged, later):
    down = threading.Event()

    def behave(connection: socket.socket, head: bytes) -> None:
        connection.sendall(answer(status="500 Oh") if down.is_set() else answer())

    listen(behave)
    for n in range(6):
        ask(n=n)
    down.set()
    fail(3)
    down.clear()
    later(PAUSE)
    with aged(61):
        blocks = together(**{f"block{n}": partial(ask, n=n) for n in range(6)})
        assert [block.stale for block in blocks.values()] == [False] * 6


def seconds_from_now(seconds: float) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("120", 120),
        (" 7 ", 7),
        ("999999", 3600),
        ("in ten minutes", 600),
        ("Fri, 01 Jan 2500 00:00:00 GMT", 3600),
    ],
)
def test_retry_after_is_honoured(upstream, status, header, expected):
    if header == "in ten minutes":
        header = seconds_from_now(600)
    upstream.get(URL, status_code=status, headers={"Retry-After": header})
    with pytest.raises(UpstreamUnavailable) as caught:
        ask()
    assert caught.value.retry_after >= expected - 30
    with pytest.raises(UpstreamUnavailable) as caught:
        ask()
    assert expected - 30 < caught.value.retry_after <= expected
    assert upstream.call_count == 1


@pytest.mark.parametrize("header", ["soon", "-1", "1.5", "", pytest.param(seconds_from_now(-100), id="a date gone by")])
def test_a_retry_after_that_says_nothing_is_a_short_pause(upstream, later, header):
    upstream.get(URL, status_code=429, headers={"Retry-After": header})
    with pytest.raises(UpstreamUnavailable):
        ask()
    upstream.get(URL, json={"number": 1})
    later(PAUSE)
    assert ask().value == 1


def test_too_many_requests_without_a_word_when_is_a_short_pause(upstream):
    upstream.get(URL, status_code=429)
    fail(2)
    assert upstream.call_count == 1


def test_a_stale_copy_is_answered_while_we_asked_too_much(upstream, aged):
    upstream.get(URL, json={"number": 1})
    ask()
    upstream.get(URL, status_code=429, headers={"Retry-After": "60"})
    with aged(61):
        assert [ask().stale for _ in range(5)] == [True] * 5
    assert upstream.call_count == 2


def test_who_asks_without_a_lifetime_is_held_back_too(upstream):
    upstream.get(URL, status_code=500)
    fail(3)
    with pytest.raises(UpstreamUnavailable, match="left alone"):
        get(SOURCE, "/thing", {}, endpoint="random", parse=number)

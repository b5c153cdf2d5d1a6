from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.db import connections
from django.utils import translation

from catalog.services import together as module
from catalog.services.answer import Answer
from catalog.services.errors import UpstreamNotFound, UpstreamUnavailable
from catalog.services.together import together
from catalog.services.transport import Upstream, get
from catalog.tests.services.listener import answer
from catalog.tests.services.transport.source import SOURCE, number


@pytest.fixture(autouse=True)
def lifetimes(settings, transport_folder):
    settings.UPSTREAM_TTLS = {"thing": 60.0}


def ask(n: int, endpoint: str = "thing") -> Answer[int]:
    return get(SOURCE, "/thing", {"n": n}, endpoint=endpoint, parse=number)


def slowly(seconds: float):
    def behave(connection, head) -> None:
        time.sleep(seconds)
        n = head.split(b"n=")[1].split()[0].decode()
        connection.sendall(answer(b'{"number": %s}' % n.encode()))

    return behave


def test_independent_calls_are_made_at_the_same_time(listen):
    all_there = threading.Barrier(4)

    def behave(connection, head) -> None:
        all_there.wait(5)
        slowly(0)(connection, head)

    listener = listen(behave)
    blocks = together(a=lambda: ask(1), b=lambda: ask(2), c=lambda: ask(3), random=lambda: ask(4, "random"))
    assert {name: block.value for name, block in blocks.items()} == {"a": 1, "b": 2, "c": 3, "random": 4}
    assert list(blocks) == ["a", "b", "c", "random"]
    assert all(block.ok and not block.stale for block in blocks.values())
    assert len(listener.requests) == 4


def test_what_is_known_needs_no_thread(listen, monkeypatch):
    listen(slowly(0))
    ask(1)
    monkeypatch.setattr(module, "_workers", lambda pid: pytest.fail("a thread was asked for"))
    assert together(a=lambda: ask(1), b=lambda: ask(1))["a"].value == 1


@pytest.mark.parametrize("patience", ["patient", "impatient"])
def test_a_saved_copy_needs_no_thread_and_the_page_waits_but_a_moment(listen, aged, request, monkeypatch, patience):
    request.getfixturevalue(patience)
    open_to_all = threading.Event()
    open_to_all.set()

    def behave(connection, head) -> None:
        open_to_all.wait(5)
        slowly(0)(connection, head)

    listen(behave)
    for n in range(6):
        ask(n)
    if patience == "impatient":
        open_to_all.clear()
    monkeypatch.setattr(module, "_workers", lambda pid: pytest.fail("a thread was asked for"))
    with aged(61):
        blocks = together(**{f"block{n}": partial(ask, n) for n in range(6)})
        assert [block.stale for block in blocks.values()] == [patience == "impatient"] * 6
        assert [block.value for block in blocks.values()] == list(range(6))
    open_to_all.set()


def test_a_saved_copy_does_not_wait_for_what_has_none(listen, aged, impatient):
    delay: list[float] = [0]
    listener = listen(lambda connection, head: slowly(delay[0])(connection, head))
    ask(1)
    delay[0] = 0.3
    with aged(61):
        blocks = together(saved=lambda: ask(1), cold=lambda: ask(2), chain=lambda: ask(ask(1).value + 2))
    assert (blocks["saved"].value, blocks["saved"].stale) == (1, True)
    assert (blocks["cold"].value, blocks["chain"].value) == (2, 3)
    assert len(listener.requests) == 4


def test_what_a_refresh_finds_gone_is_gone(listen, aged):
    replies = [answer(), answer(status="404 Not Found")]
    listen(lambda connection, head: connection.sendall(replies.pop(0)))
    ask(1)
    with aged(61):
        assert isinstance(together(a=lambda: ask(1))["a"].error, UpstreamNotFound)


def test_one_that_fails_takes_no_other_with_it(listen):
    listen(slowly(0))

    def missing() -> Answer[int]:
        raise UpstreamNotFound("anilibria", "title x", "no such title")

    blocks = together(a=missing, b=lambda: ask(2))
    assert blocks["b"].value == 2
    failed = blocks["a"]
    assert isinstance(failed.error, UpstreamNotFound)
    assert (failed.ok, failed.answer, failed.value, failed.age_seconds, failed.stale) == (
        False,
        None,
        None,
        None,
        False,
    )


def test_a_block_knows_its_age():
    fetched_at = datetime.now(UTC) - timedelta(minutes=12)
    block = together(a=lambda: Answer(1, fetched_at, stale=True))["a"]
    assert block.stale
    assert block.age_seconds in (720, 721)


def test_nothing_to_call_is_no_block():
    assert together() == {}


@pytest.fixture
def hangs() -> Iterator[threading.Event]:
    """An event that comes after the test: what waits for it holds up whoever waits for that."""
    event = threading.Event()
    yield event
    event.set()


def test_a_late_one_is_unavailable_and_the_page_is_in_time(listen, settings, monkeypatch, hangs):
    settings.PAGE_DEADLINE_SECONDS = 1
    monkeypatch.setattr(module, "SLACK_SECONDS", 0.5)
    listen(lambda connection, head: hangs.wait(30))
    blocks = together(slow=lambda: ask(1), chain=lambda: ask(ask(2).value), quick=lambda: Answer(3, datetime.now(UTC)))
    assert blocks["quick"].value == 3
    for name, subject in (("slow", "/thing?n=1"), ("chain", "/thing?n=2")):
        assert isinstance(blocks[name].error, UpstreamUnavailable)
        assert getattr(blocks[name].error, "subject", None) == subject


def test_a_call_that_hangs_elsewhere_holds_up_no_page(listen, settings, hangs):
    settings.PAGE_DEADLINE_SECONDS = 0.3
    listen(slowly(0))

    def hang() -> Answer[int]:
        first = ask(1)
        hangs.wait(30)
        return first

    assert isinstance(together(a=hang)["a"].error, UpstreamUnavailable)


def test_a_chain_of_calls_is_followed(listen):
    listener = listen(slowly(0.1))
    blocks = together(a=lambda: ask(ask(ask(1).value + 1).value + 1), b=lambda: ask(9))
    assert blocks["a"].value == 3
    assert len(listener.requests) == 4


@pytest.mark.parametrize("where", ["here", "on a thread"])
def test_a_bug_is_seen(listen, where):
    listen(slowly(0.1))

    def bug() -> Answer[int]:
        if where == "on a thread":
            ask(1)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        together(a=bug, b=lambda: ask(2))


def test_the_language_of_the_page_holds_on_threads(listen):
    listen(slowly(0.1))

    def language() -> Answer[str]:
        return ask(1).map(lambda _: f"{translation.get_language()} on {threading.current_thread().name}")

    with translation.override("ru"):
        assert str(together(a=language)["a"].value).startswith("ru on together")


def test_a_thread_keeps_no_database_connection(listen, monkeypatch):
    listen(slowly(0.1))
    closed: list[str] = []
    monkeypatch.setattr(connections, "close_all", lambda: closed.append(threading.current_thread().name))
    together(a=lambda: ask(1))
    assert len(closed) == 1
    assert closed[0].startswith("together")


def test_two_upstreams_of_which_one_is_dead(listen, settings):
    listen(slowly(0.1))
    settings.ANIMELOOP_URL = "http://127.0.0.1:9"
    dead = Upstream("animeloop", "ANIMELOOP_URL")
    blocks = together(alive=lambda: ask(1), dead=lambda: get(dead, "/thing", {}, endpoint="thing", parse=number))
    assert blocks["alive"].value == 1
    assert "animeloop: /thing: ConnectionRefusedError" in str(blocks["dead"].error)

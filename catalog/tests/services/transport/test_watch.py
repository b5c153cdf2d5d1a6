"""What all processes know of the upstreams, and how seldom it is written down."""

from __future__ import annotations

import pytest
import requests
import requests_mock

from catalog.services import transport
from catalog.services.board import Fact, FileBoard
from catalog.services.errors import UpstreamError
from catalog.services.transport.watch import RECENT, Watch
from catalog.tests.services.transport.source import BASE, ask

NAME = "anilibria"


@pytest.fixture
def writes(monkeypatch) -> list[str]:
    seen: list[str] = []
    put = FileBoard.put

    def noting(self: FileBoard, name: str, fact: Fact) -> None:
        seen.append(name)
        put(self, name, fact)

    monkeypatch.setattr(FileBoard, "put", noting)
    return seen


def test_nothing_is_known_of_who_was_never_asked(upstream):
    assert transport.health() == {}


def test_an_answer_is_a_success_with_its_duration(upstream):
    upstream.get(requests_mock.ANY, json={"number": 1})
    ask("/one")
    known = transport.health()[NAME]
    assert known.answers is True
    assert known.succeeded_at is not None
    assert known.milliseconds is not None
    assert known.reason == ""


def test_that_there_is_no_such_thing_is_an_answer(upstream):
    upstream.get(requests_mock.ANY, status_code=404)
    with pytest.raises(UpstreamError):
        ask("/one")
    assert transport.health()[NAME].answers is True


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ({"status_code": 503}, "HTTP 503"),
        ({"status_code": 429}, "HTTP 429"),
        ({"exc": requests.ReadTimeout}, "no answer in time"),
        ({"exc": requests.ConnectionError("refused")}, "ConnectionError: refused"),
    ],
)
def test_a_failure_has_its_reason_and_the_last_success_stays(upstream, broken, reason):
    upstream.get(f"{BASE}/one", json={"number": 1})
    ask("/one")
    upstream.get(f"{BASE}/two", **broken)
    with pytest.raises(UpstreamError):
        ask("/two")
    known = transport.health()[NAME]
    assert known.answers is False
    assert known.reason == reason
    assert known.succeeded_at < known.failed_at


def test_a_success_after_a_failure_is_told_at_once(upstream):
    upstream.get(f"{BASE}/one", status_code=500)
    with pytest.raises(UpstreamError):
        ask("/one")
    upstream.get(f"{BASE}/two", json={"number": 1})
    ask("/two")
    assert transport.health()[NAME].answers is True


def test_many_calls_are_one_write(embedded, upstream, writes):
    upstream.get(requests_mock.ANY, json={"number": 1})
    for number in range(30):
        ask(f"/{number}")
    assert writes == [NAME]


def test_processes_add_up(transport_folder, monkeypatch):
    one, other = Watch(), Watch()
    one.note(NAME, 0.1)
    other.note(NAME, 0.3)
    assert transport.health()[NAME].milliseconds == 200
    for _ in range(2 * RECENT):
        other.note(NAME, 0.3)
    monkeypatch.setattr("catalog.services.transport.watch.SHARE_SECONDS", 0)
    other.note(NAME, 0.3)
    assert transport.health()[NAME].milliseconds == 300


def test_a_disk_that_takes_nothing_stops_nobody(embedded, upstream, settings):
    (settings.DATA_DIR / "board").write_text("in the way")
    upstream.get(requests_mock.ANY, json={"number": 1})
    assert ask("/one").value == 1
    assert transport.health() == {}


@pytest.mark.parametrize("text", ["", "{", "[1]", '"x"'])
def test_what_is_no_fact_is_nothing(embedded, settings, text):
    folder = settings.DATA_DIR / "board" / "upstreams"
    folder.mkdir(parents=True)
    (folder / "anilibria.json").write_text(text)
    assert transport.health() == {}

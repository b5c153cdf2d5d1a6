"""What changed is known to every process in a moment, and makes older copies stale whatever their lifetime."""

from __future__ import annotations

import time

import pytest

from catalog.services import transport
from catalog.services.transport import marks
from catalog.services.transport.process import Process
from catalog.services.transport.upstream import Upstream

SUBJECT = "things one"
THINGS = Upstream("anilibria", "ANILIBRIA_URL", subjects=lambda path, params: (f"things {params['id']}",))
ADDRESS = "http://upstream.test/api/thing"


def ask(which="one"):
    return transport.get(THINGS, "/thing", {"id": which}, endpoint="thing", parse=lambda value: value)


@pytest.fixture
def thing(upstream):
    return upstream.get(ADDRESS, [{"json": number} for number in range(1, 9)])


@pytest.fixture
def other(transport_folder):
    """Another process on the same DATA_DIR."""
    other = Process()
    yield other
    other.close()


def test_a_mark_makes_older_copies_stale_and_no_newer_ones(thing):
    ask()
    transport.mark_changed([SUBJECT], time.time())
    answer = ask()
    assert (answer.value, answer.stale) == (2, False)
    assert ask().value == 2
    assert thing.call_count == 2


def test_other_subjects_stay_fresh(thing):
    ask()
    transport.mark_changed(["things two"], time.time())
    assert ask().value == 1


def test_what_was_asked_after_the_change_is_no_older_than_it(thing):
    before = time.time()
    ask()
    transport.mark_changed([SUBJECT], before)
    assert ask().value == 1


def test_another_process_knows_in_a_moment(other, thing):
    at = time.time()
    transport.mark_changed([SUBJECT], at)
    time.sleep(marks.LOOK_SECONDS)
    assert other.marks.moments() == {SUBJECT: at}


def test_an_older_mark_replaces_no_newer_one(transport_folder):
    transport.mark_changed([SUBJECT], 200.0)
    transport.mark_changed([SUBJECT], 100.0)
    assert transport.changes() == {SUBJECT: 200.0}


def test_only_the_latest_marks_are_kept(transport_folder):
    for number in range(marks.MOST // 100 + 2):
        transport.mark_changed([f"{number} {place}" for place in range(100)], float(number))
    assert len(transport.changes()) == marks.MOST
    assert min(transport.changes().values()) == 2.0


@pytest.mark.parametrize("content", ["", "[]", '{"a": "x"}', "\0"])
def test_a_spoilt_file_is_one_without_marks(transport_folder, settings, content):
    path = settings.DATA_DIR / "upstream" / "marks.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(content)
    assert transport.changes() == {}
    transport.mark_changed([SUBJECT], 100.0)
    assert transport.changes() == {SUBJECT: 100.0}


def test_a_folder_that_cannot_be_written_marks_nothing_and_raises_nothing(transport_folder, settings, tmp_path):
    (tmp_path / "upstream").write_text("no folder")
    process = marks.FileMarks(tmp_path / "upstream" / "marks.json")
    process.put([SUBJECT], 1.0)
    assert process.moments() == {}


def test_the_subjects_of_what_was_asked_come_together(thing):
    with transport.noting_subjects() as subjects:
        ask()
        ask("two")
    assert subjects == {SUBJECT, "things two"}


# Renewals


def test_a_renewal_asks_for_what_is_due_although_it_is_fresh(thing):
    ask()
    with transport.renewing(transport.older_than(time.time())) as renewal:
        ask()
        assert renewal.settle(3)
    assert thing.call_count == 2
    assert ask().value == 2


def test_a_renewal_leaves_alone_what_is_not_due(thing):
    ask()
    with transport.renewing(transport.past_share(0.5)) as renewal:
        ask()
        assert renewal.settle(3)
    assert thing.call_count == 1
    assert renewal.expires == pytest.approx(time.time() + 60, abs=5)


def test_a_share_of_a_lifetime_passes(thing, aged):
    ask()
    with aged(31), transport.renewing(transport.past_share(0.5)) as renewal:
        ask()
        assert renewal.settle(3)
    assert thing.call_count == 2


def test_a_renewal_that_fails_says_so_and_keeps_the_copy(upstream):
    upstream.get(ADDRESS, [{"json": 1}, {"status_code": 503}])
    ask()
    with transport.renewing(transport.older_than(time.time())) as renewal:
        ask()
        assert not renewal.settle(3)
    assert (ask().value, ask().stale) == (1, False)


def test_a_renewal_asks_nothing_of_an_upstream_that_is_left_alone(upstream, settings):
    settings.UPSTREAM_BREAKER_FAILURES = 1
    failing = upstream.get(ADDRESS, [{"json": 1}, {"status_code": 503}])
    ask()
    for _ in range(3):
        with transport.renewing(transport.older_than(time.time())) as renewal:
            ask()
            assert not renewal.settle(3)
    assert failing.call_count == 2

"""A visitor's list: its file, read strictly as a whole and entry by entry, and two lists made one."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.domain.lists import (
    STATES,
    Entry,
    Listed,
    Unreadable,
    known,
    merged,
    read,
    read_entry,
    written,
)
from catalog.domain.titles import EpisodeRange, Player, Title

TITLE = {"kind": "title", "subject": "8500", "heart": True, "state": "", "seen": None, "added": 1, "changed": 2}


def file(*entries: object, **changes: object) -> bytes:
    return json.dumps({"version": 1, "kind": "animesite-list", "entries": list(entries)} | changes).encode()


def test_a_list_survives_its_file():
    entries = (
        Entry(kind="title", subject="8500", state="watching", seen=2.5, added=1, changed=3),
        Entry(kind="loop", subject="591446445f6e5e51d937e118", heart=True, added=1, changed=2),
        Entry(kind="video", subject="5YvxWOxcRa", heart=True, added=1, changed=1),
    )
    assert read(json.dumps(written(entries)).encode()).entries == entries


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "json"),
        (b"\xff\xfe", "json"),
        (b"{", "json"),
        (b"[" * 100_000, "json"),
        (b"[]", "kind"),
        (b"null", "kind"),
        (file(kind="animesite-history"), "kind"),
        (file(version=2), "version"),
        (file(version=True), "version"),
        (file(version="1"), "version"),
        (file(entries={}), "entries"),
        (file(*[TITLE] * 5001), "many"),
        (b" " * 1_000_001, "bytes"),
    ],
)
def test_what_is_no_list_says_why(content, reason):
    with pytest.raises(Unreadable) as refusal:
        read(content)
    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"kind": "series"}, "kind"),
        ({"kind": ["title"]}, "kind"),
        ({"subject": 8500}, "subject"),
        ({"subject": "08500"}, "subject"),
        ({"subject": "٣"}, "subject"),
        ({"subject": "1" * 10}, "subject"),
        ({"kind": "loop", "subject": "591446445F6E5E51D937E118"}, "subject"),
        ({"kind": "video", "subject": "00abc"}, "subject"),
        ({"heart": 1}, "heart"),
        ({"state": "seen"}, "state"),
        ({"state": None}, "state"),
        ({"state": ["watching"]}, "state"),
        ({"kind": "video", "subject": "5YvxWOxcRa", "state": "watched"}, "state"),
        ({"heart": False}, "nothing"),
        ({"seen": "2"}, "seen"),
        ({"seen": True}, "seen"),
        ({"seen": -1_000_001}, "seen"),
        ({"seen": float("nan")}, "seen"),
        ({"seen": float("inf")}, "seen"),
        ({"added": None}, "added"),
        ({"changed": 10**30}, "changed"),
        ({"changed": "now"}, "changed"),
    ],
)
def test_a_bad_entry_is_named_and_left_out(changes, reason):
    found = read(file(TITLE, TITLE | {"subject": "9000"} | changes, TITLE | {"subject": "9760"}))
    assert [entry.subject for entry in found.entries] == ["8500", "9760"]
    assert found.refused == ((1, reason),)


def test_what_claims_to_come_from_the_future_comes_from_now(time_machine):
    time_machine.move_to(1795165200, tick=False)
    [found] = read(file(TITLE | {"added": 2**33, "changed": 1795165200.5})).entries
    assert (found.added, found.changed) == (1795165200, 1795165200)


@pytest.mark.parametrize("nothing", [None, 1, "title", [], ["kind"]])
def test_what_is_no_object_is_no_entry(nothing):
    assert read(file(nothing)).refused == ((0, "object"),)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=4))
def test_nothing_in_a_field_breaks_an_entry(anything):
    for name in TITLE:
        found = read(file(TITLE | {name: anything}))
        assert len(found.entries) + len(found.refused) == 1


def test_of_the_same_thing_the_later_change_counts():
    old = Entry(kind="title", subject="1", heart=True, changed=5)
    new = Entry(kind="title", subject="1", state="dropped", changed=6)
    other = Entry(kind="title", subject="2", heart=True, changed=9)
    assert merged([old], [new, other]) == merged([other, new], [old]) == (other, new)


def test_of_two_alike_the_first_counts():
    mine = Entry(kind="title", subject="1", heart=True, changed=5)
    assert merged([mine], [Entry(kind="title", subject="1", state="planned", changed=5)]) == (mine,)


@pytest.mark.parametrize(
    ("earlier", "later", "seen"), [(5, 3, 5), (3, 5, 5), (None, 3, 3), (3, None, 3), (None, None, None)]
)
def test_what_was_seen_stays_seen_whatever_was_changed_later(earlier, later, seen):
    old = Entry(kind="title", subject="1", state="watching", seen=earlier, changed=5)
    new = Entry(kind="title", subject="1", state="dropped", seen=later, changed=6)
    for lists in ([[old], [new]], [[new], [old]]):
        assert [(one.state, one.seen, one.changed) for one in merged(*lists)] == [("dropped", seen, 6)]


def test_a_prologue_numbered_below_the_first_episode_leaves_all_of_them_new():
    assert read_entry(TITLE | {"seen": -1}).seen == 0


@pytest.mark.parametrize(
    ("last", "seen", "state", "new"),
    [(12, 10, "watching", 2), (12.5, 12, "", 1), (12, 12, "", 0), (11, 12, "", 0), (12, None, "", 0),
     (None, 2, "", 0), (12, 1, "dropped", 0)],
)  # fmt: skip
def test_what_came_out_since_the_last_visit_is_new(last, seen, state, new):
    assert _listed(EpisodeRange(last=last), seen, state).new == new


@pytest.mark.parametrize(
    ("first", "last", "seen", "new"),
    [(13, 13, 0, 1), (13, 24, 0, 12), (13, 24, 14, 10), (12.5, 13, 0, 1), (0, 2, 0, 2), (1, 2, 0, 2), (-1, 2, 0, 2)],
)
def test_a_season_that_goes_on_counting_has_no_more_episodes_than_its_own(first, last, seen, new):
    assert _listed(EpisodeRange(first=first, last=last), seen).new == new


@pytest.mark.parametrize(("last", "seen"), [(12, 12), (None, 0), (-1, 0)])
def test_what_there_is_to_see_of_a_title_is_no_less_than_nothing(last, seen):
    assert _listed(EpisodeRange(last=last), None).seen == seen


def _listed(episodes: EpisodeRange, seen: float | None, state: str = "") -> Listed:
    entry = Entry(kind="title", subject="1", heart=True, seen=seen, state=state)
    return Listed(entry=entry, item=Title(id=1, code="a", player=Player(range=episodes)))


def test_only_titles_loops_and_videos_can_be_listed():
    assert known("title", "1")
    assert not known("series", "591446445f6e5e51d937e118")
    assert not known("title", "")
    assert len(STATES) == 4

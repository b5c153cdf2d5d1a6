"""Reading JSON that may be anything."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.services.errors import UpstreamBadData
from catalog.services.payload import each, mapping, moment, number, text, texts, whole

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("абв\n", "абв\n"), ("", None), (None, None), (13, "13"), (12.5, "12.5"), (True, None), ([], None), ({}, None)],
)
def test_text(value, expected):
    assert text(value) == expected


def test_a_lone_surrogate_does_not_reach_a_page():
    value = text(json.loads('"one \\ud83d two \\ud83d\\ude00"'))
    assert value == "one \N{REPLACEMENT CHARACTER} two \N{GRINNING FACE}"
    assert value.encode()


def test_a_null_character_does_not_reach_a_database():
    assert text("one\0two") == "onetwo"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (13, 13),
        ("13", 13),
        (13.0, 13),
        (13.5, None),
        ("Фильм", None),
        ("", None),
        (True, None),
        (None, None),
        (float("nan"), None),
        (float("inf"), None),
        ("107099161459215690", 107099161459215690),
    ],
)
def test_whole(value, expected):
    assert whole(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.75, 0.75), ("1.5", 1.5), (2, 2.0), ("x", None), (False, None), (None, None), ("nan", None), (10**400, None)],
)
def test_number(value, expected):
    assert number(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2017-09-05T01:00:26.913Z", datetime(2017, 9, 5, 1, 0, 26, 913000, UTC)),
        ("2025-01-18T03:15:42+03:00", datetime(2025, 1, 18, 0, 15, 42, tzinfo=UTC)),
        ("2025-01-18T00:15:42", datetime(2025, 1, 18, 0, 15, 42, tzinfo=UTC)),
        ("0001-01-01T00:00:00+03:00", None),
        ("yesterday", None),
        (1737159342, None),
        (None, None),
    ],
)
def test_moment(value, expected):
    assert moment(value) == expected


@given(ANYTHING)
def test_nothing_makes_a_reader_fail(value):
    for read in (text, whole, number, moment, mapping, texts):
        read(value)


def test_one_bad_entry_drops_itself_and_says_so(caplog):
    assert each([{"n": 1}, {}, None, {"n": 2}], lambda entry: entry["n"], upstream="somewhere") == (1, 2)
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING"]
    assert "somewhere" in caplog.text


def test_bad_data_inside_an_entry_drops_it():
    def parse(entry):
        raise UpstreamBadData("somewhere", "entry")

    assert each([1], parse, upstream="somewhere") == ()


@pytest.mark.parametrize("entries", [None, {}, "abc", 5])
def test_what_is_no_list_fails_as_a_whole(entries):
    with pytest.raises(TypeError):
        each(entries, lambda entry: entry, upstream="somewhere")

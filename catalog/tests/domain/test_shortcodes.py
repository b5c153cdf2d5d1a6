"""A video's number and the shortcode in its page's address are the same thing, written differently."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.domain.videos import shortcode, video_id


@pytest.mark.parametrize(
    ("number", "code"),
    [("107099161459215690", "5YvxWOxcRa"), ("0", "0"), ("63", "_"), ("64", "10"), (str(2**60 - 1), "_" * 10)],
)
def test_they_turn_into_each_other(number, code):
    assert shortcode(number) == code
    assert video_id(code) == number


@given(st.integers(min_value=0, max_value=2**60 - 1))
def test_no_number_is_lost(number):
    assert video_id(shortcode(str(number))) == str(number)


@pytest.mark.parametrize("code", ["", "0" * 11, "abc def", "abc+", "жж", "a/b"])
def test_what_is_not_a_shortcode_is_refused(code):
    with pytest.raises(ValueError, match="not a shortcode"):
        video_id(code)


@pytest.mark.parametrize("number", ["", "-1", "1.5", "abc", "१२"])
def test_what_is_not_a_number_is_refused(number):
    with pytest.raises(ValueError, match="not a video's number"):
        shortcode(number)

from __future__ import annotations

import re

import pytest

from catalog.art.ink import INK, PAPER, Rnd, contrast, halftone, n


def test_the_stream_is_the_same_on_every_machine():
    stream = Rnd("seed")
    assert [round(stream(), 9) for _ in range(3)] == [0.507396354, 0.592832434, 0.453415881]


def test_choices_stay_within_what_is_offered():
    stream = Rnd("within")
    assert {stream.of("abc") for _ in range(100)} == set("abc")
    assert all(-5 <= stream.span(-5, 3) < 3 for _ in range(100))


@pytest.mark.parametrize(
    ("value", "written"), [(7, "7"), (7.0, "7"), (100.0, "100"), (0.04, "0"), (1.25, "1.2"), (-3.5, "-3.5")]
)
def test_coordinates_are_written_short(value, written):
    assert n(value) == written


def test_halftone_dots_grow_down_and_too_small_ones_are_left_out():
    drawn = halftone(0, 0, 100, 100, INK, step=10, grow=(0, 1))
    widths = [float(width) for width in re.findall(r'stroke-width="([\d.]+)"', drawn)]
    assert widths == sorted(widths)
    assert widths[0] >= 0.6
    assert widths[-1] == pytest.approx(9.8)
    assert drawn.count("<path") == 19  # of 21 rows


def test_contrast_is_the_one_of_wcag():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert contrast(INK, PAPER) == contrast(PAPER, INK) > 7

"""searchTitles: its filters, and finding what is misspelt."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def ids(titles: Iterable[dict[str, Any]]) -> list[int]:
    return [title["id"] for title in titles]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Песня моря", [1]),
        ("песня", [1]),
        ("песнь мора", [1]),
        ("umi uta", [1]),
        ("natsunomori", [3]),
        ("Natsu-no Mori", [3]),
        ("елки", [3]),
        ("Волны", [1]),
        ("берег валны", [1]),
        ("воскр", [4]),
        ("лес июле другое", [3]),
        ("песня,воскресенье", [1, 4]),
        ("лес волны", []),
        ("совсем другое", []),
        ("", []),
        ("!?", []),
    ],
)
def test_names_and_descriptions_are_searched_with_tolerance(api, text, found):
    assert ids(api.json("searchTitles", search=text)) == found


def test_the_likeliest_stands_first_and_pages_follow(api):
    assert ids(api.json("searchTitles", search="поход", limit=1)) == [3]
    assert ids(api.json("searchTitles", search="поход", after=1)) == [4]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"year": "2020"}, [4, 1]),
        ({"year": "2019,2020"}, [3, 4, 1]),
        ({"season_code": "2,3"}, [3, 1]),
        ({"genres": "музыка"}, [3, 1]),
        ({"genres": "Драма,ёкаи"}, [3, 4, 1]),
        ({"voice": "kari,Nobody"}, [1]),
        ({"voice": "Silv", "timing": "Anku"}, [1]),
        ({"translator": "Kari"}, []),
        ({"editing": "Kari"}, []),
        ({"decor": "Kari"}, []),
        ({"year": "2020", "genres": "драма", "season_code": "1"}, [4]),
        ({"year": "2020", "search": "песня"}, [1]),
        ({"year": "2019", "search": "песня"}, []),
        ({}, [3, 4, 1, 2]),
    ],
)
def test_filters_are_all_to_be_met_by_any_of_their_values(api, filters, found):
    assert ids(api.json("searchTitles", **filters)) == found

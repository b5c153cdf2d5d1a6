from __future__ import annotations

import pytest
from django.http import QueryDict

from catalog.domain.titles import Team
from catalog.forms import CatalogForm
from catalog.services.index import Wanted


def form(query: str) -> CatalogForm:
    return CatalogForm(QueryDict(query))


def test_every_field_has_something_usable():
    values = form("page=x&year=a&q=%00").values
    assert values == {
        "page": 1,
        "q": "",
        "year": [],
        "season": [],
        "genre": [],
        "voice": [],
        "translator": [],
        "editing": [],
        "decor": [],
        "timing": [],
        "year_from": None,
        "year_to": None,
        "genres": "all",
        "type": [],
        "status": [],
        "weekday": [],
        "letter": [],
        "sort": "",
    }


def test_repeated_and_empty_values_count_once_and_not_at_all():
    assert form("genre=a&genre=a&genre=&genre=b").values["genre"] == ["a", "b"]


def test_a_comma_cannot_smuggle_a_second_value():
    subject = form("genre=a,b")
    assert subject.values["genre"] == []
    assert subject.ignored == [("Genre", "a,b")]


def test_learning_keeps_what_is_known_and_names_the_rest():
    subject = form("year=2019&year=1871&voice=Kari&voice=Nobody&genre=x")
    assert subject.values["year"] == ["2019", "1871"]
    assert subject.learn([2019, 2024], None, Team(voice=("Kari",)))
    assert subject.values["year"] == ["2019"]
    assert subject.values["voice"] == ["Kari"]
    assert subject.values["genre"] == ["x"]
    assert sorted(subject.ignored) == [("Voice", "Nobody"), ("Year", "1871")]


def test_learning_what_everything_asked_for_fits_changes_nothing():
    assert not form("year=2019&genre=x").learn([2019], ["x"], Team())


def test_the_newest_year_is_offered_first():
    subject = form("")
    subject.learn([2019, 2024], None, None)
    assert [box.data["value"] for box in subject["year"]] == ["2024", "2019"]


def test_a_link_holds_only_what_was_understood():
    subject = form("q=a b&year=2019&season=9&utm_source=x&page=3")
    assert subject.query() == "?page=3&q=a+b&year=2019"
    assert subject.first_page == "?q=a+b&year=2019"
    assert subject.without_filters == "?q=a+b"


def test_two_forms_learn_apart():
    one, other = form("genre=x"), form("genre=x")
    one.learn(None, ["y"], None)
    assert one.values["genre"] == []
    assert other.values["genre"] == ["x"]


@pytest.mark.parametrize(
    ("query", "ignored"),
    [
        ("type=6", [("Type", "6")]),
        ("status=0&status=4", [("Status", "0")]),
        ("weekday=7", [("Weekday", "7")]),
        ("genres=both", [("Genres", "both")]),
        ("sort=best", [("Order", "best")]),
        ("letter=ё", [("Letter", "ё")]),
        ("year_from=1066", [("From the year", "1066")]),
        ("year_from=2020&year_to=2010", [("From the year", "2020"), ("To the year", "2010")]),
    ],
)
def test_what_no_title_can_have_is_named(query, ignored):
    assert form(query).query() in {"./", "?status=4"}
    subject = form(query)
    assert subject.values
    assert subject.ignored == ignored


def test_without_an_index_some_filters_are_not_to_be_had_yet():
    subject = form("q=x&type=1&type=2&sort=name&year_from=2010&genres=any&genre=a&page=2")
    subject.postpone()
    assert subject.query() == "?page=2&q=x&genre=a"
    assert sorted(subject.postponed) == [
        ("From the year", "2010"),
        ("Genres", "any"),
        ("Order", "name"),
        ("Type", "1"),
        ("Type", "2"),
    ]


def test_what_the_index_is_asked_for():
    wanted = form("q=x&genre=a&genre=b&genres=any&year=2019&year_from=2021&sort=popular&weekday=0").wanted()
    assert wanted == Wanted(
        text="x",
        picks=(("year", ("2019",)), ("genre", ("a", "b")), ("weekday", ("0",))),
        years=(2021, None),
        all_genres=False,
        order="popular",
    )


def test_every_filter_can_be_taken_off_alone():
    chips = {(chip.name, chip.value): chip.without for chip in form("genre=a&genre=b&year_to=2020&page=3").picked}
    assert chips == {
        ("genre", "a"): "?year_to=2020&genre=b",
        ("genre", "b"): "?year_to=2020&genre=a",
        ("year_to", "2020"): "?genre=a&genre=b",
    }

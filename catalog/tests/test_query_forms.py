from __future__ import annotations

from django.http import QueryDict

from catalog.domain.titles import Team
from catalog.forms import CatalogForm


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
    assert [value for value, _ in subject["year"].field.choices] == ["2024", "2019"]


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

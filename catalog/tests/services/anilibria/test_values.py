"""How single values are read, seen through a title."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from catalog.domain.titles import Blocked, Description, Names, Team
from catalog.services.anilibria import parse_title
from catalog.tests.services.anilibria.samples import title_payload


@pytest.mark.parametrize("sent", ["not base64!", "aGk", "a" * 5, 7, [], "", None])
def test_a_raw_file_that_is_not_base64_is_none(sent):
    assert parse_title(title_payload(poster={"raw_base64_file": sent})).poster.raw is None


def test_a_raw_file_may_be_wrapped_in_lines():
    assert parse_title(title_payload(poster={"raw_base64_file": "aGVs\r\nbG8=\n"})).poster.raw == b"hello"


def test_text_is_trimmed_and_unescaped():
    title = parse_title(
        title_payload(
            names={"ru": " Акиба\u0000 ", "en": "Akiba&#039;s Trip &amp; More", "alternative": "&nbsp;"},
            announce="Готово!<br>Скоро<BR />\r\nещё",
            description="Один\r\nДва\rТри &quot;четыре&quot; <b>пять</b>",
        )
    )

    assert title.names == Names(ru="Акиба", en="Akiba's Trip & More")
    assert title.announce == "Готово!\nСкоро\nещё"
    assert title.description.plain == 'Один\nДва\nТри "четыре" <b>пять</b>'


def test_lone_surrogates_cannot_reach_a_page():
    name = parse_title(title_payload(names={"ru": "a\ud800b"})).names.ru

    assert name is not None
    name.encode()


def test_a_name_that_is_a_number():
    assert parse_title(title_payload(names={"ru": 86, "en": True})).names == Names(ru="86")


@pytest.mark.parametrize("form", ["plain", "html", "no_view_order"])
def test_a_description_stands_under_the_form_asked_for(form):
    title = parse_title(title_payload(description="a &lt; b<br>c"), description=form)

    expected = "a &lt; b<br>c" if form == "html" else "a < b\nc"
    assert title.description == Description(**{form: expected})


def test_a_description_in_all_forms():
    forms = {"html": "<i>a</i>", "plain": "a\r\nb", "no_view_order": "c"}

    assert parse_title(title_payload(description=forms)).description == Description(
        html="<i>a</i>", plain="a\nb", no_view_order="c"
    )


@pytest.mark.parametrize("sent", ["", "  \r\n", None, [], {}])
def test_no_description(sent):
    assert parse_title(title_payload(description=sent)).description == Description()


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (0, None),
        ("0", None),
        (-2482251, None),
        (None, None),
        ("", None),
        (10**12, None),
        (float("inf"), None),
        ("1585249972", datetime(2020, 3, 26, 19, 12, 52, tzinfo=UTC)),
        (1585249972.9, datetime(2020, 3, 26, 19, 12, 52, tzinfo=UTC)),
    ],
)
def test_moments(sent, expected):
    assert parse_title(title_payload(updated=sent)).updated_at == expected


@pytest.mark.parametrize(("sent", "expected"), [("17", 17), (17.0, 17), (-1, 0), (None, 0), (10**400, 0), ("many", 0)])
def test_counts(sent, expected):
    assert parse_title(title_payload(in_favorites=sent)).in_favourites == expected


@pytest.mark.parametrize(("sent", "expected"), [(1, True), ("0", False), ("true", True), (None, False), ([], False)])
def test_flags(sent, expected):
    assert parse_title(title_payload(blocked={"blocked": sent})).blocked == Blocked(in_russia=expected)


def test_arrays_may_arrive_keyed_by_position():
    title = parse_title(
        title_payload(genres={"0": "экшен", "1": "магия"}, team={"voice": {"0": "Silv"}, "decor": {"lead": "Teplo"}})
    )

    assert title.genres == ("экшен", "магия")
    assert title.team == Team(voice=("Silv",))


def test_what_is_no_text_in_a_list_is_left_out():
    assert parse_title(title_payload(genres=["экшен", None, "", {}, " магия "])).genres == ("экшен", "магия")

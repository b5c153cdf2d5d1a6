from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import override

from catalog.domain.titles import EpisodeRange, Player, Season, Status, Title, TitleType
from catalog.templatetags import catalog as tags


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["On air", "Film", "Winter", "Sunday"]), ("ru", ["В эфире", "Фильм", "Зима", "Воскресенье"])],
)
def test_numbered_facts_are_in_the_readers_language(language, words):
    with override(language):
        assert [
            tags.status_name(Status(code=1, text="В работе")),
            tags.type_name(TitleType(code=0, text="Movie")),
            tags.season_name(Season(code=1)),
            tags.weekday_name(6),
        ] == words


def test_an_unknown_number_shows_the_upstreams_word_as_text_of_its_language():
    assert tags.status_name(Status(code=9, text="<b>")) == '<span lang="ru">&lt;b&gt;</span>'
    assert tags.status_name(Status()) == ""


@pytest.mark.parametrize(
    ("value", "shown"), [(12, "12"), (12.0, "12"), (12.5, "12.5"), (0, "0"), (-1, "-1"), (None, "")]
)
def test_ordinals(value, shown):
    assert tags.number(value) == shown


def test_ordinals_in_russian():
    with override("ru"):
        assert tags.number(12.5) == "12,5"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (54, "0:54"),
        (1490, "24:50"),
        (3731, "1:02:11"),
        (90.4, "1:30"),
        (timedelta(minutes=22, seconds=47, milliseconds=783), "22:47.783"),
        (timedelta(hours=1), "1:00:00"),
        (None, ""),
    ],
)
def test_clock(value, shown):
    assert tags.clock(value) == shown


@pytest.mark.parametrize(
    ("seconds", "english", "russian"),
    [
        (5, "less than a minute", "меньше минуты"),
        (60, "1\xa0minute", "1\xa0минута"),
        (720, "12\xa0minutes", "12\xa0минут"),
        (180, "3\xa0minutes", "3\xa0минуты"),
        (86400 + 7200, "1\xa0day, 2\xa0hours", "1\xa0день, 2\xa0часа"),
    ],
)
def test_age(seconds, english, russian):
    assert tags.age(seconds) == english
    with override("ru"):
        assert tags.age(seconds) == russian


def test_moments_are_moscows():
    moment = datetime(2026, 11, 20, 22, 30, tzinfo=UTC)
    assert tags.moment(moment) == '<time datetime="2026-11-21T01:30:00+03:00">21 November 2026, 01:30</time>'
    assert tags.moment(None) == ""


def test_today_shows_the_hour_and_any_other_day_the_day():
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert ">12:00<" in tags.recent(now - timedelta(hours=3), now)
    assert ">19 November<" in tags.recent(now - timedelta(days=1), now)
    assert tags.recent(None, now) == ""


@pytest.mark.parametrize(
    ("status", "last", "total", "shown"),
    [
        (1, 7, 12, "Ep. 7 of 12, on air"),
        (1, 7, None, "Ep. 7, on air"),
        (1, 13, 12, "Ep. 13, on air"),
        (1, None, 12, "TV, 12 ep., 2024"),
        (2, 12, 12, "TV, 12 ep., 2024"),
        (2, None, None, "TV, 2024"),
    ],
)
def test_the_line_below_a_card(status, last, total, shown):
    title = Title(
        id=1,
        code="x",
        status=Status(code=status),
        type=TitleType(code=1, episodes=total),
        season=Season(year=2024),
        player=Player(range=EpisodeRange(last=last)),
    )
    assert tags.title_meta(title) == shown


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Семь смертных грехов", 8), ("", 8), ("½", 1), ("начальница-волшебница — 2", 11), ("  ", 8), ("слово " * 30, 30)],
)
def test_what_sizes_the_giant_name(name, letters):
    assert tags.letters_a_line(name) == letters

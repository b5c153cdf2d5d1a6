from __future__ import annotations

import pytest

from catalog.domain.titles import Names, Team
from catalog.services import index
from catalog.services.similar import around
from catalog.tests.factories import TitleFactory, TitleRowFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _new_process():
    index.forget()
    yield
    index.forget()


def row(title_id: int, name: str, genres: tuple[str, ...], voice: tuple[str, ...] = ()) -> None:
    TitleRowFactory(id=title_id, names=Names(ru=name), genres=genres, team=Team(voice=voice))


def names(titles) -> list[str]:
    return [title.name for title in titles]


def test_without_an_index_there_is_nothing():
    assert around(TitleFactory.build(), 7) == ((), None, None)


def test_titles_that_share_genres_and_voices_are_alike_the_rare_ones_most():
    row(1, "Этот", ("экшен", "магия", "драма"), ("Kari",))
    row(2, "Те же люди", ("экшен", "драма"), ("Kari",))
    row(3, "Редкий жанр", ("экшен", "магия"))
    row(4, "Частые жанры", ("экшен", "драма"))
    row(5, "Один жанр", ("экшен",), ("Kari",))
    row(6, "Другое", ("комедия",))
    title = TitleFactory.build(id=1, genres=("экшен", "магия", "драма"), team=Team(voice=("Kari",)))
    assert names(around(title, 7).similar) == ["Те же люди", "Редкий жанр", "Частые жанры"]
    assert names(around(title, 1).similar) == ["Те же люди"]


def test_a_title_of_one_genre_is_like_others_of_it():
    row(1, "Этот", ("спорт",))
    row(2, "Другой", ("спорт", "драма"))
    assert names(around(TitleFactory.build(id=1, genres=("спорт",), team=Team()), 7).similar) == ["Другой"]


def test_neighbours_are_those_by_name():
    for place, name in enumerate(("Вишня", "«Арбуз»", "Ёж", "Банан")):
        row(place + 1, name, ())
    middle = around(TitleFactory.build(id=4), 7)
    assert (middle.before and middle.before.name, middle.after and middle.after.name) == ("«Арбуз»", "Вишня")
    assert around(TitleFactory.build(id=2), 7).before is None
    assert around(TitleFactory.build(id=3), 7).after is None
    assert around(TitleFactory.build(id=99), 7)[1:] == (None, None)

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.services.search import EXACT, Engine, marked
from catalog.services.search.engine import ALIKE
from catalog.services.search.intentions import intentions
from catalog.services.search.spelling import sounds

NAMES = {
    1: ("Наруто", "Naruto"),
    2: ("Наруто: Ураганные хроники", "Naruto Shippuuden"),
    3: ("Семь смертных грехов", "Nanatsu no Taizai", "The Seven Deadly Sins"),
    4: ("Блич", "Bleach"),
    5: ("Ёжик и туман", "Hedgehog"),
    6: ("Что-то: Наника", "Nanika"),
    7: ("Дзюдзюцу кайсэн", "Jujutsu Kaisen"),
    8: ("Врата Штейна", "Steins;Gate"),
    9: ("Токийский гуль", "Tokyo Ghoul"),
    10: ("Покемон", "Pokémon"),
    11: ("86", "Eighty Six"),
    12: ("Ранма ½", "Ranma ½"),
    13: ("НE! Пожиратель душ", "Soul Eater Not!"),
    14: ("Тетрадь смерти", "Death Note"),
    15: ("Сэйлор Мун", "Bishoujo Senshi Sailor Moon"),
}


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.of(NAMES)


def found(engine: Engine, query: str) -> list[int]:
    return [hit.title_id for hit in engine.find(query, 10)]


@pytest.mark.parametrize(
    ("query", "title_id"),
    [
        ("Наруто", 1),
        ("naruto", 1),
        ("nanatsu", 3),
        ("нанацу но тайдзай", 3),
        ("yfhenj", 1),  # Russian on English keys
        ("тфкгещ", 1),  # and the other way round
        (",kbx", 4),  # the comma is a letter there
        ("`;br", 5),
        ("yfhenl", 1),  # on the wrong keys and with a slip
        ("ежик", 5),
        ("ёжик", 5),
        ("Нaрутo", 1),  # with a Latin a and o
        ("Блuч", 4),
        ("nani ka", 6),
        ("Nanika", 6),
        ("штейнс гейт", 8),
        ("gate steins", 8),
        ("гуль токийский", 9),
        ("jujutsu", 7),
        ("dzyudzyutsu kaisen", 7),
        ("zhuzhutsu kaizen", 7),
        ("tokio gul", 9),
        ("pokemon", 10),
        ("покимон", 10),
        ("86", 11),
        ("ranma", 12),
        ("не пожиратель душ", 13),
        ("тетрад смерти", 14),
        ("смерти тетрадь", 14),
        ("deth note", 14),
        ("seilor moon", 15),
        ("семь сметрных гехов", 3),
        ("seven deadly", 3),
        ("shipuden", 2),
    ],
)
def test_finds_what_was_meant(engine, query, title_id):
    assert found(engine, query)[:1] == [title_id]


def test_exact_names_then_beginnings_then_likenesses(engine):
    hits = engine.find("наруто", 10)
    assert [hit.title_id for hit in hits[:2]] == [1, 2]
    assert hits[0].rank == EXACT
    assert all(hits[place].rank >= hits[place + 1].rank for place in range(len(hits) - 1))


def test_the_beginning_of_a_word_is_enough(engine):
    assert found(engine, "н")[0] in {1, 2, 6}
    assert set(found(engine, "на")) >= {1, 2, 6}
    assert found(engine, "тетр")[0] == 14


def test_a_whole_word_comes_before_the_beginning_of_one():
    engine = Engine.of({1: ("Семицветный отряд",), 2: ("Семь смертных грехов",), 3: ("Рыцарь на семь секунд",)})
    assert [hit.title_id for hit in engine.find("семь", 3)] == [2, 1, 3]


def test_equals_stand_by_popularity():
    engine = Engine.of({2: ("Море зимой",), 1: ("Море летом",)})
    assert found(engine, "море") == [2, 1]


@pytest.mark.parametrize("query", ["", "   ", "!!!", "\x00", "zqxwvkj", "的"])
def test_what_is_nothing_finds_nothing(engine, query):
    assert found(engine, query) == []


class TestChanges:
    def test_a_new_title_is_found(self):
        engine = Engine.of(NAMES)
        engine.add(99, ("Совершенно новое", "Atarashii"))
        assert found(engine, "atarashi")[0] == 99
        assert len(engine) == len(NAMES) + 1

    def test_another_name_replaces_the_old(self):
        engine = Engine.of(NAMES)
        engine.add(4, ("Отбеливатель",))
        assert 4 not in found(engine, "bleach")
        assert found(engine, "отбеливатель") == [4]
        assert engine.wasted > 0

    def test_a_removed_title_is_not(self):
        engine = Engine.of(NAMES)
        engine.remove(1)
        assert 1 not in found(engine, "naruto")


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_searched_and_marked(query):
    engine = Engine.of(NAMES)
    hits = engine.find(query, 5)
    assert len(hits) <= 5
    assert all(hit.rank >= ALIKE for hit in hits)
    assert "".join(span.text for span in marked("Наруто: Naruto", query)) == "Наруто: Naruto"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Синдзи", "Shinji"),
        ("Тихиро", "Chihiro"),
        ("Токио", "Tokyo"),
        ("Дзюдзюцу", "Jujutsu"),
        ("сэнсэй", "sensei"),
        ("Тоторо", "Totoro"),
        ("Akiba's", "Акибас"),
        ("Сёнэн", "Сенен"),
        ("Jousei", "Josei"),
    ],
)
def test_one_sound_in_any_spelling(one, other):
    assert sounds(one) == sounds(other)


@pytest.mark.parametrize(
    ("query", "readings"),
    [
        ("naruto", [["naruto"], ["tfkges"]]),
        ("блич", [["blit"], ["kbks"]]),
        ("сон", [["son"], ["kzi"], ["ko"]]),
        ("123", [["123"]]),
    ],
)
def test_readings(query, readings):
    assert intentions(query) == readings


@pytest.mark.parametrize(
    ("name", "query", "expected"),
    [
        ("Семь смертных грехов", "смерт", ["смерт"]),
        ("Семь смертных грехов", "грехов семь", ["Семь", "грехов"]),
        ("Наруто", "naru", ["Нару"]),
        ("Наруто", "yfhe", ["Нару"]),
        ("Наруто", "нарето", ["Наруто"]),
        ("Steins;Gate", "gate", ["Gate"]),
        ("Ёжик", "еж", ["Ёж"]),
        ("Блич", "наруто", []),
        ("Pokémon", "pokemon", ["Pokémon"]),
    ],
)
def test_marks_what_was_typed(name, query, expected):
    spans = marked(name, query)
    assert "".join(span.text for span in spans) == name
    assert [span.text for span in spans if span.marked] == expected

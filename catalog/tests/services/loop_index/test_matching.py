from __future__ import annotations

import pytest

from catalog.domain.titles import Names, Season
from catalog.models import SeriesRow, TitleRow
from catalog.services import index, loop_index
from catalog.services.loop_index.likeness import SAME_NAME, likeness, of_series, of_title
from catalog.tests.factories import (
    LoopSeriesFactory,
    SeriesRowFactory,
    TitleRowFactory,
    loops_are_indexed,
    next_revision,
)


@pytest.fixture(autouse=True)
def no_copy_in_memory():
    index.forget()
    yield
    index.forget()


EMPTY = {"title_romaji": None, "season": None}


def alike(series: dict[str, str], title: dict[str, str], year: int | None = None, season: int | None = None) -> bool:
    known = of_title(Names(**title), year, season)
    return likeness(of_series(LoopSeriesFactory.build(**EMPTY | series)), known) >= SAME_NAME


SECOND = "Love Live! School Idol Project 2nd Season"


@pytest.mark.parametrize(
    ("series", "title"),
    [
        ({"title_romaji": "Nanatsu no Taizai: Kamigami no Gekirin"}, {"en": "Nanatsu no Taizai - Kamigami no Gekirin"}),
        ({"title_english": "The Seven Deadly Sins"}, {"en": "Seven", "alternative": "The Seven Deadly Sins"}),
        ({"title": "七つの大罪", "title_romaji": "NANATSU NO TAIZAI"}, {"en": "Nanatsu no Taizai"}),
        ({"title_japanese": "蟲師"}, {"en": "Mushi", "alternative": "蟲師"}),
        ({"title_english": "Твоё имя"}, {"ru": "Твоё имя"}),
        ({"title_romaji": SECOND}, {"en": "Love Live! School Idol Project Season 2"}),
        ({"title_romaji": SECOND}, {"en": "Love Live! School Idol Project S2"}),
        ({"title_romaji": SECOND}, {"en": "Love Live! School Idol Project II"}),
        ({"title_romaji": SECOND}, {"en": "Love Live! School Idol Project", "ru": "Живая любовь 2 сезон"}),
        ({"title_japanese": "ラブライブ! 2期", "title_english": "Love Live"}, {"en": "Love Live 2"}),
        ({"title_romaji": "Little Witch Academia (TV)"}, {"en": "Little Witch Academia"}),
        ({"title_romaji": "Shingeki no Kyojin Season 3 Part 2"}, {"en": "Shingeki no Kyojin 3rd Season Part 2"}),
    ],
)
def test_the_same_name_however_it_is_put(series, title):
    assert alike(series, title)


@pytest.mark.parametrize(
    ("series", "title"),
    [
        ({"title_romaji": "Nanatsu no Taizai: Imashime no Fukkatsu"}, {"en": "Nanatsu no Taizai"}),
        ({"title_romaji": "Nanatsu"}, {"en": "Nanatsu no Taizai"}),
        ({"title_romaji": "!!!"}, {"en": "???"}),
        ({"title_romaji": SECOND}, {"en": "Love Live! School Idol Project"}),
        ({"title_romaji": "Love Live! School Idol"}, {"en": SECOND, "alternative": "Love Live! School Idol"}),
        ({"title_romaji": "Mushishi Zoku Shou"}, {"en": "Mushishi"}),
        ({"title_romaji": "Shingeki no Kyojin Season 3 Part 2"}, {"en": "Shingeki no Kyojin 3rd Season"}),
        ({}, {}),
    ],
)  # fmt: skip
def test_other_names_and_other_seasons(series, title):
    assert not alike(series, title)


@pytest.mark.parametrize(
    ("sent", "year", "season", "same"),
    [
        ("2014-4", 2014, 2, True),
        ("2014-4", None, None, True),
        (None, 2014, 2, True),
        ("2014-4", 2013, 2, False),
        ("2014-5", 2014, 2, True),
        ("spring", 2014, 2, True),
        ("2014-99", 2014, 2, True),
    ],
)
def test_years_agree_where_both_are_known(sent, year, season, same):
    assert alike({"title_romaji": "Hyouka", "season": sent}, {"en": "Hyouka"}, year, season) is same


def test_in_another_quarter_only_the_very_name_will_do():
    assert alike({"title_romaji": "Hyouka", "season": "2014-4"}, {"en": "Hyouka"}, 2014, 4)
    almost = {"title_romaji": "Kotonoha no Niwa no Uta", "season": "2014-4"}
    assert alike(almost, {"en": "Kotonoha no Niwa no Utai"}, 2014, 2)
    assert not alike(almost, {"en": "Kotonoha no Niwa no Utai"}, 2014, 4)


@pytest.mark.django_db
class TestMatching:
    @pytest.fixture
    def title(self):
        loops_are_indexed()
        return TitleRowFactory.create(names=Names(en="Hyouka"), season=Season(year=2012, code=2))

    def mapped(self) -> dict[str, int | None]:
        return dict(SeriesRow.objects.values_list("name_romaji", "title_id"))

    def test_finds_the_title_by_its_name(self, title):
        TitleRowFactory.create(names=Names(en="Something else"))
        SeriesRowFactory.create(title_romaji="Hyouka", season="2012-4")
        SeriesRowFactory.create(title_romaji="Unheard of")
        assert loop_index.match() == 1
        assert self.mapped() == {"Hyouka": title.id, "Unheard of": None}

    def test_finds_it_in_spite_of_a_slip(self, title):
        long = TitleRowFactory.create(names=Names(en="Sora yori mo Tooi Basho"), season=Season())
        SeriesRowFactory.create(title_romaji="Sora yorimo Tooi Basho", season="2018-1")
        loop_index.match()
        assert self.mapped() == {"Sora yorimo Tooi Basho": long.id}

    def test_of_two_of_the_same_name_takes_the_one_of_the_season(self, title):
        later = TitleRowFactory.create(names=Names(en="Hyouka"), season=Season(year=2012, code=3))
        SeriesRowFactory.create(title_romaji="Hyouka", season="2012-7")
        loop_index.match()
        assert self.mapped() == {"Hyouka": later.id}

    def test_does_nothing_while_nothing_changed(self, title, django_assert_num_queries):
        SeriesRowFactory.create(title_romaji="Hyouka", season="2012-4")
        loop_index.match()
        with django_assert_num_queries(3):
            assert loop_index.match() == 0

    def test_follows_the_catalogue(self, title):
        SeriesRowFactory.create(title_romaji="Hyouka", season="2012-4")
        loop_index.match()
        TitleRow.objects.filter(pk=title.id).update(name_en="Renamed")
        next_revision()
        index.forget()
        loop_index.match()
        assert self.mapped() == {"Hyouka": None}

    @pytest.mark.parametrize("chosen", [None, 77])
    def test_never_undoes_what_somebody_chose(self, title, chosen):
        SeriesRowFactory.create(
            title_romaji="Hyouka", season="2012-4", row={"title_id": chosen, "title_is_chosen": True}
        )
        loop_index.match(anew=True)
        assert self.mapped() == {"Hyouka": chosen}

    def test_waits_for_the_catalogue(self):
        loops_are_indexed()
        SeriesRowFactory.create(title_romaji="Hyouka", row={"title_id": 5})
        assert loop_index.match() == 0
        assert self.mapped() == {"Hyouka": 5}

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from hashlib import sha256
from xml.etree import ElementTree

import pytest

from catalog.art.compositions import COMPOSITIONS
from catalog.art.genres import SUITABLE, sign_of, suitable_for
from catalog.art.ink import OX, VERM, Rnd
from catalog.art.palettes import PALETTES
from catalog.art.posters import Design, PosterSubject, choose_design, draw_poster, poster_svg, subject_of
from catalog.domain.titles import Names, Season, Title, TitleType

SINS = PosterSubject(
    id=8500,
    code="nanatsu-no-taizai-kamigami-no-gekirin",
    name="Семь смертных грехов: Гнев богов",
    name_en="Nanatsu no Taizai: Kamigami no Gekirin",
    year=2019,
    kind="ТВ",
    genres=("приключения", "фэнтези"),
)
LARGEST_BYTES = 80_000
DRAWN_WITH = {"svg", "g", "path", "rect", "circle", "clipPath"}
AWKWARD = {
    "longest": "Ты знаешь, " + "что это имя не кончается " * 8,
    "one long word": "А" * 207,
    "empty": "",
    "spaces": "   ",
    "japanese": "四月は君の嘘",
    "markup": "<b>\"Жирный\" & 'курсив'</b> ]]> {{ x }}",
    "half": "Ранма ½",
    "emoji": "🎬🍥",
    "mixed": "Кино 🎬 映画 Straße",
    "one letter": "К",
    "digits": "86",
}


def elements(svg: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(svg).iter())


def tag(element: ElementTree.Element) -> str:
    return element.tag.removeprefix("{http://www.w3.org/2000/svg}")


def test_the_same_title_is_drawn_to_the_same_bytes():
    assert poster_svg(SINS) == poster_svg(replace(SINS))


@pytest.mark.parametrize(
    ("code", "digest"),
    [
        ("nanatsu-no-taizai-kamigami-no-gekirin", "a13fe01f545d7f7b"),
        ("mushishi", "3e9d20d6ebcd2385"),
        ("redline", "4f1b8d7a2255ab0f"),
    ],
)
def test_drawings_do_not_change_unnoticed(code, digest):
    """Browsers and stores keep posters for long: a drawing changes only on purpose."""
    svg = poster_svg(replace(SINS, code=code))
    assert sha256(svg.encode()).hexdigest()[:16] == digest


def test_another_code_is_another_poster():
    assert len({poster_svg(replace(SINS, code=f"title-{number}")) for number in range(30)}) == 30


@pytest.mark.parametrize("composition", COMPOSITIONS)
def test_every_composition_draws_in_every_palette_and_layout(composition):
    for number, palette in enumerate(PALETTES * 2):
        svg = draw_poster(SINS, Design(composition, palette), Rnd(f"{composition}{number}"))
        parts = elements(svg)
        assert {tag(part) for part in parts} <= DRAWN_WITH
        assert len(parts) > 10
        assert len(svg) < LARGEST_BYTES
        assert "nan" not in svg
        clips = [part.get("id") for part in parts if tag(part) == "clipPath"]
        assert len(clips) == len(set(clips))
        assert all(f"url(#{clip})" in svg for clip in clips)


def test_every_composition_is_reached_from_some_code():
    reached = Counter(choose_design(Rnd(f"{number}"), ()).composition for number in range(1000))
    assert reached.keys() == COMPOSITIONS.keys()


@pytest.mark.parametrize("genre", SUITABLE)
def test_a_genre_mostly_gets_what_suits_it(genre):
    drawn = [choose_design(Rnd(f"{genre}{number}"), (genre,)).composition for number in range(200)]
    assert sum(composition in SUITABLE[genre] for composition in drawn) > 140
    assert set(drawn) - set(SUITABLE[genre])


def test_the_first_known_genre_counts_however_it_is_spelt():
    assert suitable_for(("исекай", "Ужасы", "спорт")) == SUITABLE["ужасы"]
    assert sign_of(("исекай", "Ужасы")) == "怖"
    assert suitable_for(("исекай",)) == ()
    assert sign_of(()) == "星"


def test_every_suitable_composition_exists():
    assert {name for names in SUITABLE.values() for name in names} <= COMPOSITIONS.keys()


@pytest.mark.parametrize("composition", ["rays", "eye"])
def test_a_sunburst_is_never_red(composition):
    genre = next(genre for genre, names in SUITABLE.items() if composition in names)
    designs = [choose_design(Rnd(f"{composition}{number}"), (genre,)) for number in range(3000)]
    bursts = [design.palette for design in designs if design.composition == composition]
    assert len(bursts) > 300
    for palette in bursts:
        assert not {palette.ground, palette.primary} & {VERM, OX}


@pytest.mark.parametrize("name", AWKWARD.values(), ids=AWKWARD)
def test_awkward_names_are_drawn(name):
    for number in range(20):
        svg = poster_svg(PosterSubject(id=number, code=f"awkward-{number}", name=name, name_en="Fallback"))
        assert {tag(part) for part in elements(svg)} <= DRAWN_WITH
        assert len(svg) < 2 * LARGEST_BYTES


def test_the_large_lettering_is_the_first_name_that_can_be_set():
    subject = PosterSubject(id=7, code="kimi-no-uso", name="四月は君の嘘", name_en="Your Lie in April")
    assert subject.lettering == "YOUR LIE IN APRIL"
    assert replace(subject, name="Твоя ложь").lettering == "ТВОЯ ЛОЖЬ"
    assert replace(subject, name_en="").lettering == "KIMI-NO-USO"
    assert replace(subject, name_en="", code="嘘").lettering == "№ 7"


def test_the_small_print_leaves_out_what_is_unknown():
    assert SINS.small_print == "ТВ · 2019"
    assert replace(SINS, year=None).small_print == "ТВ"
    assert replace(SINS, kind="").small_print == "2019"
    assert replace(SINS, kind="", year=None).small_print == ""


def test_a_title_of_the_domain_is_a_subject():
    title = Title(
        id=8500,
        code=SINS.code,
        names=Names(ru=SINS.name, en=SINS.name_en),
        season=Season(year=2019),
        type=TitleType(code=1, text="ТВ"),
        genres=SINS.genres,
    )
    assert subject_of(title) == SINS
    assert subject_of(Title(id=1, code="bare")) == PosterSubject(id=1, code="bare", name="")

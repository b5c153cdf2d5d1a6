from __future__ import annotations

import pytest

from catalog.art.lettering import CAP_HEIGHT, measure
from catalog.art.titling import fit_title, settable

LONGEST = (
    "Моя сестра не может быть такой милой, но именно это и случилось с нами прошлым летом " * 2
    + "и так далее, до конца лета и ещё немного"
)


@pytest.mark.parametrize(
    ("name", "capitals"),
    [
        ("Твоё имя", "ТВОЁ ИМЯ"),
        ("Ранма ½", "РАНМА ½"),
        ("Мадока★Магика", "МАДОКАМАГИКА"),
        ("  Глухомань \n без\tостановок ", "ГЛУХОМАНЬ БЕЗ ОСТАНОВОК"),
        ("Pokémon… “Ō”", 'POKEMON... "O"'),
        ("И\u0306ога", "ЙОГА"),  # a combining breve
        ("<b>Жирный</b> & co", "<B>ЖИРНЫЙ</B> & CO"),
        ("Straße", "STRASSE"),
        ("Її ґави", "II ГАВИ"),
        ("四月は君の嘘", ""),
        ("🎬 Кино 🎬", "КИНО"),
        ("", ""),
    ],
)
def test_a_name_becomes_what_the_face_can_set(name, capitals):
    assert settable(name) == capitals


@pytest.mark.parametrize("name", ["Дом", "Провожающая в последний путь Фрирен", LONGEST, "А" * 207, "и " * 103 + "я"])
def test_a_title_is_set_whole_and_within_its_box(name):
    title = settable(name)
    block = fit_title(title, 314, 188)
    assert " ".join(line.text for line in block.lines) == title
    assert 1 <= len(block.lines) <= 5
    assert block.height <= 188 * 1.02  # the gaps do not shrink with the letters
    for line in block.lines:
        assert measure(line.text) * line.size / 1000 <= 314 + 1e-6


def test_lines_are_scaled_to_equal_measure():
    block = fit_title("ПРОВОЖАЮЩАЯ В ПОСЛЕДНИЙ ПУТЬ ФРИРЕН", 314, 188)
    widths = [measure(line.text) * line.size for line in block.lines]
    assert len(widths) > 1
    assert widths == pytest.approx([widths[0]] * len(widths))


def test_leading_opens_only_where_a_tail_meets_an_accent():
    plain = fit_title("НОС НОС", 60, 400)
    tail_over_accent = fit_title("ДОЩ ЁЁЙ", 60, 400)
    assert [line.gap_below for line in plain.lines] == [8, 0]
    upper, lower = tail_over_accent.lines
    assert upper.gap_below == pytest.approx(8 + upper.size * 0.075 + lower.size * 0.14)
    assert (plain.headroom, plain.overhang) == (0, 0)
    assert tail_over_accent.headroom == 0  # its first line has no accent
    assert fit_title("ЁЖ", 60, 400).headroom > 0
    assert fit_title("ЩИ", 60, 400).overhang > 0


def test_a_short_title_does_not_outgrow_the_largest_size():
    block = fit_title("X", 314, 1000, max_size=210)
    assert block.lines[0].size == 210
    assert block.height == pytest.approx(210 * CAP_HEIGHT)

"""Who works on the titles."""

from __future__ import annotations

from catalog.demo.titles.plan import dice
from catalog.domain.titles import Team

VOICES = (
    "Kari", "Anzen", "Sharon", "Cleo-chan", "Hekomi", "Amikiri", "Silv", "Murasame", "Ivolga", "Teplovoz", "Yuzhka",
    "Dekabrina", "Ryokan", "Sinitsa", "Old Lynx", "Mokko", "Barbaris", "Vetka",
)  # fmt: skip
TRANSLATORS = ("Anku", "Polynya", "Kotofey", "Hanako-tan", "Slovar", "Northwind", "Ginger_Tea", "Nodachi")
EDITORS = ("mutagenb", "Skrepka", "Quillpen", "Tushkan", "Lapsha", "Redaktorin")
DECORATORS = ("Akvarelka", "Tsubame", "Shrift13", "Ramochka")
TIMERS = ("Alkhorus", "T1MOX4", "Sekunda", "Metronom", "Chasovshchik", "Pauza")

EVERYONE = Team(voice=VOICES, translator=TRANSLATORS, editing=EDITORS, decor=DECORATORS, timing=TIMERS)


def crew(title_id: int) -> Team:
    """Those who worked on one title."""
    draw = dice("crew", title_id)
    return Team(
        voice=tuple(draw.sample(VOICES, draw.randint(2, 6))),
        translator=tuple(draw.sample(TRANSLATORS, draw.choice((1, 1, 2)))),
        editing=tuple(draw.sample(EDITORS, draw.choice((0, 1, 1, 2)))),
        decor=tuple(draw.sample(DECORATORS, draw.choice((0, 0, 1)))),
        timing=tuple(draw.sample(TIMERS, 1)),
    )

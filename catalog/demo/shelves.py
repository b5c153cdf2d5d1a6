"""Collections as curators might have put them together of what the demo has."""

from __future__ import annotations

from typing import NamedTuple

from catalog.demo.loops.source import loop_specs
from catalog.demo.videos.posts import DOCUMENTED
from catalog.demo.videos.source import number_of
from catalog.domain.videos import shortcode

SCENES = ("rain", "sea", "train", "night", "petals", "ramen")


class Choice(NamedTuple):
    """Of ``kind``: title, loop, series or video; ``subject``: the id, of a video its shortcode."""

    kind: str
    subject: str
    note_en: str = ""
    note_ru: str = ""


class Sample(NamedTuple):
    slug: str
    name_en: str
    name_ru: str
    text_en: str
    text_ru: str
    choices: tuple[Choice, ...]


def samples() -> tuple[Sample, ...]:
    first_of = {loop.scene: loop.loop_id for loop in reversed(loop_specs())}
    return (
        Sample(
            "rainy-evening",
            "For a rainy evening",
            "На дождливый вечер",
            "Slow stories, a kettle, and nobody to call back before morning.",
            "Неспешные истории, чайник и никаких звонков до утра.",
            (
                Choice("title", "9542", "Ten years are a moment to her.", "Десять лет для неё — мгновение."),
                Choice("title", "1544"),
                Choice("title", "9561"),
                Choice("title", "6003", "Have a handkerchief ready.", "Приготовьте платок."),
                Choice("loop", first_of["rain"]),
            ),
        ),
        Sample(
            "seamless",
            "Seamless",
            "Без шва",
            "Loops to leave running, and one video that might as well be one.",
            "Лупы, которые можно не выключать, и одно видео, почти луп.",
            (
                *(Choice("loop", first_of[scene]) for scene in SCENES),
                Choice("series", "591b2b9868f9f00f82bf3640"),
                Choice("video", shortcode(number_of(DOCUMENTED))),
            ),
        ),
    )

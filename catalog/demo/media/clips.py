"""The pool of short videos: every demo video plays one of these."""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

from catalog.art.scenes.timing import loop_seconds

TALL, WIDE, SQUARE = (486, 864), (864, 486), (600, 600)


@dataclass(frozen=True, slots=True)
class Clip:
    """A scene's loop played ``repeats`` times; ``has_audio`` adds a soft chord."""

    scene: str
    variant: int
    size: tuple[int, int]
    repeats: int
    has_audio: bool = True

    @property
    def seconds(self) -> float:
        return loop_seconds(self.scene, self.variant) * self.repeats

    @property
    def root(self) -> int:
        """The lowest note of its chord, in hertz."""
        return 130 + crc32(self.scene.encode()) % 9 * 15

    @property
    def width(self) -> int:
        return self.size[0]

    @property
    def height(self) -> int:
        return self.size[1]


CLIPS: dict[str, Clip] = {
    "stage-tall": Clip("stage", 0, TALL, 6),
    "train-tall": Clip("train", 0, TALL, 4),
    "train-evening-tall": Clip("train", 1, TALL, 8),
    "cumulus-wide": Clip("cumulus", 0, WIDE, 4),
    "eye-tall": Clip("eye", 0, TALL, 4),
    "rain-tall": Clip("rain", 0, TALL, 8),
    "vinyl-square": Clip("vinyl", 0, SQUARE, 8),
    "vinyl-tall": Clip("vinyl", 1, TALL, 4),
    "koi-tall": Clip("koi", 0, TALL, 5),
    "crossing-tall": Clip("crossing", 0, TALL, 4),
    "crossing-night-tall": Clip("crossing", 1, TALL, 5),
    "hanabi-tall": Clip("hanabi", 0, TALL, 4),
    "cat-square": Clip("cat", 0, SQUARE, 7),
    "cat-tall": Clip("cat", 1, TALL, 4),
    "sea-tall": Clip("sea", 0, (720, 1278), 18),
    "sea-wide": Clip("sea", 1, WIDE, 5),
    "ferris-tall": Clip("ferris", 0, TALL, 3, has_audio=False),
    "ramen-tall": Clip("ramen", 0, TALL, 3),
    "speed-tall": Clip("speed", 0, TALL, 5),
    "petals-tall": Clip("petals", 1, TALL, 2),
    "stars-tall": Clip("stars", 0, TALL, 4, has_audio=False),
    "night-tall": Clip("night", 0, TALL, 20),
    "grass-tall": Clip("grass", 1, TALL, 4),
    "furin-tall": Clip("furin", 1, TALL, 2, has_audio=False),
    "fan-tall": Clip("fan", 1, TALL, 4),
}

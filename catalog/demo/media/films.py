"""The pool of sample films: every demo episode plays one of these."""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

from catalog.art.scenes.timing import FRAMES_PER_SECOND


@dataclass(frozen=True, slots=True)
class Shot:
    """A scene's loop, ``frames`` long, played ``repeats`` times."""

    scene: str
    variant: int
    frames: int
    repeats: int

    @property
    def seconds(self) -> float:
        return self.frames * self.repeats / FRAMES_PER_SECOND


@dataclass(frozen=True, slots=True)
class Film:
    """``root`` is the lowest note of its chord, in hertz.

    A whole film has to be drawn within seconds when somebody asks for it: few different shots, quick to draw.
    """

    key: str
    root: int
    shots: tuple[Shot, ...]

    @property
    def seconds(self) -> float:
        return sum(shot.seconds for shot in self.shots)


TRAIN, EVENING_TRAIN = Shot("train", 0, 24, 4), Shot("train", 1, 30, 3)
CROSSING, NIGHT_CROSSING = Shot("crossing", 0, 24, 3), Shot("crossing", 1, 30, 2)
CAT, MORNING_CAT = Shot("cat", 0, 30, 3), Shot("cat", 1, 30, 2)
SEA, MOONLIT_SEA = Shot("sea", 0, 24, 3), Shot("sea", 1, 36, 2)
NIGHT, DAWN = Shot("night", 0, 30, 2), Shot("night", 1, 30, 3)
CHIME = Shot("furin", 0, 24, 3)

FILMS: tuple[Film, ...] = (
    Film("first-train", 220, (DAWN, TRAIN, CROSSING, DAWN)),
    Film("night-shift", 165, (NIGHT, NIGHT_CROSSING, MOONLIT_SEA, NIGHT_CROSSING, NIGHT)),
    Film("tea-house", 262, (CHIME, MORNING_CAT, CAT, CHIME)),
    Film("long-summer", 196, (SEA, CHIME, CROSSING, SEA, CHIME, CROSSING)),
    Film("keeper", 147, (MOONLIT_SEA, CAT, NIGHT, MOONLIT_SEA)),
    Film("slow-line", 175, (CROSSING, EVENING_TRAIN, MORNING_CAT, CROSSING, MORNING_CAT)),
)


def film_of(title_id: int, episode: str) -> Film:
    """The same film for the same episode, always; ``episode`` as it stands in the address, such as ``0001``."""
    return FILMS[crc32(f"{title_id}/{episode}".encode()) % len(FILMS)]

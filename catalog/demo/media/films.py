"""The pool of sample films: every demo episode plays one of these."""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

from catalog.art.scenes.timing import loop_seconds


@dataclass(frozen=True, slots=True)
class Shot:
    """A scene's loop played ``repeats`` times."""

    scene: str
    variant: int
    repeats: int

    @property
    def seconds(self) -> float:
        return loop_seconds(self.scene, self.variant) * self.repeats


@dataclass(frozen=True, slots=True)
class Film:
    key: str
    shots: tuple[Shot, ...]

    @property
    def seconds(self) -> float:
        return sum(shot.seconds for shot in self.shots)


FILMS: tuple[Film, ...] = (
    Film("first-train", (Shot("train", 0, 2), Shot("crossing", 0, 3), Shot("cat", 0, 2), Shot("sea", 0, 2))),
    Film("night-shift", (Shot("night", 0, 2), Shot("crossing", 1, 2), Shot("sea", 1, 2), Shot("train", 1, 3))),
    Film("tea-house", (Shot("furin", 0, 2), Shot("ramen", 0, 2), Shot("cat", 1, 3), Shot("furin", 1, 2))),
    Film("long-summer", (Shot("sea", 0, 2), Shot("fan", 0, 3), Shot("furin", 0, 2), Shot("night", 1, 2)) * 2),
    Film("slow-line", (Shot("crossing", 0, 4), Shot("train", 1, 2), Shot("night", 0, 2), Shot("cat", 0, 2))),
    Film("harbour", (Shot("sea", 1, 2), Shot("cat", 1, 2), Shot("train", 0, 2), Shot("crossing", 1, 2)) * 2),
)


def film_of(title_id: int, episode: str) -> Film:
    """The same film for the same episode, always; ``episode`` as it stands in the address, such as ``0001``."""
    return FILMS[crc32(f"{title_id}/{episode}".encode()) % len(FILMS)]

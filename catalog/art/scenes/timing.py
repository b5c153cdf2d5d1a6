"""How long each loop of the repertoire lasts, in frames."""

from __future__ import annotations

FRAMES_PER_SECOND = 12
VARIANTS = 2

LOOP_FRAMES: dict[str, tuple[int, int]] = {  # scene -> frames of variant 0, of variant 1
    "stage": (36, 24),
    "train": (36, 30),
    "cumulus": (48, 42),
    "eye": (30, 36),
    "rain": (24, 30),
    "vinyl": (24, 36),
    "koi": (36, 48),
    "crossing": (24, 36),
    "hanabi": (36, 30),
    "cat": (36, 30),
    "sea": (36, 48),
    "ferris": (48, 36),
    "ramen": (36, 30),
    "speed": (12, 18),
    "petals": (36, 42),
    "stars": (48, 36),
    "night": (36, 42),
    "grass": (36, 30),
    "furin": (42, 36),
    "fan": (24, 30),
}
SCENES = tuple(LOOP_FRAMES)


def loop_seconds(scene: str, variant: int) -> float:
    return LOOP_FRAMES[scene][variant] / FRAMES_PER_SECOND

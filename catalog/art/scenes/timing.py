"""How long each loop of the repertoire lasts, in frames."""

from __future__ import annotations

FRAMES_PER_SECOND = 12
VARIANTS = 2

# A loop is drawn while somebody waits for it: what takes long to draw has fewer frames.
LOOP_FRAMES: dict[str, tuple[int, int]] = {  # scene -> frames of variant 0, of variant 1
    "stage": (24, 24),
    "train": (36, 30),
    "cumulus": (42, 36),
    "eye": (30, 36),
    "rain": (24, 30),
    "vinyl": (24, 36),
    "koi": (36, 36),
    "crossing": (24, 36),
    "hanabi": (36, 30),
    "cat": (36, 30),
    "sea": (36, 48),
    "ferris": (36, 36),
    "ramen": (36, 30),
    "speed": (12, 18),
    "petals": (36, 42),
    "stars": (42, 36),
    "night": (36, 42),
    "grass": (30, 24),
    "furin": (42, 36),
    "fan": (24, 30),
}
SCENES = tuple(LOOP_FRAMES)


def loop_seconds(scene: str, variant: int) -> float:
    return LOOP_FRAMES[scene][variant] / FRAMES_PER_SECOND

"""One moment of one scene: its size, its place in the loop, and the motions that close at the loop's end."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Canvas:
    """``phase`` is the moment within the loop, in [0, 1); ``seed`` makes the scene's random choices repeatable.

    Every motion takes whole ``cycles`` a loop, so that the last frame leads into the first.
    """

    width: float
    height: float
    phase: float
    seed: str

    @property
    def unit(self) -> float:
        """A 270th of the short side: the scale in which objects are drawn."""
        return min(self.width, self.height) / 270

    def lap(self, cycles: int = 1, offset: float = 0.0) -> float:
        """Runs from 0 up to 1 and starts again."""
        return (self.phase * cycles + offset) % 1.0

    def swing(self, cycles: int = 1, offset: float = 0.0) -> float:
        """Sways between -1 and 1, slowing down at both ends."""
        return math.sin(2 * math.pi * (self.phase * cycles + offset))

    def swell(self, cycles: int = 1, offset: float = 0.0) -> float:
        """Rises from 0 to 1 and sinks back to 0."""
        return (1 - math.cos(2 * math.pi * (self.phase * cycles + offset))) / 2

    def step(self, steps: int) -> int:
        """Counts 0, 1, … ``steps`` - 1 at an even pace."""
        return int(self.phase * steps + 1e-6) % steps


def fade(share: float, rise: float = 0.15, fall: float = 0.15) -> float:
    """Opacity of something that lives from ``share`` 0 to 1: nothing at both ends, full between."""
    return max(0.0, min(1.0, share / rise, (1 - share) / fall))


def slowing(share: float) -> float:
    """0 to 1, fast at first."""
    return 1 - (1 - share) ** 3

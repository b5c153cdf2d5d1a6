"""What a composition is given to draw with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

from catalog.art.ink import Rnd
from catalog.art.palettes import Palette


@dataclass(slots=True)
class Clips:
    """Clipping that can be told apart where several drawings share a page."""

    prefix: str
    _numbers: count[int] = field(default_factory=lambda: count(1))

    def within(self, shape: str, drawing: str) -> str:
        name = f"{self.prefix}{next(self._numbers)}"
        return f'<clipPath id="{name}">{shape}</clipPath><g clip-path="url(#{name})">{drawing}</g>'


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """The field of a poster: from the left edge at 0, ``top`` down; drawings may spill over and are clipped.

    ``sign`` is the genre's kanji, ``number`` a short figure for the compositions that are made of one.
    """

    rnd: Rnd
    palette: Palette
    clips: Clips
    top: float
    width: float
    height: float
    sign: str
    number: str

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @property
    def shorter(self) -> float:
        return min(self.width, self.height)

    def across(self, share: float) -> float:
        return self.width * share

    def down(self, share: float) -> float:
        return self.top + self.height * share


Composition = Callable[[Stage], str]

"""The fourteen sets of three inks, and which of them is legible on which."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.art.ink import (
    COBALT,
    INDIGO,
    INK,
    MOSS,
    MUSTARD,
    OX,
    PAPER,
    PINK,
    SAND,
    SKY,
    TEAL,
    VERM,
    contrast,
)


@dataclass(frozen=True, slots=True)
class Palette:
    ground: str
    primary: str
    secondary: str
    text: str

    def legible_on(self, background: str) -> str:
        """The colour for type on ``background``: the clearest, with a preference for the palette's own."""
        own = (self.text, self.ground)
        return max((*own, PAPER, INK), key=lambda colour: contrast(colour, background) + (1.5 if colour in own else 0))


PALETTES = (
    Palette(PAPER, VERM, INK, INK),
    Palette(VERM, PAPER, INK, INK),
    Palette(INK, VERM, PAPER, PAPER),
    Palette(INDIGO, MUSTARD, PAPER, PAPER),
    Palette(MUSTARD, INK, OX, INK),
    Palette(TEAL, PINK, INK, PAPER),
    Palette(PINK, INDIGO, VERM, INDIGO),
    Palette(SKY, INDIGO, PAPER, INDIGO),
    Palette(MOSS, PAPER, INK, PAPER),
    Palette(PAPER, TEAL, PINK, INK),
    Palette(OX, PINK, INK, PAPER),
    Palette(PAPER, COBALT, INK, INK),
    Palette(COBALT, PAPER, INK, PAPER),
    Palette(SAND, OX, INK, INK),
)

"""Letters as outlines, so that a drawing needs no font where it is shown.

The outlines are data: see glyphs.LICENSE.txt. 1000 units to the em, y points down.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from catalog.art.ink import n

CAP_HEIGHT = 0.655  # of a line's size


@dataclass(frozen=True, slots=True)
class Glyph:
    """``advance`` and ``outline`` (SVG path commands) in thousandths of an em."""

    advance: int
    outline: str


def letter(character: str) -> Glyph:
    """The display face: capitals, figures and punctuation; what it lacks becomes a hyphen."""
    return _glyphs("text").get(character) or _glyphs("text")["-"]


def has_letter(character: str) -> bool:
    return character in _glyphs("text")


def kanji(sign: str) -> Glyph:
    """The kanji face: only the signs in glyphs.json, anything else is a KeyError."""
    return _glyphs("kanji")[sign]


@lru_cache(maxsize=1024)  # breaking a title asks for the same lines many times
def measure(text: str) -> int:
    """Width of one line in thousandths of its size."""
    return sum(letter(character).advance for character in text)


def set_line(text: str, x: float, y: float, size: float, colour: str, anchor: str = "start") -> str:
    """One line with its baseline at ``y``; ``anchor`` is SVG's start, middle or end."""
    pen = 0
    outlines = []
    for character in text:
        glyph = letter(character)
        if glyph.outline:
            shift = f'transform="translate({pen} 0)" ' if pen else ""
            outlines.append(f'<path {shift}d="{glyph.outline}"/>')
        pen += glyph.advance
    scale = size / 1000
    left = x - {"start": 0.0, "middle": pen * scale / 2, "end": pen * scale}[anchor]
    return f'<g fill="{colour}" transform="translate({n(left)} {n(y)}) scale({scale:.4f})">{"".join(outlines)}</g>'


def set_kanji(sign: str, x: float, y: float, size: float, colour: str) -> str:
    """One sign, its left edge at ``x`` and its baseline at ``y``."""
    return (
        f'<path transform="translate({n(x)} {n(y)}) scale({size / 1000:.4f})"'
        f' d="{kanji(sign).outline}" fill="{colour}"/>'
    )


@cache
def _glyphs(face: str) -> dict[str, Glyph]:
    faces = json.loads(Path(__file__).with_name("glyphs.json").read_text(encoding="utf-8"))
    return {character: Glyph(advance, outline) for character, (advance, outline) in faces[face].items()}

"""Colours, SVG primitives and the seeded stream of choices that every drawing is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")
Point = tuple[float, float]

INK = "#17130F"
PAPER = "#F1E8D6"
VERM = "#F5471F"
INDIGO = "#1C2C54"
MUSTARD = "#EBB137"
TEAL = "#0C5C57"
PINK = "#F2A99B"
SKY = "#A9C8CE"
MOSS = "#65703A"
OX = "#7C1C1A"
COBALT = "#2449C6"
SAND = "#D8C6A3"
NIGHT = "#12203F"


class Rnd:
    """A stream of choices from SHA-256 counters: the same seed draws the same picture on every Python."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._drawn = 0

    def __call__(self) -> float:
        """The next number, in [0, 1)."""
        self._drawn += 1
        digest = sha256(f"{self._seed}:{self._drawn}".encode()).digest()
        return int.from_bytes(digest[:6], "big") / 2**48

    def of(self, choices: Sequence[T]) -> T:
        return choices[int(self() * len(choices))]

    def span(self, low: float, high: float) -> float:
        return low + (high - low) * self()


def n(value: float) -> str:
    """A coordinate as SVG text: one decimal is enough, whole numbers need none."""
    return f"{value:.1f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def rect(x: float, y: float, width: float, height: float, colour: str) -> str:
    return f'<rect x="{n(x)}" y="{n(y)}" width="{n(width)}" height="{n(height)}" fill="{colour}"/>'


def disc(x: float, y: float, radius: float, colour: str, extra: str = "") -> str:
    """A filled circle; ``extra`` is further attributes, with their leading space."""
    return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(radius)}" fill="{colour}"{extra}/>'


def ring(x: float, y: float, radius: float, width: float, colour: str) -> str:
    return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(radius)}" fill="none" stroke="{colour}" stroke-width="{n(width)}"/>'


def poly(points: Iterable[Point], colour: str) -> str:
    return path(f"M{'L'.join(f'{n(float(x))} {n(float(y))}' for x, y in points)}Z", colour)


def path(commands: str, colour: str) -> str:
    return f'<path d="{commands}" fill="{colour}"/>'


def line(commands: str, colour: str, width: float, cap: str = "butt") -> str:
    """A stroked, unfilled path."""
    return f'<path d="{commands}" fill="none" stroke="{colour}" stroke-width="{n(width)}" stroke-linecap="{cap}"/>'


def halftone(
    x: float,
    y: float,
    width: float,
    height: float,
    colour: str,
    step: float = 10,
    grow: tuple[float, float] = (0.15, 1.0),
    angle: float = 0,
) -> str:
    """Rows of dots that grow from top to bottom, ``grow`` times ``step`` wide; each row is one dashed line."""
    row_step = step * 0.5
    rows = int(height / row_step) + 1
    drawn = []
    for row in range(rows):
        share = row / max(1, rows - 1)
        diameter = (grow[0] + (grow[1] - grow[0]) * share) * step * 0.98
        if diameter < 0.6:
            continue
        start = x - step + (step / 2 if row % 2 else 0)
        drawn.append(
            f'<path d="M{n(start)} {n(y + row * step * 0.5)}H{n(x + width + step)}" stroke="{colour}"'
            f' stroke-width="{n(diameter)}" stroke-linecap="round" stroke-dasharray="0 {n(float(step))}"/>'
        )
    dots = "".join(drawn)
    if angle:
        return f'<g transform="rotate({angle} {n(x + width / 2)} {n(y + height / 2)})">{dots}</g>'
    return f"<g>{dots}</g>"


def contrast(first: str, second: str) -> float:
    """WCAG's contrast ratio of two ``#rrggbb`` colours, 1 to 21."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)

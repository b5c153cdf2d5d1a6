"""The sky: summer clouds over a telegraph pole, fireworks, star trails."""

from __future__ import annotations

import math
from dataclasses import dataclass

from catalog.art.ink import (
    COBALT,
    INDIGO,
    INK,
    MUSTARD,
    NIGHT,
    OX,
    PAPER,
    PINK,
    SKY,
    VERM,
    Rnd,
    disc,
    line,
    path,
    poly,
    rect,
)
from catalog.art.scenes.canvas import Canvas, fade, slowing
from catalog.art.scenes.shapes import DEEP, DUSK, PALE, d, faded, mirrored, placed, puff, rounded


@dataclass(frozen=True, slots=True)
class CloudLook:
    sky: str
    low_sky: str
    shadow: str
    cloud: str
    trees: str
    sun: str | None


CLOUDS = (
    CloudLook(COBALT, "#4E6FE0", PALE, PAPER, DEEP, None),
    CloudLook("#C9473C", DUSK, "#D98C86", "#F6C79A", "#3A1730", MUSTARD),
)


def cumulus(canvas: Canvas, variant: int) -> str:
    look = CLOUDS[variant]
    width, height, unit = canvas.width, canvas.height, canvas.unit
    drift = -11 * unit * (1 + canvas.swing(1))
    drawn = [rect(0, 0, width, height, look.sky), rect(0, height * 0.66, width, height * 0.34, look.low_sky)]
    if look.sun:
        drawn.append(disc(width * 0.8, height * 0.5, 62 * unit, look.sun))
    heaps = ((0.6, 0.66, 1.5, look.shadow), (0.66, 0.64, 1.4, look.cloud), (0.98, 0.78, 1.1, look.cloud))
    for x, y, size, colour in (*heaps, (0.06, 0.8, 0.9, look.cloud)):
        drawn.append(placed(puff(colour), width * x + drift * size, height * y, size * unit))
    drawn.append(rect(0, height * 0.64 + 44 * unit, width, height, look.cloud))
    drawn.append(placed(puff(look.cloud), width * 0.3 + 15 * unit * canvas.swing(1, 0.5), height * 0.3, 0.34 * unit))
    drawn += [_pole(canvas), _treetops(canvas, look.trees)]
    if variant:
        drawn.append(_crows(canvas))
    return mirrored("".join(drawn), width) if variant else "".join(drawn)


def _pole(canvas: Canvas) -> str:
    """A telegraph pole and three wires that nod in the wind."""
    width, height, unit = canvas.width, canvas.height, canvas.unit
    x = width * 0.26
    pole = rect(0, height * 0.1 / unit, 9, height / unit, INK) + rounded(14, height * 0.36 / unit, 24, 42, 5, INK)
    for y, left, length in ((0.2, -40, 90), (0.3, -30, 70)):
        pole += rect(left, height * y / unit, length, 7, INK)
    pole += "".join(rect(left, height * 0.2 / unit - 9, 6, 10, INK) for left in (-36, -16, 20, 42))
    nod = 3 * unit * canvas.swing(2)
    wires = []
    for start, arm, end, reach in ((0.12, 0.17, 0.02, -34), (0.2, 0.17, 0.1, 46), (0.28, 0.3, 0.2, 0)):
        to_pole = d("Q", x * 0.5, height * (arm + 0.06) + nod, x + reach * unit, height * arm)
        onward = d("Q", width * 0.64, height * (arm + 0.2) + nod, width * 1.02, height * end)
        wires.append(f"{d('M', 0, height * start)} {to_pole} {onward}")
    return placed(pole, x, 0, unit) + line(" ".join(wires), INK, 2.2 * unit)


def _treetops(canvas: Canvas, colour: str) -> str:
    width, height, unit = canvas.width, canvas.height, canvas.unit
    rustle, edge = canvas.swing(2) * 2 * unit, height * 0.88
    crowns = " ".join(
        d("Q", width * (crown + 0.5) / 12 + rustle, edge - 16 * unit, width * (crown + 1) / 12, edge)
        for crown in range(12)
    )
    return path(f"{d('M', 0, height, 'V', edge)} {crowns} {d('V', height, 'Z')}", colour)


def _crows(canvas: Canvas) -> str:
    """A flight that enters at one side and leaves at the other within the loop."""
    drawn = []
    for crow, (x, y, size) in enumerate(((0, 0.3, 1.0), (-40, 0.36, 0.8), (-64, 0.27, 0.7))):
        lift = 10 * canvas.swing(6, crow / 3)
        wings = d(
            "M", -20, 0, "Q", -8, -lift, 0, 0, "Q", 8, -lift, 20, 0, "Q", 8, 6 - lift, 0, 7, "Q", -8, 6 - lift, -20, 0
        )
        path_x = -40 * canvas.unit + (canvas.width + 160 * canvas.unit) * canvas.lap()
        drawn.append(placed(path(wings, INK), path_x + x * canvas.unit, canvas.height * y, size * canvas.unit))
    return "".join(drawn)


@dataclass(frozen=True, slots=True)
class Burst:
    """Place in shares of the canvas, reach in units, when in the loop it opens."""

    x: float
    y: float
    reach: float
    colours: tuple[str, str]
    start: float


FESTIVAL = (
    Burst(0.3, 0.38, 96, (VERM, MUSTARD), 0.7),
    Burst(0.7, 0.28, 70, (PINK, PAPER), 0.17),
    Burst(0.56, 0.6, 52, (SKY, PAPER), 0.64),
    Burst(0.1, 0.62, 40, (MUSTARD, VERM), 0.11),
    Burst(0.9, 0.6, 44, (VERM, PAPER), 0.4),
)
WILLOWS = (
    Burst(0.62, 0.3, 104, (MUSTARD, PAPER), 0.2),
    Burst(0.22, 0.26, 74, (PAPER, MUSTARD), 0.92),
    Burst(0.44, 0.2, 48, (MUSTARD, "#F6C79A"), 0.5),
)


def hanabi(canvas: Canvas, variant: int) -> str:
    return _willows(canvas) if variant else _festival(canvas)


def _festival(canvas: Canvas) -> str:
    """Round bursts above a crowd that watches from the bank."""
    width, height, unit = canvas.width, canvas.height, canvas.unit
    drawn = [rect(0, 0, width, height, NIGHT)]
    for burst in FESTIVAL:
        age = canvas.lap(1, burst.start)
        opened = min(1.0, age / 0.6)
        sinking = 6 * max(0.0, age - 0.6) / 0.4
        shells = ((1.0, 24, 4.0, 0), (0.7, 18, 4.0, 1), (0.42, 12, 3.4, 0))
        sparks = "".join(
            _sparks(burst.reach * share, count, size, burst.colours[inner], 0.5 * shell)
            for shell, (share, count, size, inner) in enumerate(shells)
        )
        grown = 0.05 + 0.95 * slowing(opened)
        flower = placed(sparks, width * burst.x, height * burst.y + sinking * unit, grown * unit)
        drawn.append(faded(flower, min(1.0, (1 - age) / 0.4)))
    drawn.append(rect(0, height * 0.82, width, height * 0.18, INK))
    for x, colour in ((0.3, VERM), (0.7, PINK), (0.56, SKY)):
        for row in range(3):
            half = (20 - 3 * row) * (0.8 + 0.2 * canvas.swing(2, row / 3))
            drawn.append(
                rect(width * x - half * unit, height * 0.85 + row * 9 * unit, 2 * half * unit, 3 * unit, colour)
            )
    drawn += [
        disc(width * (head + 0.5) / 14, height * 0.99 - 2 * unit * canvas.swing(2, head * 0.37), size * unit, "#000")
        for head in range(15)
        for size in (15 * (1 + 0.3 * (head % 3)),)
    ]
    return "".join(drawn)


def _sparks(radius: float, count: int, size: float, colour: str, turn: float) -> str:
    angles = [2 * math.pi * (spark + turn) / count for spark in range(count)]
    dots = "".join(disc(radius * math.cos(angle), radius * math.sin(angle), size, colour) for angle in angles)
    trails = " ".join(
        d("M", 0.82 * x, 0.82 * y, "L", 0.94 * x, 0.94 * y)
        for x, y in ((radius * math.cos(angle), radius * math.sin(angle)) for angle in angles)
    )
    return dots + line(trails, colour, 1.8)


def _willows(canvas: Canvas) -> str:
    """Golden streamers that hang and fall over a river, doubled in it."""
    width, height, unit = canvas.width, canvas.height, canvas.unit
    bank = height * 0.7
    drawn = [rect(0, 0, width, height, "#2B1038"), rect(0, 0, width, height * 0.3, "#1D0B2B")]
    drawn.append(rect(0, bank, width, height - bank, "#150721"))
    for burst in WILLOWS:
        age = canvas.lap(1, burst.start)
        streamers = _streamers(burst, age)
        drawn.append(faded(placed(streamers, width * burst.x, height * burst.y, unit), fade(age, 0.02, 0.35)))
        for row in range(5):
            half = burst.reach * (0.7 - 0.11 * row) * (0.8 + 0.2 * canvas.swing(2, row / 5)) * unit
            bar = rect(width * burst.x - half, bank + (12 + 13 * row) * unit, 2 * half, 3 * unit, burst.colours[0])
            drawn.append(faded(bar, 0.7 * fade(age, 0.1, 0.5)))
    hills = d(
        "M", 0, bank, "Q", width * 0.2, bank - 44 * unit, width * 0.42, bank, "T", width * 0.8, bank, "T", width, bank
    )
    drawn.append(path(f"{hills} Z", INK))
    for lantern in range(9):
        x = width * (lantern + 0.5) / 9
        sway = 5 * canvas.swing(1, lantern / 9)
        shade = (
            rounded(-8, 4, 16, 22, 7, (VERM, PINK)[lantern % 2]) + rect(-5, 0, 10, 4, INK) + rect(-5, 26, 10, 4, INK)
        )
        drawn.append(placed(shade, x, height * 0.94 - 26 * unit, unit, sway))
    drawn.append(rect(0, height * 0.94 - 28 * unit, width, 2.5 * unit, INK))
    return "".join(drawn)


def _streamers(burst: Burst, age: float) -> str:
    """Sixteen tracks of a falling spark: thrown outwards, then pulled down; a bright dot leads each."""
    reach = burst.reach * slowing(min(1.0, age * 1.3))
    drop = burst.reach * 0.9 * age * age
    tracks, tips = [], []
    for number in range(16):
        angle = 2 * math.pi * number / 16
        x, y = reach * math.cos(angle), reach * 0.8 * math.sin(angle)
        tracks.append(d("M", 0.25 * x, 0.25 * y, "Q", 0.8 * x, 0.8 * y, x, y + drop))
        tips.append(disc(x, y + drop, 2.6, burst.colours[1]))
    return line(" ".join(tracks), burst.colours[0], 2.2, "round") + "".join(tips)


@dataclass(frozen=True, slots=True)
class StarLook:
    sky: str
    pole: tuple[float, float]
    trails: tuple[str, ...]
    degrees: float


STARS = (
    StarLook(NIGHT, (0.42, 0.5), (PAPER, SKY, MUSTARD, PAPER, PINK), -14),
    StarLook("#31204F", (0.66, 0.62), (PINK, PAPER, "#F6C79A", VERM), 16),
)


def stars(canvas: Canvas, variant: int) -> str:
    look = STARS[variant]
    width, height = canvas.width, canvas.height
    drawn = [rect(0, 0, width, height, look.sky)]
    if variant:
        drawn.append(rect(0, height * 0.62, width, height * 0.2, "#6B2F5F"))
    drawn.append(placed(_trails(canvas, look), width * look.pole[0], height * look.pole[1], canvas.unit))
    drawn.append(_torii(canvas) if variant else _mountain(canvas))
    return "".join(drawn)


def _trails(canvas: Canvas, look: StarLook) -> str:
    """Arcs around the pole star; each fades out before it starts over, at its own time."""
    random = Rnd(canvas.seed)
    arcs = []
    for ring in range(1, 30 if canvas.width > canvas.height else 34):
        radius, at = ring * 15.0, random.span(0, 360)
        for _ in range(3 + ring // 4):
            length = math.degrees(random.span(24, 84) / radius)
            age = canvas.lap(1, random())
            begin = math.radians(at + look.degrees * age)
            end = begin + math.radians(min(length, 110))
            at += length + math.degrees(random.span(30, 80) / radius)
            arc = d(
                "M", radius * math.cos(begin), radius * math.sin(begin),
                "A", radius, radius, 0, 0, 1, radius * math.cos(end), radius * math.sin(end),
            )  # fmt: skip
            arcs.append(faded(line(arc, look.trails[ring % len(look.trails)], 1.7, "round"), fade(age, 0.1, 0.1)))
    return "".join(arcs)


def _mountain(canvas: Canvas) -> str:
    width, height, unit = canvas.width, canvas.height, canvas.unit
    ridge = ((0, 1), (0, 0.86), (0.3, 0.7), (0.46, 0.8), (0.66, 0.56), (0.86, 0.78), (1, 0.7), (1, 1))
    snow = ((0.66, 0.56), (0.7, 0.64), (0.67, 0.62), (0.64, 0.66), (0.61, 0.615))
    tent = rect(0, 0, 18, 16, VERM) + poly([(-6, 0), (9, -13), (24, 0)], VERM)
    lamp = faded(rect(6, 4, 6, 6, MUSTARD), 0.55 + 0.45 * canvas.swell(3))
    return (
        poly([(width * x, height * y) for x, y in ridge], INK)
        + poly([(width * x, height * y) for x, y in snow], PAPER)
        + placed(tent + lamp, width * 0.2, height * 0.78, unit)
    )


def _torii(canvas: Canvas) -> str:
    """A shrine gate on a hill, its two lanterns breathing."""
    width, height, unit = canvas.width, canvas.height, canvas.unit
    hill = d("M", 0, height, "V", height * 0.9, "Q", width * 0.32, height * 0.7, width * 0.7, height * 0.88)
    ground = rect(0, height * 0.76, width, height * 0.24, OX)
    ground += path(f"{hill} {d('T', width, height * 0.9, 'V', height, 'Z')}", INK)
    gate = path(d("M", -78, -112, "Q", 0, -100, 78, -112, "L", 74, -98, "Q", 0, -88, -74, -98, "Z"), INK)
    gate += rect(-62, -80, 124, 9, INK) + rect(-50, -100, 12, 104, INK) + rect(38, -100, 12, 104, INK)
    glow = 0.5 + 0.5 * canvas.swell(2)
    for x in (-24, 16):
        gate += rect(x + 3, -71, 2, 8, INK) + faded(rounded(x, -63, 8, 13, 3, MUSTARD), glow)
    return (
        ground + placed(gate, width * 0.3, height * 0.84, 1.15 * unit) + rect(0, height * 0.985, width, height, INDIGO)
    )

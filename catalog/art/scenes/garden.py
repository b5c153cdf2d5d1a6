"""The garden: falling petals and leaves, grass in the wind, koi in the pond."""

from __future__ import annotations

import math
from dataclasses import dataclass

from catalog.art.ink import INDIGO, INK, MOSS, MUSTARD, NIGHT, OX, PAPER, PINK, TEAL, VERM, Rnd, disc, line, path, rect
from catalog.art.scenes.canvas import Canvas, fade
from catalog.art.scenes.shapes import DEEP, d, ellipse, faded, hoop, mirrored, placed, streak

PETAL = d("M", 0, 0, "C", 8, -4, 11, -12, 4, -18, "L", 0, -14, "L", -4, -18, "C", -11, -12, -8, -4, 0, 0, "Z")
MAPLE = d(
    "M", 0, 6, "L", 2, -2, "L", 12, 2, "L", 9, -5, "L", 17, -10, "L", 8, -12, "L", 9, -20, "L", 3, -15, "L", 0, -25,
    "L", -3, -15, "L", -9, -20, "L", -8, -12, "L", -17, -10, "L", -9, -5, "L", -12, 2, "L", -2, -2, "Z",
)  # fmt: skip
BLOSSOMS = (
    (0.08, 0.32, 1.1), (0.2, 0.27, 1.3), (0.33, 0.3, 1.0), (0.44, 0.24, 1.2), (0.55, 0.2, 0.9), (0.38, 0.42, 1.0),
    (0.5, 0.475, 0.8), (0.02, 0.42, 1.2), (0.28, 0.36, 0.8),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PetalLook:
    """``leaf`` is what falls, as path commands."""

    sky: str
    light: str
    branch: str
    blossoms: tuple[str, str]
    leaf: str
    falling: tuple[str, str, str]


PETALS = (
    PetalLook(PINK, PAPER, INK, (VERM, PAPER), PETAL, (PAPER, VERM, PAPER)),
    PetalLook(TEAL, MUSTARD, "#2A1512", (VERM, MUSTARD), MAPLE, (VERM, MUSTARD, "#E9785A")),
)


def petals(canvas: Canvas, variant: int) -> str:
    look = PETALS[variant]
    width, height, unit = canvas.width, canvas.height, canvas.unit
    drawn = [rect(0, 0, width, height, look.sky), disc(width * 0.72, height * 0.36, 74 * unit, look.light)]
    drawn.append(path(_branch(canvas), look.branch))
    nod = 4 * canvas.swing(1)
    for number, (x, y, size) in enumerate(BLOSSOMS):
        colour = look.blossoms[number % 2]
        blossom = placed(path(MAPLE, colour), 0, 0, 1.3) if variant else _blossom(colour)
        turn = number * 40 * variant + nod * (1 + variant)
        drawn.append(placed(blossom, width * x, height * y, size * 1.15 * unit, turn))
    random = Rnd(canvas.seed)
    for number in range(18):
        age = canvas.lap(1, random())
        x = width * (number * 0.381 % 1.05) + (60 - 120 * age + 14 * canvas.swing(2, random())) * unit
        y = height * ((number * 0.617 % 1) - 0.5 + age)
        spin = 360 * random() + 360 * canvas.phase * (1 if number % 2 else -1)
        leaf = path(look.leaf, look.falling[number % 3])
        drawn.append(faded(placed(leaf, x, y, unit, spin), fade(age, 0.12, 0.12)))
    return mirrored("".join(drawn), width) if variant else "".join(drawn)


def _branch(canvas: Canvas) -> str:
    """One bough and its fork, drawn in shares of the canvas."""
    width, height = canvas.width, canvas.height
    bough = (
        ("M", ((0, 0.3),)), ("C", ((0.2, 0.24), (0.3, 0.34), (0.62, 0.16))),
        ("C", ((0.36, 0.42), (0.2, 0.36), (0, 0.46))), ("Z", ()),
        ("M", ((0.3, 0.29),)), ("C", ((0.38, 0.4), (0.46, 0.46), (0.56, 0.47))),
        ("C", ((0.44, 0.5), (0.34, 0.44), (0.25, 0.33))), ("Z", ()),
    )  # fmt: skip
    return " ".join(
        d(command, *(value for x, y in points for value in (width * x, height * y))) for command, points in bough
    )


def _blossom(colour: str) -> str:
    petal = path(
        d("M", 0, 0, "C", 9, -6, 11, -18, 4, -24, "L", 0, -19, "L", -4, -24, "C", -11, -18, -9, -6, 0, 0, "Z"), colour
    )
    return "".join(placed(petal, 0, 0, 1, 72 * number + 10) for number in range(5)) + disc(0, 0, 4, OX)


@dataclass(frozen=True, slots=True)
class GrassLook:
    """``blades`` from the back to the front."""

    sky: str
    light: str
    blades: tuple[str, str, str]
    sparks: str
    tall: float


GRASSES = (
    GrassLook(MOSS, PAPER, (DEEP, "#3B4522", INK), MUSTARD, 1.0),
    GrassLook(NIGHT, MUSTARD, (INDIGO, "#2E4A8F", "#0A1226"), PINK, 1.45),
)


def grass(canvas: Canvas, variant: int) -> str:
    look = GRASSES[variant]
    width, height, unit, random = canvas.width, canvas.height, canvas.unit, Rnd(canvas.seed)
    light_x = width * (0.3 if variant else 0.68)
    drawn = [
        rect(0, 0, width, height, look.sky),
        disc(light_x, height * 0.36, (52 if variant else 72) * unit, look.light),
    ]
    if variant:
        drift = 20 * canvas.swing(1)
        drawn.append(streak(light_x + (drift - 70) * unit, height * 0.4, 120 * unit, 12 * unit, look.sky))
        drawn.append(streak(width * 0.62 - drift * unit, height * 0.2, 90 * unit, 9 * unit, look.blades[0]))
    for layer, colour in enumerate(look.blades):
        for number in range(34):
            x = width * (number + random()) / 33
            tall = random.span(60, 120) * (0.8 + 0.2 * layer) * look.tall
            foot, bend = height * (0.9 + 0.06 * layer), random.span(18, 50)
            wind = canvas.swing(1, -0.6 * x / width + 0.1 * layer)
            drawn.append(placed(_blade(tall, bend, colour, bool(variant)), x, foot + 10 * unit, unit, 1.5 + 4.5 * wind))
    for _ in range(11):
        x, y, offset = random() * width, height * random.span(0.4, 0.85), random()
        wander = 8 * unit * canvas.swing(1, offset)
        drawn.append(faded(disc(x + wander, y, 3.4 * unit, look.sparks), 0.1 + 0.9 * canvas.swell(1, offset)))
    return "".join(drawn)


def _blade(tall: float, bend: float, colour: str, has_plume: bool) -> str:
    """Grows from 0, 0; at night it carries a plume of pampas grass."""
    blade = path(d("M", -5, 60, "Q", 0, -tall * 0.6, bend, -tall, "Q", 8, -tall * 0.5, 6, 60, "Z"), colour)
    if not has_plume or bend < 36:
        return blade
    plume = d("M", 0, 4, "Q", -12, -20, 2, -44, "Q", 14, -18, 4, 4, "Z")
    return blade + placed(path(plume, PAPER if colour == INDIGO else colour), bend, -tall + 8, 0.8, 24)


@dataclass(frozen=True, slots=True)
class Fish:
    """Place in shares of the canvas, heading in degrees."""

    x: float
    y: float
    heading: float
    size: float
    body: str
    spot: str


POND_FISH = (
    Fish(0.36, 0.62, -28, 1.15, PAPER, VERM),
    Fish(0.64, 0.34, 152, 1.0, VERM, PAPER),
    Fish(0.12, 0.2, 60, 0.6, MUSTARD, OX),
)
RIPPLES = ((0.2, 0.3, 60), (0.8, 0.7, 76), (0.52, 0.5, 40))
LILIES = ((0.86, 0.2, 50, 30), (0.08, 0.86, 58, 200), (0.74, 0.94, 34, 90))


def koi(canvas: Canvas, variant: int) -> str:
    return _moon_pond(canvas) if variant else _day_pond(canvas)


def _day_pond(canvas: Canvas) -> str:
    width, height, unit = canvas.width, canvas.height, canvas.unit
    drawn = [rect(0, 0, width, height, "#0F6F73")]
    drawn += [_ripples(canvas, x, y, radius, "#3C9692", pond * 0.19) for pond, (x, y, radius) in enumerate(RIPPLES)]
    for number, fish in enumerate(POND_FISH):
        beat = 0.5 * (number % 2)
        body = _fish(fish.body, fish.spot, 14 * canvas.swing(3, beat))
        swim = placed(body, 9 * fish.size * canvas.swing(1, beat), 0, fish.size, 5 * canvas.swing(1, beat + 0.1))
        drawn.append(placed(swim, width * fish.x, height * fish.y, unit, fish.heading))
    drawn += [
        placed(_lily(radius, MOSS, "#4B5628"), width * x, height * y, unit, angle + 3 * canvas.swing(1, x))
        for x, y, radius, angle in LILIES
    ]
    drawn.append(placed(_lotus(PINK), width * 0.86, height * 0.2, unit, 4 * canvas.swing(1, 0.3)))
    return "".join(drawn)


def _moon_pond(canvas: Canvas) -> str:
    """Three like fish chase each other round the moon: each ends the loop where the next one began."""
    width, height, unit = canvas.width, canvas.height, canvas.unit
    x, y, orbit = width * 0.5, height * 0.5, 88
    drawn = [rect(0, 0, width, height, INDIGO), disc(x, y, 46 * unit, PAPER)]
    for row, half in enumerate((44, 38, 26)):
        sway = 3 * canvas.swing(1, row / 3)
        drawn.append(rect(x + (sway - half) * unit, y + (8 + 13 * row) * unit, 2 * half * unit, 3.4 * unit, INDIGO))
    drawn += [_ripples(canvas, rx, ry, radius, "#4A6196", rx) for rx, ry, radius in ((0.14, 0.2, 54), (0.88, 0.82, 64))]
    for number in range(3):
        degrees = 120 * (number + canvas.phase)
        angle = math.radians(degrees)
        fish = _fish(VERM, PAPER, 16 * canvas.swing(4))
        around = placed(fish, orbit * math.cos(angle), orbit * math.sin(angle), 0.8, degrees + 90)
        drawn.append(placed(around, x, y, unit))
    for lx, ly, radius, angle in ((0.1, 0.84, 48, 300), (0.9, 0.14, 60, 120), (0.3, 0.06, 30, 40)):
        drawn.append(
            placed(_lily(radius, TEAL, "#0A4844"), width * lx, height * ly, unit, angle + 3 * canvas.swing(1, lx))
        )
    return "".join(drawn)


def _ripples(canvas: Canvas, x: float, y: float, radius: float, colour: str, offset: float) -> str:
    drawn = []
    for ring in range(3):
        age = canvas.lap(1, offset + ring / 3)
        reach = radius * (0.2 + 1.1 * age) * canvas.unit
        drawn.append(
            faded(
                hoop(canvas.width * x, canvas.height * y, reach, reach, 2.4 * canvas.unit, colour), fade(age, 0.25, 0.6)
            )
        )
    return "".join(drawn)


def _fish(body: str, spot: str, tail_degrees: float) -> str:
    """A koi of about 150 seen from above, heading right."""
    trunk = d("M", -58, 0, "C", -30, -24, 20, -24, 52, 0, "C", 20, 24, -30, 24, -58, 0, "Z")
    fins = d("M", 6, -14, "L", -14, -38, "L", -18, -14, "Z", "M", 6, 14, "L", -14, 38, "L", -18, 14, "Z")
    tail = d("M", 4, 0, "L", -38, -24, "Q", -24, 0, -38, 24, "Z")
    return (
        placed(path(tail, body), -54, 0, 1, tail_degrees)
        + path(trunk, body)
        + path(fins, body)
        + ellipse(14, -4, 18, 10, spot)
        + ellipse(-26, 3, 14, 9, spot)
        + disc(38, -8, 2.6, INK)
        + disc(38, 8, 2.6, INK)
    )


def _lily(radius: float, colour: str, vein: str) -> str:
    """A floating leaf: a disc with a notch."""
    end_x, end_y = radius * math.cos(-0.5), radius * math.sin(-0.5)
    leaf = d("M", 0, 0, "L", radius, 0, "A", radius, radius, 0, 1, 1, end_x, end_y, "Z")
    veins = " ".join(
        d("M", 0, 0, "L", radius * 0.86 * math.cos(angle), radius * 0.86 * math.sin(angle))
        for angle in (0.8, 1.8, 2.8, 3.8, 4.8)
    )
    return path(leaf, colour) + line(veins, vein, 2)


def _lotus(colour: str) -> str:
    petal = path(d("M", 0, 0, "C", 8, -8, 8, -20, 0, -27, "C", -8, -20, -8, -8, 0, 0, "Z"), colour)
    return "".join(placed(petal, 0, 0, 1, 45 * turn) for turn in range(8)) + disc(0, 0, 6, MUSTARD)

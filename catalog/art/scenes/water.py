"""Water: the sea at sunset and by moonlight, umbrellas in the rain."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.art.ink import (
    INDIGO,
    INK,
    MUSTARD,
    NIGHT,
    OX,
    PAPER,
    SKY,
    TEAL,
    VERM,
    Rnd,
    disc,
    line,
    path,
    poly,
    rect,
)
from catalog.art.scenes.canvas import Canvas, fade
from catalog.art.scenes.shapes import DUSK, PALE, d, faded, hoop, mirrored, placed, puff


@dataclass(frozen=True, slots=True)
class SeaLook:
    """``bands``: the sky's colours from the top, the last down to the horizon; ``glitter`` alternates."""

    bands: tuple[str, str, str]
    light: str
    light_height: float
    radius: float
    water: str
    glitter: tuple[str, str]
    is_night: bool


SEAS = (
    SeaLook((DUSK, "#F09A70", "#F6C79A"), VERM, 0.3, 92, OX, (VERM, MUSTARD), is_night=False),
    SeaLook((NIGHT, "#1A2C58", "#24417A"), PAPER, 2.2, 44, "#0B2A4A", (PAPER, SKY), is_night=True),
)


def sea(canvas: Canvas, variant: int) -> str:
    look = SEAS[variant]
    width, height, unit = canvas.width, canvas.height, canvas.unit
    horizon, centre = height * 0.56, width * (0.5 if not look.is_night else 0.62)
    top, middle, low = look.bands
    drawn = [
        rect(0, 0, width, height, low),
        rect(0, 0, width, height * 0.2, top),
        rect(0, height * 0.2, width, height * 0.12, middle),
        disc(centre, horizon - look.radius * look.light_height * unit, look.radius * unit, look.light),
        rect(0, horizon, width, height - horizon, look.water),
    ]
    halves = (88, 70, 96, 52, 78, 40, 60, 30, 46, 24, 34)
    for row, half in enumerate(halves):
        sway = 10 * canvas.swing(1, 0.5 * (row % 2) + 0.07 * row)
        reach = half * look.radius / 92
        y = horizon + (10 + row * 15) * unit
        colour = look.glitter[row % 3 == 0]
        drawn.append(rect(centre + (sway - reach) * unit, y, 2 * reach * unit, (4 + row * 0.9) * unit, colour))
    drawn.append(_lighthouse(canvas, horizon) if look.is_night else _gulls(canvas))
    drawn.append(
        placed(
            _boat(INK),
            width * (0.88 if look.is_night else 0.15),
            horizon + canvas.swing(1) * unit,
            unit,
            3 * canvas.swing(1, 0.25),
        )
    )
    return "".join(drawn)


def _gulls(canvas: Canvas) -> str:
    drawn = []
    for bird, (x, y) in enumerate(((0.2, 0.22), (0.27, 0.29), (0.74, 0.16))):
        lift = 9 + 5 * canvas.swing(3, bird / 3)
        wings = d(
            "M", -18, 0, "q", 9, -lift, 18, 0, "q", 9, -lift, 18, 0, "q", -9, -4, -18, 5, "q", -9, -9, -18, -5, "Z"
        )
        glide = 10 * canvas.swing(1, bird * 0.2)
        drawn.append(placed(path(wings, INK), canvas.width * x + glide * canvas.unit, canvas.height * y, canvas.unit))
    return "".join(drawn)


def _boat(colour: str) -> str:
    return poly([(-14, 3), (2, -26), (7, 3)], colour) + poly([(-24, 0), (20, 0), (12, 8), (-16, 8)], colour)


def _lighthouse(canvas: Canvas, horizon: float) -> str:
    """A tower whose beam sweeps over the sea and back; stars twinkle behind it."""
    width, unit, random = canvas.width, canvas.unit, Rnd(canvas.seed)
    stars = "".join(
        faded(
            disc(random() * width, random() * horizon * 0.8, random.span(0.8, 1.8) * unit, PAPER),
            0.35 + 0.65 * canvas.swell(1 + star % 2, random()),
        )
        for star in range(34)
    )
    sweep = 14 * canvas.swing(1)
    beam = faded(poly([(0, 0), (520, -14 + sweep), (520, 48 + sweep)], MUSTARD), 0.32 + 0.2 * canvas.swell(2))
    rock = poly([(-60, 70), (-34, 46), (-8, 40), (22, 50), (44, 70)], INK)
    tower = (
        poly([(-9, 44), (-6, -10), (6, -10), (9, 44)], PAPER) + rect(-8, 4, 16, 10, VERM) + rect(-9, 26, 18, 10, VERM)
    )
    lamp = rect(-7, -22, 14, 12, MUSTARD) + poly([(-10, -22), (0, -34), (10, -22)], INK)
    tower_x = width * 0.24
    return (
        stars
        + placed(beam, tower_x, horizon - 72 * unit, unit)
        + placed(rock + tower + lamp, tower_x, horizon - 56 * unit, unit)
    )


@dataclass(frozen=True, slots=True)
class RainLook:
    """``umbrellas``: x and y in shares of the canvas, size, canopy and rib colours."""

    sky: str
    ground: str
    town: str
    windows: str
    drops: str
    umbrellas: tuple[tuple[float, float, float, str, str], ...]


RAINS = (
    RainLook(INDIGO, NIGHT, NIGHT, MUSTARD, SKY, ((0.5, 0.62, 1.0, VERM, OX),)),
    RainLook(
        PALE, TEAL, "#9FBDBB", PAPER, "#5D8794", ((0.63, 0.52, 0.95, MUSTARD, "#C98F1E"), (0.3, 0.74, 0.58, VERM, OX))
    ),
)
PUDDLES = ((0.18, 0.9, 26), (0.5, 0.95, 34), (0.8, 0.88, 22), (0.34, 0.86, 16), (0.66, 0.985, 18))


def rain(canvas: Canvas, variant: int) -> str:
    look = RAINS[variant]
    width, height, unit, random = canvas.width, canvas.height, canvas.unit, Rnd(canvas.seed)
    drawn = [rect(0, 0, width, height, look.sky)]
    if variant:
        drawn.append(placed(puff(PAPER), width * 0.2 + 8 * unit * canvas.swing(1), height * 0.2, 0.7 * unit))
    drawn += [rect(0, height * 0.8, width, height * 0.2, look.ground), _town(canvas, look, random)]
    for puddle, (x, y, reach) in enumerate(PUDDLES):
        age = canvas.lap(2, puddle * 0.19)
        grown = reach * (0.2 + 1.05 * age) * unit
        splash = hoop(width * x, height * y, grown, 0.28 * grown, 2 * unit, look.drops)
        drawn.append(faded(splash, fade(age, 0.1, 0.9)))
    drawn.append(_falling(canvas, look.drops, random))
    for number, (x, y, size, canopy, rib) in enumerate(look.umbrellas):
        bob = 1.6 * canvas.swing(1, number * 0.4)
        umbrella = placed(_umbrella(canopy, rib), width * x, height * y + bob * unit, size * unit, bob)
        drawn.append(umbrella)
    return mirrored("".join(drawn), width) if variant else "".join(drawn)


def _town(canvas: Canvas, look: RainLook, random: Rnd) -> str:
    width, height, unit = canvas.width, canvas.height, canvas.unit
    drawn = []
    for house in range(6):
        x, tall = width * (house + 0.2) / 6, height * random.span(0.25, 0.62)
        drawn.append(rect(x, height * 0.8 - tall, width * 0.12, tall, look.town))
        for window in range(8):
            down = 14 + 22 * (window // 2)
            if random() < 0.4 and down < tall / unit - 14:
                left = x + width * (0.02 + 0.05 * (window % 2))
                drawn.append(rect(left, height * 0.8 - tall + down * unit, 9 * unit, 9 * unit, look.windows))
    return "".join(drawn)


def _falling(canvas: Canvas, colour: str, random: Rnd) -> str:
    """Drops enter above the picture and leave below it, so that none is seen to jump back."""
    width, height, unit = canvas.width, canvas.height, canvas.unit
    strokes = []
    for drop in range(70):
        fallen = canvas.lap(2 + drop % 2, random())
        length = (26 + 10 * (drop % 2)) * unit
        y = -length + (height + length) * fallen
        x = random.span(-0.05, 1.3) * width - y * 9 / 34
        strokes.append(d("M", x, y, "l", -length * 9 / 34, length))
    return line(" ".join(strokes), colour, 2 * unit, "round")


def _umbrella(canopy: str, rib: str) -> str:
    """About 216 wide, its lower edge at y 0."""
    handle = rect(-2.5, -8, 5, 96, PAPER) + line(d("M", 0, 86, "q", 0, 16, -14, 16, "t", -12, -14), PAPER, 5)
    edge = " ".join(d("q", -27, -20, -54, 0) for _ in range(4))
    cloth = path(d("M", -108, 0, "A", 108, 108, 0, 0, 1, 108, 0) + f" {edge} Z", canopy)
    ribs = "".join(line(d("M", 0, -108, "Q", side * 67, -76, side * 54, 0), rib, 3) for side in (-1, 0, 1))
    return handle + cloth + ribs + disc(0, -108, 5, PAPER)

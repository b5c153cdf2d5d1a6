"""Rails: a window seat, a level crossing, an elevated line through the city."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.art.ink import (
    INDIGO,
    INK,
    MUSTARD,
    NIGHT,
    OX,
    PAPER,
    PINK,
    SKY,
    TEAL,
    VERM,
    Rnd,
    disc,
    poly,
    rect,
    ring,
)
from catalog.art.scenes.canvas import Canvas
from catalog.art.scenes.shapes import DEEP, DUSK, PALE, d, faded, mirrored, placed, rounded

POLE_GAP = 240
SKYLINE = ((0, 30, 44), (30, 24, 78), (54, 38, 30), (92, 22, 62), (114, 46, 48), (160, 30, 92), (190, 50, 36))


@dataclass(frozen=True, slots=True)
class TrainLook:
    """``far`` colours the hills or the skyline; ``seat`` the sill below the window."""

    skies: tuple[str, str]
    light: str
    ground: str
    edge: str
    far: str
    frame: str
    seat: tuple[str, str]
    strap: str


TRAINS = (
    TrainLook((SKY, PALE), VERM, TEAL, DEEP, INDIGO, INK, (OX, VERM), PAPER),
    TrainLook((NIGHT, "#3A2A5C"), MUSTARD, "#1B1530", "#0E0B1C", "#0E0B1C", "#4A2A22", (TEAL, "#5FB7A5"), MUSTARD),
)


def train(canvas: Canvas, variant: int) -> str:
    look = TRAINS[variant]
    width, height, unit = canvas.width, canvas.height, canvas.unit
    horizon = height * 0.56
    drawn = [
        rect(0, 0, width, height, look.skies[1]),
        rect(0, 0, width, height * 0.3, look.skies[0]),
        disc(width * 0.7, horizon - (80 if variant else 18) * unit, (26 if variant else 46) * unit, look.light),
        rect(0, horizon, width, height, look.ground),
        rect(0, horizon, width, 5 * unit, look.edge),
    ]
    for row, half in enumerate((40, 26, 34, 16)):
        glint = half * (0.85 + 0.15 * canvas.swing(2, row / 4)) * unit
        drawn.append(rect(width * 0.7 - glint, horizon + (14 + row * 13) * unit, 2 * glint, 4 * unit, look.light))
    drawn.append(_skyline(canvas, horizon, look) if variant else _hills(canvas, horizon, look))
    drawn.append(_passing_poles(canvas, look.frame))
    drawn.append(_carriage(canvas, look))
    return mirrored("".join(drawn), width) if variant else "".join(drawn)


def _hills(canvas: Canvas, horizon: float, look: TrainLook) -> str:
    """The row of hills moves on by one hill a loop."""
    hill, unit = poly([(0, 2), (60, -34), (130, 2)], look.far), canvas.unit
    count = int(canvas.width / unit / 130) + 3
    return "".join(placed(hill, 130 * (number - canvas.phase) * unit, horizon, unit) for number in range(-1, count))


def _skyline(canvas: Canvas, horizon: float, look: TrainLook) -> str:
    """Blocks with lit windows, moving on by one block a loop."""
    unit = canvas.unit
    block = "".join(rect(x, -tall, wide + 0.5, tall + 2, look.far) for x, wide, tall in SKYLINE)
    for x, wide, tall in SKYLINE:
        lights = [(x + 6 + 10 * (light % 3), 10 + 14 * (light // 3)) for light in range(12) if light * (x + 3) % 5 < 2]
        block += "".join(
            rect(at, down - tall, 4, 6, look.light) for at, down in lights if at < x + wide - 6 and down < tall
        )
    count = int(canvas.width / unit / 240) + 3
    return "".join(placed(block, 240 * (number - canvas.phase) * unit, horizon, unit) for number in range(-1, count))


def _passing_poles(canvas: Canvas, colour: str) -> str:
    unit, height = canvas.unit, canvas.height
    moved = canvas.lap(4) if canvas.width > canvas.height else canvas.lap(3)
    drawn = [rect(0, height * 0.19, canvas.width, 2.4 * unit, colour)]
    for number in range(-1, int(canvas.width / unit / POLE_GAP) + 3):
        x = POLE_GAP * (number - moved) * unit
        drawn.append(
            rect(x, 0, 9 * unit, height, colour) + rect(x - 26 * unit, height * 0.18, 62 * unit, 6 * unit, colour)
        )
    return "".join(drawn)


def _carriage(canvas: Canvas, look: TrainLook) -> str:
    """The wall with two windows cut out, the sill and four hand straps."""
    width, height, unit = canvas.width, canvas.height, canvas.unit
    wall, bend = 26 * unit, 20 * unit
    pane, tall = width / 2 - wall * 1.5, height - wall * 4 + bend
    holes = " ".join(_window(left, wall, pane, tall, bend) for left in (wall, width / 2 + wall / 2))
    outline = d("M", 0, 0, "H", width, "V", height, "H", 0, "Z")
    drawn = [f'<path fill-rule="evenodd" fill="{look.frame}" d="{outline} {holes}"/>']
    sill, edge = look.seat
    drawn += [rect(0, height - 44 * unit, width, 44 * unit, sill), rect(0, height - 44 * unit, width, 4 * unit, edge)]
    strap = rect(-1.6, 0, 3.2, 40, look.strap) + ring(0, 54, 13, 5, look.strap)
    for number, x in enumerate((0.14, 0.38, 0.62, 0.86)):
        drawn.append(placed(strap, width * x, 0, unit, 0.5 + 5.5 * canvas.swing(1, number * 0.06)))
    return "".join(drawn)


def _window(left: float, top: float, wide: float, tall: float, bend: float) -> str:
    """A rounded rectangle as path commands."""
    return d(
        "M", left + bend, top, "h", wide - 2 * bend, "q", bend, 0, bend, bend, "v", tall - 2 * bend,
        "q", 0, bend, -bend, bend, "h", 2 * bend - wide, "q", -bend, 0, -bend, -bend, "v", 2 * bend - tall,
        "q", 0, -bend, bend, -bend, "Z",
    )  # fmt: skip


def crossing(canvas: Canvas, variant: int) -> str:
    width, height, unit = canvas.width, canvas.height, canvas.unit
    sky, low, light, far = (NIGHT, INDIGO, PINK, "#0B1530") if variant else ("#F6B65C", "#EE8E4A", PAPER, OX)
    drawn = [rect(0, 0, width, height, sky), rect(0, height * 0.44, width, height * 0.56, low)]
    drawn.append(disc(width * 0.76, height * (0.24 if variant else 0.5), (34 if variant else 66) * unit, light))
    roofs = (
        (0, 0.56), (0.12, 0.5), (0.2, 0.56), (0.3, 0.56), (0.3, 0.48), (0.42, 0.48), (0.42, 0.58), (0.56, 0.52),
        (0.7, 0.6), (1, 0.6), (1, 0.72), (0, 0.72),
    )  # fmt: skip
    drawn.append(poly([(width * x, height * y) for x, y in roofs], far))
    drawn.append(_track(canvas))
    if variant:
        drawn.append(_night_express(canvas))
    drawn.append(_signal(canvas))
    return mirrored("".join(drawn), width) if variant else "".join(drawn)


def _track(canvas: Canvas) -> str:
    width, height, unit = canvas.width, canvas.height, canvas.unit
    sleepers = "".join(
        rect(x * unit, height * 0.78, 12 * unit, height * 0.15, "#2E261F")
        for x in range(-10, int(width / unit) + 20, 34)
    )
    rails = rect(0, height * 0.8, width, 4 * unit, "#6B5A4A") + rect(0, height * 0.9, width, 5 * unit, "#6B5A4A")
    return rect(0, height * 0.7, width, height * 0.3, INK) + rails + sleepers


def _night_express(canvas: Canvas) -> str:
    """Three lit cars that come and go within the loop."""
    unit, length = canvas.unit, 3 * 196
    car = rounded(0, -96, 190, 92, 10, VERM) + rect(0, -30, 190, 10, PAPER) + rect(-8, -18, 210, 10, INK)
    car += "".join(rounded(10 + 44 * pane, -82, 36, 34, 5, MUSTARD) for pane in range(4))
    cars = "".join(placed(car, 196 * number, 0) for number in range(3))
    x = (canvas.width / unit + 60 + length) * canvas.lap() - length - 30
    return placed(cars, x * unit, canvas.height * 0.86, unit)


def _signal(canvas: Canvas) -> str:
    """The crossing's mast: cross, two lamps that take turns, and the barrier trembling."""
    height, unit = canvas.height, canvas.unit
    tall = height / unit
    mast = rect(-6, tall * 0.12, 12, tall * 0.76, INK)
    mast += "".join(rect(-6, tall * (0.5 + 0.08 * band), 12, tall * 0.04, MUSTARD) for band in range(4))
    cross = rect(-52, -8, 104, 16, MUSTARD) + rect(-8, -52, 16, 104, MUSTARD)
    cross += "".join(rect(stripe, -8, 13, 16, INK) for stripe in (-44, -22, 10, 32))
    lamps = rounded(-58, 0, 116, 44, 22, INK)
    lit = canvas.step(4) % 2
    for side in (0, 1):
        x = 36 if side else -36
        lamps += disc(x, 22, 16, VERM if side == lit else "#5A1512")
        lamps += ring(x, 22, 23, 3, VERM) if side == lit else ""
    reach = int(canvas.width * 0.7 / unit / 34) + 2
    barrier = "".join(rect(34 * part, 0, 34, 9, (MUSTARD, INK)[part % 2]) for part in range(reach))
    return (
        placed(mast, canvas.width * 0.3, 0, unit)
        + placed(cross, canvas.width * 0.3, height * 0.17, unit, 45)
        + placed(lamps, canvas.width * 0.3, height * 0.34, unit)
        + placed(barrier, canvas.width * 0.3, height * 0.66, unit, 0.5 * canvas.swing(4) - 0.3)
    )


@dataclass(frozen=True, slots=True)
class CityLook:
    """``layers``: far and near buildings with their lit windows."""

    sky: str
    light: str
    is_crescent: bool
    layers: tuple[tuple[str, str], tuple[str, str]]
    viaduct: str
    pillar: str
    cars: tuple[str, str, str]


CITIES = (
    CityLook(NIGHT, PAPER, True, ((INDIGO, SKY), (INK, MUSTARD)), VERM, OX, (PAPER, VERM, MUSTARD)),
    CityLook(PINK, VERM, False, ((DUSK, PAPER), (OX, PINK)), TEAL, "#073B38", (MUSTARD, TEAL, PAPER)),
)


def night(canvas: Canvas, variant: int) -> str:
    look = CITIES[variant]
    width, height, unit = canvas.width, canvas.height, canvas.unit
    line_y = height * 0.78
    drawn = [rect(0, 0, width, height, look.sky)]
    drawn.append(disc(width * 0.78, height * 0.24, (38 if look.is_crescent else 60) * unit, look.light))
    if look.is_crescent:
        drawn.append(disc(width * 0.78 + 16 * unit, height * 0.24 - 8 * unit, 34 * unit, look.sky))
    drawn.append(_buildings(canvas, look, line_y))
    drawn += [rect(0, line_y, width, 10 * unit, look.viaduct), rect(0, line_y + 10 * unit, width, height, INK)]
    drawn += [
        rect(x * unit, line_y + 10 * unit, 14 * unit, height, look.pillar) for x in range(20, int(width / unit), 92)
    ]
    body, stripe, pane = look.cars
    car = rounded(0, -33, 94, 31, 5, body) + rect(0, -12, 94, 5, stripe)
    car += "".join(rect(8 + 21 * window, -27, 15, 11, pane) for window in range(4))
    cars = "".join(placed(car, 98 * number, 0) for number in range(4))
    x = (width + 440 * unit) * canvas.lap(1, 0.35) - 410 * unit
    drawn.append(placed(cars, x, line_y, unit))
    return mirrored("".join(drawn), width) if variant else "".join(drawn)


def _buildings(canvas: Canvas, look: CityLook, line_y: float) -> str:
    width, height, unit, random = canvas.width, canvas.height, canvas.unit, Rnd(canvas.seed)
    drawn = []
    for layer, (wall, pane) in enumerate(look.layers):
        x = -10.0
        while x < width:
            wide, tall = random.span(36, 74) * unit, height * random.span(0.26, 0.6 - 0.16 * layer)
            drawn.append(rect(x, line_y - tall, wide + 1, tall, wall))
            columns = max(2, int(wide / (15 * unit)))
            for cell in range(columns * int(tall / (17 * unit))):
                if random() < 0.34:
                    column, floor = cell % columns, cell // columns
                    place = (x + (column + 0.3) * wide / columns, line_y - tall + (8 + 17 * floor) * unit)
                    drawn.append(_lit_window(canvas, place, pane, random))
            x += wide + (6 * unit if layer else 0)
    return "".join(drawn)


def _lit_window(canvas: Canvas, place: tuple[float, float], colour: str, random: Rnd) -> str:
    """One window in five goes out for a part of the loop."""
    pane = rect(*place, 6 * canvas.unit, 8 * canvas.unit, colour)
    goes_out = random() < 0.2
    return faded(pane, 0.15) if goes_out and canvas.lap(1, random()) < 0.4 else pane

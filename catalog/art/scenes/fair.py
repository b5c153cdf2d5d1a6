"""Nights out: an idol stage, a record playing, a Ferris wheel."""

from __future__ import annotations

import math
from dataclasses import dataclass

from catalog.art.ink import (
    COBALT,
    INDIGO,
    INK,
    MUSTARD,
    OX,
    PAPER,
    PINK,
    SKY,
    TEAL,
    VERM,
    disc,
    line,
    path,
    poly,
    rect,
    ring,
)
from catalog.art.scenes.canvas import Canvas
from catalog.art.scenes.shapes import DEEP, DUSK, SKIN, d, ellipse, faded, mirrored, placed, rounded


@dataclass(frozen=True, slots=True)
class StageLook:
    """``idol_gap`` in widths of the canvas; ``jumps`` is how often an idol leaps in one loop."""

    hall: str
    backdrop: str | None
    beams: tuple[str, ...]
    floor: tuple[str, str]
    dresses: tuple[str, ...]
    hair: tuple[str, ...]
    lights: tuple[str, str, str]
    idols: int
    idol_size: float
    idol_gap: float
    jumps: int


STAGES = (
    StageLook(
        hall=INK,
        backdrop=None,
        beams=(PINK, MUSTARD, SKY, VERM, PINK),
        floor=(OX, VERM),
        dresses=(PAPER, PINK, SKY),
        hair=(VERM, MUSTARD, INDIGO, OX),
        lights=(PINK, VERM, MUSTARD),
        idols=9,
        idol_size=1.0,
        idol_gap=0.075,
        jumps=4,
    ),
    StageLook(
        hall="#2C1A66",
        backdrop=PINK,
        beams=(SKY, PAPER, SKY),
        floor=(COBALT, SKY),
        dresses=(MUSTARD, PAPER, VERM),
        hair=(INK, OX),
        lights=(SKY, PAPER, "#6E8CF0"),
        idols=3,
        idol_size=1.75,
        idol_gap=0.17,
        jumps=2,
    ),
)


def stage(canvas: Canvas, variant: int) -> str:
    look = STAGES[variant]
    width, height, unit = canvas.width, canvas.height, canvas.unit
    drawn = [rect(0, 0, width, height, look.hall)]
    if look.backdrop:
        drawn.append(_rays(canvas, look.backdrop))
    drop = height * 0.86 / unit
    for number, colour in enumerate(look.beams):
        x = width * (number + 0.5) / len(look.beams)
        beam = faded(poly([(-6, -10), (-62, drop), (62, drop), (6, -10)], colour), 0.5)
        drawn.append(placed(beam, x, 0, unit, 13 * canvas.swing(1, 0.5 * (number % 2))))
        drawn.append(placed(rounded(-13, -8, 26, 22, 4, "#3A332B"), x, 0, unit))
    drawn.append(ellipse(width * 0.5, height * 0.8, width * 0.46, 30 * unit, look.floor[0]))
    drawn.append(ellipse(width * 0.5, height * 0.78, width * 0.4, 22 * unit, look.floor[1]))
    drawn += [_idol(canvas, look, number) for number in range(look.idols)]
    drawn.append(_audience(canvas, look.lights))
    return "".join(drawn)


def _rays(canvas: Canvas, colour: str) -> str:
    """A sunburst behind the stage, turning by one ray a loop."""
    reach = 2 * max(canvas.width, canvas.height) / canvas.unit
    rays = []
    for ray in range(16):
        angle = 2 * math.pi * (ray + canvas.phase) / 16
        edges = [(reach * math.cos(angle + side), reach * math.sin(angle + side)) for side in (-0.1, 0.1)]
        rays.append(poly([(0, 0), *edges], "#3B2580"))
    sun = disc(0, 0, 78 + 3 * canvas.swing(3), colour)
    return placed("".join(rays) + sun, canvas.width * 0.5, canvas.height * 0.46, canvas.unit)


def _idol(canvas: Canvas, look: StageLook, number: int) -> str:
    """The further from the middle, the smaller and the further back."""
    middle = (look.idols - 1) / 2
    aside = abs(number - middle)
    tall, side = 58 - 4 * aside, 1 if number % 2 else -1
    wave = 6 * canvas.swing(2, number / look.idols)
    limbs = (
        d("M", 0, -tall * 0.58, "l", side * 10 + wave * 0.5, -tall * 0.5),
        d("M", 0, -tall * 0.58, "l", -side * 12, 10 + wave),
        d("M", -3, -tall * 0.2, "V", 0, "M", 3, -tall * 0.2, "V", 0),
    )
    dress = [(-13, -tall * 0.16), (-4, -tall * 0.64), (4, -tall * 0.64), (13, -tall * 0.16)]
    figure = line(" ".join(limbs), SKIN, 3.2, "round") + poly(dress, look.dresses[number % len(look.dresses)])
    figure += disc(0, -tall * 0.82, 9.5, look.hair[number % len(look.hair)]) + disc(1.5, -tall * 0.78, 6.5, SKIN)
    jump = 5 * canvas.swell(look.jumps, (number % 3) / 6)
    x = canvas.width * (0.5 + (number - middle) * look.idol_gap)
    y = canvas.height * 0.79 + ((middle - aside) * 2 - jump) * canvas.unit
    return placed(figure, x, y, look.idol_size * canvas.unit)


def _audience(canvas: Canvas, colours: tuple[str, str, str]) -> str:
    """Two rows of heads, each with a light stick."""
    drawn = []
    for row in range(2):
        for seat in range(22):
            stick = rounded(-2.6, -46, 5.2, 26, 2.6, colours[(seat + row) % 3])
            lean = 16 * canvas.swing(2, (seat * 7 % 5) * 0.06)
            x, y = canvas.width * (seat + 0.5 * row) / 21, canvas.height * (0.93 + row * 0.06)
            drawn.append(placed(stick, x, y + 20 * canvas.unit, canvas.unit, lean))
            drawn.append(disc(x, y + 12 * canvas.unit, 12 * canvas.unit, INK))
    return "".join(drawn)


@dataclass(frozen=True, slots=True)
class RecordLook:
    table: str
    grain: str
    plinth: str
    disc: str
    groove: str
    sheen: str
    label: tuple[str, str]
    arm: str


RECORDS = (
    RecordLook(VERM, "#D93A15", "#C9330F", INK, "#4A4038", "#3A322B", (PAPER, COBALT), PAPER),
    RecordLook("#0F6F73", TEAL, MUSTARD, OX, "#A23A34", "#95302C", (PINK, INK), "#17130F"),
)


def vinyl(canvas: Canvas, variant: int) -> str:
    look = RECORDS[variant]
    width, height, unit = canvas.width, canvas.height, canvas.unit
    radius, x, y = 112.0, width * 0.46, height * 0.52
    drawn = [rect(0, 0, width, height, look.table)]
    drawn += [rect(0, row * 18 * unit, width, 1.6 * unit, look.grain) for row in range(int(height / 18 / unit) + 1)]
    if variant:
        drawn.append(rounded(x - 128 * unit, y - 124 * unit, 256 * unit, 248 * unit, 18 * unit, look.plinth))
    else:
        drawn.append(disc(x, y, 124 * unit, look.plinth))
    plate = disc(0, 0, radius, look.disc)
    plate += "".join(ring(0, 0, radius * (0.48 + 0.055 * groove), 1.4, look.groove) for groove in range(9))
    plate += "".join(path(_wedge(radius, angle, 0.34), look.sheen) for angle in (0.4, 3.54))
    plate += disc(0, 0, radius * 0.38, look.label[0]) + path(_wedge(radius * 0.38, math.pi, math.pi / 2), look.label[1])
    plate += disc(0, 0, radius * 0.05, INK)
    drawn.append(placed(plate, x, y, unit, 360 * canvas.phase))
    drawn.append(_tone_arm(canvas, look.arm, (x, y)))
    return mirrored("".join(drawn), width) if variant else "".join(drawn)


def _wedge(radius: float, start: float, angle: float) -> str:
    """A slice of a disc around 0, 0, as path commands; angles in radians."""
    begin, end = (radius * math.cos(start), radius * math.sin(start)), start + angle
    return d(
        "M", 0, 0, "L", *begin, "A", radius, radius, 0, 0, 1, radius * math.cos(end), radius * math.sin(end), "Z"
    )  # fmt: skip


def _tone_arm(canvas: Canvas, colour: str, centre: tuple[float, float]) -> str:
    """The arm rides the groove: it sinks a little and swings in and out with every turn."""
    unit, (x, y) = canvas.unit, centre
    pivot_x, pivot_y = max(canvas.width * 0.84, x + 118 * unit), canvas.height * 0.22
    if canvas.width < canvas.height:
        pivot_x, pivot_y = canvas.width * 0.88, y - 148 * unit
    head = (x + 70 * unit - pivot_x) / unit, (y + 72 * unit - pivot_y) / unit
    arm = line(d("M", 0, 0, "L", -4, head[1] * 0.62, "L", *head), colour, 7)
    arm += rounded(head[0] - 16, head[1] - 6, 30, 16, 3, colour)
    swung = placed(arm, pivot_x, pivot_y, unit, 0.7 * canvas.swing(1))
    return (
        disc(pivot_x, pivot_y, 26 * unit, colour)
        + swung
        + disc(pivot_x, pivot_y, 11 * unit, INK if colour == PAPER else PINK)
    )


@dataclass(frozen=True, slots=True)
class WheelLook:
    """``cabins`` colours repeat around the wheel; a loop turns it by as many cabins as there are colours."""

    sky: str
    low_sky: str
    light: str
    hills: str
    legs: str
    spokes: str
    cabins: tuple[str, ...]
    count: int
    radius: float
    centre: tuple[float, float]
    hub: str


WHEELS = (
    WheelLook(TEAL, DEEP, PAPER, INK, PAPER, PINK, (VERM, MUSTARD, PAPER), 12, 104, (0.56, 0.48), VERM),
    WheelLook("#F6C79A", DUSK, VERM, "#3A1730", "#3A1730", OX, (COBALT, PAPER), 16, 106, (0.36, 0.47), MUSTARD),
)


def ferris(canvas: Canvas, variant: int) -> str:
    look = WHEELS[variant]
    width, height, unit = canvas.width, canvas.height, canvas.unit
    x, y = width * look.centre[0], height * look.centre[1]
    drawn = [rect(0, 0, width, height, look.sky), rect(0, height * 0.62, width, height * 0.38, look.low_sky)]
    light_x = width * (0.82 if variant else 0.16)
    drawn.append(disc(light_x, height * (0.5 if variant else 0.3), (54 if variant else 30) * unit, look.light))
    hills = d("M", 0, height, "V", height * 0.8, "q", width * 0.16, -height * 0.14, width * 0.34, 0)
    drawn.append(path(f"{hills} {d('t', width * 0.34, 0, 't', width * 0.36, 0, 'V', height, 'Z')}", look.hills))
    base = (height - y) / unit
    for side in (1, -1):
        drawn.append(placed(poly([(-6, 0), (6, 0), (side * 62, base), (side * 48, base)], look.legs), x, y, unit))
    drawn.append(placed(_wheel(canvas, look), x, y, unit))
    return "".join(drawn)


def _wheel(canvas: Canvas, look: WheelLook) -> str:
    """Cabins hang upright and sway a little as the wheel carries them."""
    turn = 2 * math.pi * canvas.phase * len(look.cabins) / look.count
    angles = [2 * math.pi * cabin / look.count + turn for cabin in range(look.count)]
    rim = [(look.radius * math.cos(angle), look.radius * math.sin(angle)) for angle in angles]
    spokes = " ".join(d("M", 0, 0, "L", x, y) for x, y in rim)
    drawn = [ring(0, 0, look.radius, 4, look.spokes), ring(0, 0, look.radius * 0.84, 2, look.spokes)]
    drawn.append(line(spokes, look.spokes, 2))
    for cabin, (x, y) in enumerate(rim):
        car = disc(0, 9, 13, look.cabins[cabin % len(look.cabins)]) + rect(-13, 8, 26, 4, INK)
        drawn.append(placed(car, x, y, 1, 6 * canvas.swing(len(look.cabins), cabin / len(look.cabins))))
    return "".join(drawn) + disc(0, 0, 12, look.hub)

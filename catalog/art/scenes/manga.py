"""The printed page: an eye in close-up, speed lines around a sign."""

from __future__ import annotations

import math
from dataclasses import dataclass

from catalog.art.ink import INDIGO, INK, MUSTARD, OX, PAPER, PINK, TEAL, VERM, Rnd, disc, line, path, rect
from catalog.art.lettering import set_kanji
from catalog.art.scenes.canvas import Canvas
from catalog.art.scenes.shapes import SKIN, d, ellipse, mirrored, placed

BURSTS = 6  # drawings of the speed lines in one loop


@dataclass(frozen=True, slots=True)
class EyeLook:
    """``gaze`` is how far the iris wanders; ``iris`` is its rim, its shade and its lit lower half."""

    skin: str
    hair: str
    iris: tuple[str, str, str]
    white_shadow: str
    lashes: str
    brow: str
    blush: str
    gaze: float


EYES = (
    EyeLook(SKIN, INDIGO, (INDIGO, TEAL, "#5FB7A5"), "#1C2C54", INK, OX, VERM, 0),
    EyeLook("#D9A37E", PINK, (OX, "#C9330F", MUSTARD), "#7C1C1A", "#3A1730", "#C4766B", VERM, 34),
)
LENS = d(
    "M", -168, 6, "C", -110, -92, 70, -104, 166, -22, "C", 130, 74, -70, 92, -168, 6, "Z"
)  # fmt: skip
UPPER_LID = d(
    "M", -180, 12, "C", -116, -104, 74, -116, 186, -30, "L", 206, -66, "L", 160, -62, "L", 170, -92, "L", 112, -86,
    "C", 20, -122, -130, -96, -180, 12, "Z",
)  # fmt: skip


def eye(canvas: Canvas, variant: int) -> str:
    """All that moves shows through the lens cut out of the face, which is drawn over it."""
    look = EYES[variant]
    width, height, unit = canvas.width, canvas.height, canvas.unit
    x, y = width * 0.5, height * 0.54
    size = unit * min(1.0, width / unit / 400)
    outside = max(width, height) / size
    face = d("M", -outside, -outside, "H", outside, "V", outside, "H", -outside, "Z")
    tremble = 3 * (canvas.step(10) % 2) if look.gaze == 0 else 0
    gaze = look.gaze * _glance(canvas.phase)
    drawn = ellipse(0, 0, 190, 110, "#FFF9EC")
    drawn += placed(_iris(look, tremble), gaze, 0)
    drawn += rect(-190, -110, 400, 44, look.white_shadow)
    drawn += path(_falling_lid(_blink(canvas.phase)), look.skin)
    drawn += f'<path fill-rule="evenodd" fill="{look.skin}" d="{face} {LENS}"/>'
    drawn += path(UPPER_LID, look.lashes) + line(d("M", -60, 78, "Q", 50, 86, 118, 44), look.lashes, 4, "round")
    brow_lift = 5 * canvas.swell(1)
    drawn += placed(line(d("M", -120, -98, "Q", 0, -150, 130, -112), look.brow, 4, "round"), 0, -brow_lift)
    drawn += "".join(line(d("M", left, 108, "l", -9, 16), look.blush, 4, "round") for left in (-120, -102, -84))
    scene = placed(drawn, x, y, size) + _fringe(canvas, look.hair)
    return mirrored(scene, width) if variant else scene


def _blink(phase: float) -> float:
    """How far the lid is down: shut once, near the loop's end."""
    return max(0.0, 1 - abs(phase - 0.8) / 0.1)


def _glance(phase: float) -> float:
    """A look aside and back again, held in between."""
    held = max(0.0, min(1.0, (phase - 0.12) / 0.1, (0.66 - phase) / 0.1))
    return held * held * (3 - 2 * held)


def _iris(look: EyeLook, tremble: float) -> str:
    rim, shade, lit = look.iris
    lower = d("M", -66, -4, "A", 66, 78, 0, 0, 0, 66, -4, "Z")
    shine = disc(-28, -38, 20, PAPER) + disc(28, 34, 9, PAPER) + ellipse(0, 54, 30, 7, PAPER)
    return (
        ellipse(0, -6, 74, 86, rim)
        + ellipse(0, -4, 66, 78, shade)
        + path(lower, lit)
        + ellipse(0, -2, 30, 38, INK)
        + placed(shine, tremble, tremble * 0.7)
    )


def _falling_lid(down: float) -> str:
    lower_edge = -108 + 158 * down
    return d("M", -200, -220, "H", 220, "V", lower_edge, "Q", 0, lower_edge + 50 * down, -200, lower_edge, "Z")


def _fringe(canvas: Canvas, colour: str) -> str:
    """Hair from above; the tips stir."""
    width, height = canvas.width, canvas.height
    tips = ((0.86, 0.3), (0.78, 0.1), (0.6, 0.24), (0.5, 0.07), (0.3, 0.26), (0.22, 0.09), (0.06, 0.36))
    points: list[str | float] = ["M", 0, 0, "H", width, "V", height * 0.13]
    for number, (x, y) in enumerate(tips):
        stir = 0.008 * canvas.swing(1, number / 7) if number % 2 == 0 else 0
        points += ["L", width * (x + stir), height * y]
    return path(d(*points, "L", 0, height * 0.2, "Z"), colour)


@dataclass(frozen=True, slots=True)
class SpeedLook:
    ground: str
    lines: str
    sign: str
    ink: str
    centre: tuple[float, float]
    plate: str | None


SPEEDS = (
    SpeedLook(PAPER, INK, "走", VERM, (0.5, 0.5), None),
    SpeedLook(VERM, PAPER, "闘", PAPER, (0.58, 0.46), INK),
)


def speed(canvas: Canvas, variant: int) -> str:
    """A new drawing every few frames, as if by hand: the wrap is one more such change."""
    look, unit = SPEEDS[variant], canvas.unit
    x, y = canvas.width * look.centre[0], canvas.height * look.centre[1]
    drawing = canvas.step(BURSTS)
    drawn = rect(0, 0, canvas.width, canvas.height, look.ground)
    drawn += placed(path(_streaks(canvas, drawing), look.lines), x, y, unit)
    size = 150.0
    sign = disc(0, 0, 92, look.plate) if look.plate else ""
    sign += set_kanji(look.sign, -size / 2, size * 0.38, size, look.ink)
    jolt = drawing % 2
    return drawn + placed(sign, x, y, unit * (1 + 0.03 * jolt), -jolt * (1 if look.plate is None else -3))


def _streaks(canvas: Canvas, drawing: int) -> str:
    random = Rnd(f"{canvas.seed}:{drawing}")
    reach = (canvas.width + canvas.height) / canvas.unit
    streaks = []
    for number in range(60):
        angle = 2 * math.pi * (number + random()) / 60
        spread, start = random.span(0.008, 0.03), random.span(96, 150) if random() < 0.8 else 180
        ends = [(reach * math.cos(angle + side), reach * math.sin(angle + side)) for side in (-spread, spread)]
        streaks.append(
            d("M", start * math.cos(angle), start * 0.8 * math.sin(angle), "L", *ends[0], "L", *ends[1], "Z")
        )
    return " ".join(streaks)

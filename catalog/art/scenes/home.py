"""At home: a cat on the sill, a bowl of ramen, a wind chime, an electric fan."""

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
    SAND,
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
from catalog.art.scenes.canvas import Canvas, fade
from catalog.art.scenes.shapes import DEEP, DUSK, PALE, d, ellipse, faded, mirrored, placed, puff, rounded, streak


@dataclass(frozen=True, slots=True)
class CatLook:
    wall: str
    stripe: str
    sky: str
    light: str
    cloud: str
    frame: str
    coat: str
    eyes: str
    collar: str


CATS = (
    CatLook(OX, "#8C2723", INDIGO, MUSTARD, SKY, INK, INK, MUSTARD, VERM),
    CatLook(MUSTARD, "#DDA125", SKY, PAPER, PAPER, "#FBF4E4", "#C4602F", INK, COBALT),
)


def cat(canvas: Canvas, variant: int) -> str:
    look = CATS[variant]
    width, height, unit = canvas.width, canvas.height, canvas.unit
    stripes = "".join(
        rect(26 * row * unit, 0, 3 * unit, height, look.stripe) for row in range(int(width / 26 / unit) + 1)
    )
    room = _window(canvas, look) + _sitting_cat(canvas, look)
    scene = rect(0, 0, width, height, look.wall) + stripes + placed(room, width * 0.5, height * 0.5, unit)
    return mirrored(scene, width) if variant else scene


def _window(canvas: Canvas, look: CatLook) -> str:
    """A window of 260 x 196 whose upper left corner is at -130, -112, with its sill."""
    drawn = rect(-142, -124, 284, 220, look.frame) + rect(-130, -112, 260, 196, look.sky)
    drawn += disc(52, -41, 44, look.light)
    drawn += streak(-104 + 12 * (1 + canvas.swing(1)), -14, 90, 10, look.cloud)
    drawn += streak(20 - 14 * (1 + canvas.swing(1)), 40, 70, 8, look.cloud)
    drawn += rect(-4, -112, 8, 196, look.frame) + rect(-130, -18, 260, 8, look.frame)
    return drawn + rect(-160, 96, 320, 14, PAPER) + rect(-160, 110, 320, 6, SAND)


def _sitting_cat(canvas: Canvas, look: CatLook) -> str:
    """It sits at x -52 on the sill, y 96: the tail sways, the eyes blink, an ear twitches."""
    tail = d("M", 0, 0, "C", -44, 6, -52, -34, -36, -54)
    blink = max(0.1, min(1.0, abs(canvas.phase - 0.75) / 0.06))
    twitch = -12 * max(0.0, 1 - abs(canvas.phase - 0.4) / 0.06)
    body = d(
        "M", -36, 0, "C", -44, -62, -20, -84, -2, -92, "L", 44, -70, "C", 38, -44, 44, -20, 44, 0, "Z"
    )  # fmt: skip
    eyes = ellipse(-9, 0, 4, 6 * blink, look.eyes) + ellipse(12, 0, 4, 6 * blink, look.eyes)
    drawn = placed(line(tail, look.coat, 12, "round"), -26, -6, 1, 6 + 14 * canvas.swing(1))
    drawn += path(body, look.coat) + disc(26, -98, 30, look.coat)
    drawn += poly([(-2, -106), (-2, -142), (24, -122)], look.coat)
    drawn += placed(poly([(-13, 0), (13, -18), (13, 18)], look.coat), 41, -122, 1, twitch)
    drawn += (
        placed(eyes, 26, -98)
        + rect(4, -74, 42, 7, look.collar)
        + disc(26, -64, 6, PAPER if look.collar == COBALT else MUSTARD)
    )
    return placed(drawn, -52, 96)


@dataclass(frozen=True, slots=True)
class RamenLook:
    wall: str
    table: str
    bowl: str
    pattern: str
    rim: str
    broth: str
    steam: str
    sticks: str


RAMENS = (
    RamenLook(MUSTARD, OX, INK, VERM, PAPER, "#D98A2B", PAPER, OX),
    RamenLook(INDIGO, "#7A4A2B", VERM, PAPER, MUSTARD, "#F6C79A", SKY, "#E7C49A"),
)


def ramen(canvas: Canvas, variant: int) -> str:
    look = RAMENS[variant]
    width, height, unit = canvas.width, canvas.height, canvas.unit
    x, y = width * 0.5, height * 0.6
    drawn = [rect(0, 0, width, height, look.wall), rect(0, height * 0.72, width, height * 0.28, look.table)]
    if variant:
        drawn.append(_shop_curtain(canvas))
    bowl = "".join(_steam(canvas, look, number, left) for number, left in enumerate((-50, 0, 48)))
    bowl += path("M-126 0A126 108.4 0 0 0 126 0Z", look.bowl) + rect(-46, 100, 92, 14, look.bowl)
    bowl += line(_meander(), look.pattern, 3) + ellipse(0, 0, 126, 30, look.rim) + ellipse(0, 0, 116, 25, look.broth)
    drawn.append(placed(bowl + (_egg_and_leek() if variant else _egg_and_nori()), x, y, unit))
    lift = 0.5 + 0.5 * canvas.swing(1)
    sticks = d("M", 30, -2, "L", 202, -135, "M", 44, 2, "L", 214, -120)
    drawn.append(placed(line(sticks, look.sticks, 7, "round"), x - 6 * lift * unit, y + 5 * lift * unit, unit))
    return mirrored("".join(drawn), width) if variant else "".join(drawn)


def _steam(canvas: Canvas, look: RamenLook, number: int, left: float) -> str:
    age = canvas.lap(1, number / 3)
    wisp = line(d("M", left, -34, "q", 24, -26, 0, -52, "t", 0, -52), look.steam, 11, "round")
    return faded(placed(wisp, 4 * canvas.swing(1, number / 3), 12 - 38 * age), fade(age, 0.4, 0.6))


def _meander() -> str:
    """The key pattern around the bowl."""
    return " ".join(d("M", -108 + 25 * turn, 34, "h", 14, "v", 10, "h", -8, "v", -4) for turn in range(9))


def _egg_and_nori() -> str:
    noodles = " ".join(d("M", -90 + 20 * strand, 4, "q", 10, -14, 20, 0) for strand in range(5))
    return (
        line(noodles, PAPER, 4)
        + ellipse(52, -4, 24, 13, PAPER)
        + ellipse(52, -4, 13, 8, VERM)
        + poly([(-70, -6), (-60, -46), (-14, -50), (-20, -4)], DEEP)
        + ellipse(6, 8, 20, 10, PAPER)
        + ring(6, 8, 6, 2.5, PINK)
    )


def _egg_and_leek() -> str:
    noodles = " ".join(d("M", -40 + 18 * strand, -6, "q", 9, 14, 18, 0) for strand in range(6))
    leeks = ((-78, 2), (-62, 10), (-50, -6), (-30, 12))
    return (
        line(noodles, MUSTARD, 4)
        + "".join(ring(x, y, 5, 3, "#5FA05A") for x, y in leeks)
        + ellipse(-84, -10, 20, 10, PAPER)
        + ellipse(-84, -10, 10, 6, MUSTARD)
        + ellipse(10, 12, 24, 9, PINK)
        + ellipse(10, 12, 16, 5, OX)
    )


def _shop_curtain(canvas: Canvas) -> str:
    """The noren over the door; its five strips stir one after the other."""
    width, unit = canvas.width, canvas.unit
    wide = width / 5 / unit
    strip = rect(1, 0, wide - 2, 62, OX) + disc(wide / 2, 32, 14, PAPER)
    strips = [placed(strip, number * wide * unit, 0, unit, 1.8 * canvas.swing(1, number * 0.12)) for number in range(5)]
    return "".join(strips) + rect(0, 0, width, 8 * unit, "#E7C49A")


@dataclass(frozen=True, slots=True)
class ChimeLook:
    """``bells``: x in shares of the canvas, size, glass and paper strip colours."""

    sky: str
    cloud: str
    eaves: str
    outline: str
    fish: str
    bells: tuple[tuple[float, float, str, str], ...]


CHIMES = (
    ChimeLook(SKY, PAPER, INK, INDIGO, VERM, ((0.4, 1.0, PAPER, VERM),)),
    ChimeLook(
        PINK, "#F7CFC6", OX, OX, COBALT, ((0.24, 0.66, SKY, TEAL), (0.54, 0.84, PAPER, MUSTARD), (0.82, 0.6, SKY, VERM))
    ),
)


def furin(canvas: Canvas, variant: int) -> str:
    look = CHIMES[variant]
    width, height, unit = canvas.width, canvas.height, canvas.unit
    drift = 10 * unit * canvas.swing(1)
    drawn = [rect(0, 0, width, height, look.sky)]
    if variant:
        drawn += [disc(width * 0.5, height * 0.86, 90 * unit, DUSK), rect(0, height * 0.86, width, height, TEAL)]
    drawn.append(placed(puff(look.cloud), width * 0.82 + drift, height * 0.8, 0.8 * unit))
    drawn.append(rect(0, 0, width, 20 * unit, look.eaves))
    drawn += [rect(x * unit, 20 * unit, 5 * unit, 26 * unit, look.eaves) for x in range(8, int(width / unit), 22)]
    drawn.append(rect(0, 46 * unit, width, 5 * unit, look.eaves))
    for number, (x, size, glass, strip) in enumerate(look.bells):
        cord = height * 0.3 / unit - 46 * (1 if len(look.bells) == 1 else 0.6 + 0.5 * (number % 2))
        offset = number * 0.17
        bell = _bell(look, cord / size, glass, strip, 13 * canvas.swing(1, offset + 0.08))
        drawn.append(placed(bell, width * x, 46 * unit, size * unit, 0.5 + 4.5 * canvas.swing(1, offset)))
    return "".join(drawn)


def _bell(look: ChimeLook, cord: float, glass: str, strip: str, strip_degrees: float) -> str:
    """Hangs from 0, 0; a painted fish swims in the glass."""
    dome = d("M", -46, 62, "A", 58, 58, 0, 1, 1, 46, 62, "Z")
    fish = ellipse(-14, 30, 18, 10, look.fish) + poly([(2, 30), (22, 20), (22, 42)], look.fish)
    fish += ellipse(22, 4, 10, 6, look.fish) + disc(-24, 27, 2, PAPER)
    waves = line(d("M", -40, 50, "q", 10, -6, 20, 0, "t", 20, 0, "t", 20, 0, "t", 20, 0), COBALT, 3)
    paper = rect(-1.2, -2, 2.4, 26, INK) + rect(-16, 24, 32, 92, strip) + rect(-16, 38, 32, 4, PAPER)
    paper += "".join(disc(0, 60 + 18 * dot, 5, PAPER) for dot in range(3))
    bell = path(dome, glass) + f'<path d="{dome}" fill="none" stroke="{look.outline}" stroke-width="4"/>' + fish + waves
    return rect(-1.2, 0, 2.4, cord, INK) + placed(bell + placed(paper, 0, 62, 1, strip_degrees), 0, cord)


@dataclass(frozen=True, slots=True)
class FanLook:
    wall: str
    floor: str
    seam: str
    body: str
    guard: str
    blades: tuple[str, str]
    hub: str
    x: float


FANS = (
    FanLook(PALE, MUSTARD, "#C98F1E", COBALT, PAPER, ("#6E8CF0", "#4E6FE0"), VERM, 0.5),
    FanLook("#24375F", "#5B2A1E", "#46201A", VERM, NIGHT, (PINK, "#F7C6BB"), MUSTARD, 0.6),
)


def fan(canvas: Canvas, variant: int) -> str:
    look = FANS[variant]
    width, height, unit = canvas.width, canvas.height, canvas.unit
    floor = height * 0.84
    drawn = [rect(0, 0, width, height, look.wall), rect(0, floor, width, height - floor, look.floor)]
    drawn += [rect(0, floor + row * 14 * unit, width, 1.8 * unit, look.seam) for row in range(4)]
    drawn.append(_night_window(canvas) if variant else placed(_calendar(), width * 0.06, height * 0.1, unit))
    x, y = width * look.x, height * 0.44
    foot = (floor - y) / unit
    stand = rect(-8, 92, 16, foot - 84, look.body) + rounded(-54, foot, 108, 18, 9, look.body)
    head = disc(0, 0, 98, look.body) + disc(0, 0, 92, look.guard)
    blade = d("M", 0, 0, "C", -60, -30, -46, -88, 4, -82, "C", 24, -60, 14, -20, 0, 0, "Z")
    blades = "".join(placed(path(blade, look.blades[turn % 2]), 0, 0, 1, 90 * turn) for turn in range(4))
    head += placed(blades, 0, 0, 1, 360 * canvas.phase * (1 + variant))
    head += "".join(ring(0, 0, 92 * share, 1.8, look.body) for share in (0.35, 0.58, 0.8))
    wires = " ".join(
        d("M", 0, 0, "L", 92 * math.cos(angle), 92 * math.sin(angle))
        for angle in (math.pi * wire / 9 for wire in range(18))
    )
    head += line(wires, look.body, 1.4) + disc(0, 0, 19, look.hub)
    for left in (-44, 44):
        ribbon = line(d("M", 0, 0, "q", 10, 26, left * 0.5, 48, "t", left * 0.2, 40), look.hub, 4.5, "round")
        head += placed(ribbon, left, 30, 1, 1 + 7 * canvas.swing(4, 0.1 if left > 0 else 0))
    return "".join(drawn) + placed(stand + head, x, y, unit, 0)


def _calendar() -> str:
    page = rect(0, 0, 70, 92, PAPER) + rect(0, 0, 70, 22, VERM)
    return page + "".join(disc(12 + day % 4 * 15, 36 + day // 4 * 15, 3.6, INK) for day in range(15))


def _night_window(canvas: Canvas) -> str:
    """A round window with the moon and reeds that bow in the draught."""
    x, y, unit = canvas.width * 0.2, canvas.height * 0.32, canvas.unit
    reeds = "".join(
        placed(path("M-2 0Q0 -40 14 -62Q6 -36 3 0Z", TEAL), 14 * reed - 40, 58, 1, 6 * canvas.swing(1, reed * 0.1))
        for reed in range(6)
    )
    pane = disc(0, 0, 62, SKY) + disc(18, -16, 22, PAPER) + reeds
    return placed(pane + ring(0, 0, 66, 9, "#5B2A1E") + rect(-66, 56, 132, 12, "#24375F"), x, y, unit)

"""Fields that repeat: scales, hemp leaves, quarter circles, dots and moons."""

from __future__ import annotations

import math

from catalog.art.compositions.stage import Stage
from catalog.art.ink import Point, disc, line, n, path, poly, rect, ring


def seigaiha(stage: Stage) -> str:
    rnd, inks = stage.rnd, stage.palette
    drawn = disc(50 * rnd.of([2, 5]), stage.top + 100, rnd.of([75, 100]), inks.primary)
    radius = 50
    y, row = stage.down(0.42), 0
    while y < stage.bottom + radius:
        x = 0 if row % 2 else -radius
        while x < stage.width + radius * 1.5:
            centre = y + radius
            drawn += disc(x, centre, radius, inks.secondary)
            drawn += ring(x, centre, radius * 0.8, radius * 0.12, inks.ground)
            drawn += ring(x, centre, radius * 0.5, radius * 0.12, inks.ground)
            drawn += disc(x, centre, radius * 0.26, inks.primary if rnd() < 0.14 else inks.ground)
            drawn += ring(x, centre, radius - 1.5, 3, inks.ground)
            x += 2 * radius
        y += radius * 0.5
        row += 1
    return drawn


def asanoha(stage: Stage) -> str:
    rnd, inks = stage.rnd, stage.palette
    side = rnd.of([50, 58.333])
    row_height = side * math.sqrt(3) / 2
    accent = rnd.of([inks.secondary, inks.text])
    filled, leaves = "", []
    for row in range(-1, int(stage.height / row_height) + 2):
        y = stage.top + row * row_height
        for column in range(-1, int(stage.width / side) + 2):
            x = column * side + (side / 2 if row % 2 else 0)
            upward: list[Point] = [(x, y + row_height), (x + side, y + row_height), (x + side / 2, y)]
            downward: list[Point] = [(x + side / 2, y), (x + side * 1.5, y), (x + side, y + row_height)]
            for corners in (upward, downward):
                if rnd() < 0.26:
                    filled += poly(corners, rnd.of([inks.primary, inks.primary, accent]))
                leaves.append(_hemp_leaf(corners))
    return filled + line("".join(leaves), inks.secondary, 2.2)


def _hemp_leaf(corners: list[Point]) -> str:
    """A triangle's outline and the three strokes from its middle to its corners."""
    middle_x = sum(x for x, _ in corners) / 3
    middle_y = sum(y for _, y in corners) / 3
    points = [f"{n(float(x))} {n(float(y))}" for x, y in corners]
    strokes = "".join(f"M{n(middle_x)} {n(middle_y)}L{point}" for point in points)
    return f"{strokes}M{'L'.join(points)}Z"


def quarters(stage: Stage) -> str:
    rnd, inks = stage.rnd, stage.palette
    side = 50 if rnd() < 0.4 else stage.width / 5
    drawn = ""
    for row in range(math.ceil(stage.height / side)):
        for column in range(round(stage.width / side)):
            x, y = column * side, stage.top + row * side
            colour = rnd.of([inks.primary, inks.secondary, inks.primary, inks.text])
            drawn += _quarter_tile(int(rnd() * 9), x, y, side, colour)
    return drawn


def _quarter_tile(kind: int, x: float, y: float, side: float, colour: str) -> str:
    """0 to 3: a quarter disc in each corner; 4: disc; 5: square; 6: bowl; 7: stripes; 8: left bare."""
    if kind < 4:
        right, low = kind in (1, 2), kind in (2, 3)
        corner_x, corner_y = x + side * right, y + side * low
        across, down = (-side if right else side), (-side if low else side)
        sweep = 1 if right == low else 0
        return path(
            f"M{n(corner_x)} {n(corner_y)}h{n(across)}A{n(side)} {n(side)} 0 0 {sweep}"
            f" {n(corner_x)} {n(corner_y + down)}Z",
            colour,
        )
    if kind == 4:
        return disc(x + side / 2, y + side / 2, side / 2, colour)
    if kind == 5:
        return rect(x, y, side, side, colour)
    if kind == 6:
        return path(f"M{n(x)} {n(y)}h{n(side)}A{n(side / 2)} {n(side / 2)} 0 0 1 {n(x)} {n(y)}Z", colour)
    if kind == 7:
        return "".join(rect(x, y + stripe * side / 5, side, side / 10, colour) for stripe in range(5))
    return ""


def discs(stage: Stage) -> str:
    rnd, inks = stage.rnd, stage.palette
    side = stage.width / rnd.of([4, 5])
    hot = (int(rnd() * 4), int(rnd() * 4))
    drawn = ""
    for row in range(math.ceil(stage.height / side)):
        for column in range(round(stage.width / side)):
            x, y, chance = (column + 0.5) * side, stage.top + (row + 0.5) * side, rnd()
            if (column, row) == hot:
                drawn += rect(column * side, stage.top + row * side, side, side, inks.secondary)
                drawn += disc(x, y, side * 0.46, inks.ground)
            elif chance < 0.55:
                drawn += disc(x, y, side * 0.46, inks.primary)
            elif chance < 0.75:
                drawn += ring(x, y, side * 0.36, side * 0.2, inks.primary)
            elif chance < 0.88:
                radius = side * 0.46
                arc = f"A{n(radius)} {n(radius)} 0 0 1 {n(x + radius)} {n(y)}Z"
                drawn += path(f"M{n(x - radius)} {n(y)}{arc}", inks.secondary)
            else:
                drawn += disc(x, y, side * 0.12, inks.primary)
    return drawn


def phases(stage: Stage) -> str:
    inks = stage.palette
    side = stage.width / 5
    drift = stage.rnd.of([0.35, 0.5, 0.7])
    drawn = ""
    for row in range(math.ceil(stage.height / side)):
        for column in range(5):
            age = ((column + row * drift * 2) / 5) % 1
            x, y, radius = (column + 0.5) * side, stage.top + (row + 0.5) * side, side * 0.44
            drawn += disc(x, y, radius, inks.secondary)
            drawn += path(_lit_moon(x, y, radius, age), inks.primary)
    return drawn


def _lit_moon(x: float, y: float, radius: float, age: float) -> str:
    """The lit part of a moon of ``age`` 0 (new) to 1: half a rim and an elliptic terminator."""
    bulge = math.cos(age * 2 * math.pi) * radius
    waxing = age < 0.5
    rim = 1 if waxing else 0
    terminator = 1 if (bulge < 0) == waxing else 0
    return (
        f"M{n(x)} {n(y - radius)}A{n(radius)} {n(radius)} 0 0 {rim} {n(x)} {n(y + radius)}"
        f"A{n(max(0.1, abs(bulge)))} {n(radius)} 0 0 {terminator} {n(x)} {n(y - radius)}Z"
    )

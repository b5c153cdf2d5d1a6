"""Signs and speed: kanji, a stamped number, rays, focus lines and a blade."""

from __future__ import annotations

import math

from catalog.art.compositions.stage import Stage
from catalog.art.ink import Point, disc, halftone, poly
from catalog.art.lettering import CAP_HEIGHT, measure, set_kanji, set_line


def kanji(stage: Stage) -> str:
    rnd, inks = stage.rnd, stage.palette
    size = max(stage.width, stage.height) * rnd.of([1.08, 1.2])
    x, y = stage.across(rnd.of([0.25, 0.75])), stage.down(rnd.of([0.3, 0.7]))
    moon = disc(x, y, rnd.of([75, 100, 125]), inks.secondary)
    left, base = stage.width / 2 - size / 2, stage.top + stage.height / 2 + size * 0.38
    return moon + set_kanji(stage.sign, left, base, size, inks.primary)


def stamp(stage: Stage) -> str:
    rnd, inks = stage.rnd, stage.palette
    size = min(stage.height * 1.34, stage.width * 1000 / measure(stage.number) * 1.12)
    moon = disc(stage.across(rnd.of([0.3, 0.7])), stage.down(0.4), stage.shorter * 0.42, inks.secondary)
    base = stage.top + stage.height / 2 + size * CAP_HEIGHT / 2
    return moon + set_line(stage.number, stage.width / 2, base, size, inks.primary, "middle")


def rays(stage: Stage) -> str:
    rnd, inks = stage.rnd, stage.palette
    x, y = 50 * rnd.of([0, 2, 3.5, 5, 7]), stage.down(rnd.of([0.5, 0.75, 1]))
    count = rnd.of([20, 24, 32])
    drawn = ""
    for ray in range(count):
        edges = (2 * math.pi * ray / count, 2 * math.pi * (ray + 0.5) / count)
        drawn += poly([(x, y), *(_on_circle(x, y, 700, angle) for angle in edges)], inks.primary)
    radius = rnd.of([75, 100, 125])
    return drawn + disc(x, y, radius + 14, inks.ground) + disc(x, y, radius, inks.secondary)


def speed(stage: Stage) -> str:
    rnd, inks = stage.rnd, stage.palette
    x, y = stage.across(rnd.of([0.4, 0.5, 0.62])), stage.down(rnd.of([0.42, 0.5, 0.58]))
    drawn = ""
    for index in range(54):
        angle = 2 * math.pi * (index + rnd.span(-0.3, 0.3)) / 54
        spread, start = rnd.span(0.012, 0.05), rnd.span(0.34, 0.5) * stage.shorter
        tip = _on_circle(x, y, start, angle)
        drawn += poly([tip, _on_circle(x, y, 640, angle - spread), _on_circle(x, y, 640, angle + spread)], inks.primary)
    size = stage.shorter * 0.46
    target = disc(x, y, stage.shorter * 0.3, inks.secondary)
    return drawn + target + set_kanji(stage.sign, x - size / 2, y + size * 0.38, size, inks.ground)


def _on_circle(x: float, y: float, radius: float, angle: float) -> Point:
    return x + radius * math.cos(angle), y + radius * math.sin(angle)


def blade(stage: Stage) -> str:
    rnd, inks = stage.rnd, stage.palette
    mirrored = rnd() < 0.5

    def at(x: float) -> float:
        return stage.width - x if mirrored else x

    corner: list[Point] = [
        (at(0), stage.bottom),
        (at(stage.width), stage.top),
        (at(stage.width), stage.bottom),
    ]
    shade = halftone(0, stage.top, stage.width, stage.height, inks.primary, 12, grow=(0, 0.9))
    edge: list[Point] = [
        (at(-20), stage.bottom + 20),
        (at(stage.across(0.7)), stage.down(0.22)),
        (at(stage.width + 20), stage.top - 30),
        (at(stage.across(0.78)), stage.down(0.3)),
    ]
    dark = poly(corner, inks.secondary) + stage.clips.within(poly(corner, "#000"), shade)
    moon = disc(at(stage.across(0.3)), stage.down(0.28), rnd.of([40, 55, 70]), inks.primary)
    return dark + poly(edge, inks.primary) + moon

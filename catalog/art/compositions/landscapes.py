"""Horizons: sea, mountains, waves, rails and roofs."""

from __future__ import annotations

from catalog.art.compositions.stage import Stage
from catalog.art.ink import PAPER, Point, disc, line, n, path, poly, rect

SWELL = "q25.0 -47.5 50 0q25.0 25.0 50 0"  # one crest and one trough, 100 wide


def sunsea(stage: Stage) -> str:
    rnd, inks = stage.rnd, stage.palette
    horizon = stage.down(rnd.of([0.55, 0.6, 0.66]))
    x = 50 * rnd.of([2, 3, 4, 5])
    radius = rnd.of([100, 125, 150])
    sky = rect(0, stage.top, stage.width, horizon - stage.top, inks.ground)
    drawn = sky + disc(x, horizon - radius * 0.15, radius, inks.primary)
    drawn += rect(0, horizon, stage.width, stage.bottom - horizon, inks.secondary)
    y = horizon + 10
    while y < stage.bottom:
        depth = (y - horizon) / (stage.bottom - horizon)
        half = radius * (1.02 - 0.55 * depth) * (0.75 + 0.5 * rnd())
        drawn += rect(x - half, y, 2 * half, 4 + 6 * depth, inks.primary)
        y += 13 + 7 * depth
    for _ in range(3):
        drawn += rect(rnd.span(-40, 200), horizon - radius * rnd.span(0.2, 1), rnd.span(90, 190), 6, inks.ground)
    return drawn


def peaks(stage: Stage) -> str:
    rnd, inks = stage.rnd, stage.palette
    drawn = disc(50 * rnd.of([2, 4.5, 5]), stage.down(0.34), rnd.of([75, 90]), inks.primary)
    near = inks.text if inks.text not in (inks.secondary, inks.ground) else inks.ground
    ridges = ((inks.secondary, 0.62, 0.34, 2), (inks.primary, 0.8, 0.26, 3), (near, 0.97, 0.2, 2))
    for colour, base, rise, count in ridges:
        step = stage.width / count
        shift = rnd.span(-0.5, 0)
        for index in range(-1, count + 2):
            x = (index + 0.5 + shift) * step
            top = stage.down(base - rise * rnd.span(0.75, 1))
            reach = step * 0.78
            drawn += poly([(x - reach, stage.bottom + 2), (x, top), (x + reach, stage.bottom + 2)], colour)
            if colour == inks.secondary:
                snow = inks.ground if inks.ground != colour else inks.primary
                drawn += _snowcap(x, top, step, stage.height, snow)
    return drawn


def _snowcap(x: float, top: float, step: float, height: float, colour: str) -> str:
    edge = ((0.0, 0.0), (0.2, 0.12), (0.06, 0.09), (-0.04, 0.14), (-0.17, 0.095))
    return poly([(x + step * across, top + height * down) for across, down in edge], colour)


def fuji(stage: Stage) -> str:
    rnd, inks = stage.rnd, stage.palette
    x = 50 * rnd.of([2.5, 3.5, 4.5])
    top = stage.down(0.34)
    rise = stage.bottom + 2 - top

    def slope(share: float, side: int) -> Point:
        return x + side * (26 + 230 * share**1.45), top + rise * share

    if x == 175:  # behind the summit
        sun = disc(x, stage.down(0.4), 128, inks.primary)
    else:
        sun = disc(stage.width - 78 if x < stage.width / 2 else 78, stage.down(0.27), 54, inks.primary)
    left = [slope(tenth / 10, -1) for tenth in range(11)]
    right = [slope(tenth / 10, 1) for tenth in range(11)]
    mountain = poly(left + right[::-1], inks.secondary)
    thaw = ((-46, 0.19), (-27, 0.31), (-8, 0.18), (12, 0.33), (32, 0.19), (50, 0.25))
    snow = [slope(share, -1) for share in (0, 0.12, 0.27)]
    snow += [(x + across, top + rise * down) for across, down in thaw]
    snow += [slope(share, 1) for share in (0.22, 0.1, 0)]
    white = PAPER if PAPER not in (inks.ground, inks.secondary) else inks.primary
    clouds = (
        _cloud(-30, stage.down(0.7), 170, inks.primary)
        + _cloud(210, stage.down(0.82), 190, inks.primary)
        + _cloud(20, stage.down(0.93), 150, inks.ground, 12)
    )
    return sun + mountain + poly(snow, white) + clouds


def _cloud(x: float, y: float, length: float, colour: str, thickness: int = 16) -> str:
    stroke = f'stroke="{colour}" stroke-width="{thickness}" stroke-linecap="round"'
    return (
        f'<path d="M{n(x)} {n(y)}h{n(length)}" {stroke}/>'
        f'<path d="M{n(x + length * 0.22)} {n(y - thickness)}h{n(length * 0.45)}" {stroke}/>'
    )


def wave(stage: Stage) -> str:
    rnd, inks = stage.rnd, stage.palette
    drawn = disc(50 * rnd.of([1.5, 5, 5.5]), stage.down(0.28), rnd.of([60, 75]), inks.primary)
    shift = rnd.of([0, 25])
    last = inks.text if inks.text != inks.secondary else inks.primary
    for row, colour in enumerate((inks.secondary, inks.primary, inks.secondary, last)):
        start = -100 + (50 if row % 2 else 0) - shift
        crest = stage.down(0.42 + 0.15 * row)
        drawn += path(f"M{start} {n(crest)}{SWELL * 6}V{n(stage.bottom + 2)}H-160Z", colour)
        for below in (11, 22):
            drawn += line(f"M{start} {n(crest + below)}{SWELL * 6}", inks.ground, 3)
    return drawn


def rail(stage: Stage) -> str:
    rnd, inks = stage.rnd, stage.palette
    horizon = stage.down(0.42)
    x = stage.across(rnd.of([0.35, 0.5, 0.65]))  # of the vanishing point
    drawn = disc(x, horizon, rnd.of([80, 100, 120]), inks.primary)
    drawn += rect(0, horizon, stage.width, stage.bottom - horizon, inks.secondary)
    for side in (-1, 1):
        foot = [(x + side * 60, stage.bottom), (x + side * 78, stage.bottom)]
        drawn += poly([(x, horizon), *foot], inks.ground)
    nearness = 0.07
    while nearness < 1:
        y = horizon + (stage.bottom - horizon) * nearness
        drawn += rect(x - 95 * nearness, y, 190 * nearness, 9 * nearness + 0.5, inks.ground)
        nearness *= 1.26
    reach = stage.width * 0.62 if x < stage.width / 2 + 1 else -stage.width * 0.62
    return drawn + "".join(_pole(x + reach * scale, horizon, scale, inks.text) for scale in (0.3, 0.5, 0.85))


def _pole(x: float, horizon: float, scale: float, colour: str) -> str:
    height = 300 * scale
    top = horizon + 30 * scale - height
    return (
        rect(x, top, 9 * scale, height, colour)
        + rect(x - 34 * scale, top + 18 * scale, 78 * scale, 7 * scale, colour)
        + rect(x - 24 * scale, top + 42 * scale, 58 * scale, 6 * scale, colour)
    )


def tower(stage: Stage) -> str:
    rnd, inks = stage.rnd, stage.palette
    drawn = disc(50 * rnd.of([1.5, 5.5]), stage.top + 90, rnd.of([50, 70]), inks.primary)
    x = 0.0
    while x < stage.width:
        width, height = 50 * rnd.of([1, 1, 1.5, 2]), stage.height * rnd.span(0.3, 0.78)
        colour = rnd.of([inks.secondary, inks.secondary, inks.primary])
        width = min(width, stage.width - x)
        drawn += rect(x, stage.bottom - height, width, height, colour)
        light = inks.primary if colour == inks.secondary else inks.ground
        columns = max(2, int(width / 16))
        for column in range(columns):
            left = x + 7 + column * (width - 8) / columns
            lit = [
                f"M{n(left)} {n(stage.bottom - height + 14 + floor * 20)}v9"
                for floor in range(int(height / 20))
                if rnd() < 0.42
            ]
            if lit:
                drawn += line("".join(lit), light, 6)
        x += width
    return drawn


def steps(stage: Stage) -> str:
    rnd, inks = stage.rnd, stage.palette
    drawn = disc(stage.across(rnd.of([0.25, 0.3])), stage.down(0.3), rnd.of([60, 75, 90]), inks.primary)
    mirrored = rnd() < 0.5
    for step in range(7):
        x = step * 50
        top = stage.bottom - stage.height * 0.13 * (step + 1)
        drawn += rect(x, top, 51, stage.bottom - top, inks.secondary) + rect(x, top, 51, 9, inks.primary)
        if step % 2:
            slots = [top + 22 + slot * 12 for slot in range(3)]
            drawn += "".join(rect(x + 8, y, 34, 4, inks.ground) for y in slots if y < stage.bottom - 8)
    return f'<g transform="translate({n(stage.width)} 0) scale(-1 1)">{drawn}</g>' if mirrored else drawn


def torii(stage: Stage) -> str:
    rnd, inks = stage.rnd, stage.palette
    middle = stage.width / 2
    sun = disc(stage.across(rnd.of([0.5, 0.35, 0.65])), stage.down(0.48), rnd.of([110, 130]), inks.secondary)
    top, gate = stage.down(0.2), inks.primary
    left, right = n(middle - 160), n(middle + 160)
    lintel = path(
        f"M{left} {n(top - 10)}Q{n(middle)} {n(top + 16)} {right} {n(top - 10)}"
        f"V{n(top + 18)}Q{n(middle)} {n(top + 40)} {left} {n(top + 18)}Z",
        gate,
    )
    beams = rect(middle - 132, top + 34, 264, 13, gate) + rect(middle - 150, top + 76, 300, 20, gate)
    tablet = rect(middle - 16, top + 40, 32, 40, gate)
    pillars = "".join(
        poly(
            [
                (middle + side * 108, top + 40),
                (middle + side * 76, top + 40),
                (middle + side * 84, stage.bottom),
                (middle + side * 122, stage.bottom),
            ],
            gate,
        )
        for side in (-1, 1)
    )
    ground = "".join(
        rect(0, stage.bottom - 8 - row * 22, stage.width, 4 + (3 - row) * 1.5, inks.text) for row in range(4)
    )
    return sun + lintel + beams + tablet + pillars + ground

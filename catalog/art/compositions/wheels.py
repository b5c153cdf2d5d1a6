"""Things that turn on a centre: rings, petals, a record, an umbrella, a fan, an eye."""

from __future__ import annotations

import math

from catalog.art.compositions.stage import Stage
from catalog.art.ink import PAPER, disc, halftone, line, n, path, rect, ring


def orb(stage: Stage) -> str:
    rnd, inks = stage.rnd, stage.palette
    x, y = stage.across(rnd.of([0.5, 0.5, 0.36, 0.64])), stage.down(0.5)
    radius = stage.shorter * rnd.of([0.4, 0.46, 0.56])
    ground = rect(0, y, stage.width, stage.height * 0.5, inks.secondary) if rnd() < 0.4 else ""
    tilt = rnd.of([-35, 35, 0, 160])
    shade = halftone(x - radius, y - radius, 2 * radius, 2 * radius, inks.ground, 11, grow=(0.02, 1.05), angle=tilt)
    shaded = disc(x, y, radius, inks.primary) + stage.clips.within(disc(x, y, radius + 0.5, "#000"), shade)
    moon = disc(x + radius * 0.9, y - radius * 0.75, radius * 0.16, inks.text) if rnd() < 0.7 else ""
    return ground + shaded + moon


def rings(stage: Stage) -> str:
    rnd, inks = stage.rnd, stage.palette
    x, y = stage.across(rnd.of([0.5, 0.3, 0.7])), stage.down(rnd.of([0.5, 0.4, 0.62]))
    step = rnd.of([16, 20, 25])
    drawn = "".join(ring(x, y, turn * step, step * 0.5, inks.primary) for turn in range(16, 0, -1))
    offset = rnd.of([50, 75])
    return drawn + "".join(
        disc(x + offset, y - offset * 0.4, turn * step * 0.9, inks.secondary if turn % 2 else inks.ground)
        for turn in range(5, 0, -1)
    )


def petals(stage: Stage) -> str:
    rnd, inks = stage.rnd, stage.palette
    x, y = stage.across(rnd.of([0.5, 0.5, 0.15, 0.85])), stage.down(rnd.of([0.5, 0.5, 0.95]))
    count = rnd.of([8, 10, 12, 5])
    length = stage.shorter * rnd.of([0.62, 0.74])
    bulge = length * (1.1 / count + 0.06) * 2
    outline = (
        f"M0 0C{n(bulge)} {n(-length * 0.35)} {n(bulge)} {n(-length * 0.85)} 0 {n(-length)}"
        f"C{n(-bulge)} {n(-length * 0.85)} {n(-bulge)} {n(-length * 0.35)} 0 0Z"
    )
    vein = f"M0 {n(-length * 0.3)}V{n(-length * 0.72)}"
    turned = [f"translate({n(x)} {n(y)}) rotate({n(360 / count * index)})" for index in range(count)]
    blades = "".join(
        f'<path transform="{turn}" d="{outline}"'
        f' fill="{inks.primary if index % 2 == 0 or count % 2 else inks.secondary}"/>'
        for index, turn in enumerate(turned)
    )
    veins = "".join(f'<path transform="{turn}" d="{vein}" stroke="{inks.ground}" stroke-width="3"/>' for turn in turned)
    heart = disc(x, y, length * 0.2, inks.ground) + disc(x, y, length * 0.13, inks.secondary)
    return blades + veins + heart


def vinyl(stage: Stage) -> str:
    rnd, inks = stage.rnd, stage.palette
    x, y = stage.across(rnd.of([0.5, 0.2, 0.8])), stage.down(rnd.of([0.5, 0.5, 0.6]))
    radius = stage.shorter * rnd.of([0.47, 0.6])
    record = disc(x, y, radius, inks.secondary)
    grooves = "".join(ring(x, y, radius * (0.5 + 0.05 * turn), 1.3, inks.ground) for turn in range(9))
    from_x, from_y = n(radius * math.cos(-0.22)), n(radius * math.sin(-0.22))
    to_x, to_y = n(radius * math.cos(0.22)), n(radius * math.sin(0.22))
    sector = f"M0 0L{from_x} {from_y}A{n(radius)} {n(radius)} 0 0 1 {to_x} {to_y}Z"
    gleams = "".join(
        f'<path d="{sector}" transform="translate({n(x)} {n(y)}) rotate({angle})" fill="{inks.primary}" opacity=".9"/>'
        for angle in (35, 215)
    )
    label = disc(x, y, radius * 0.4, inks.primary) + ring(x, y, radius * 0.32, 2, inks.ground)
    return record + grooves + gleams + label + disc(x, y, radius * 0.06, inks.ground)


def umbrella(stage: Stage) -> str:
    rnd, inks = stage.rnd, stage.palette
    x, y = stage.across(rnd.of([0.5, 0.28, 0.72])), stage.down(rnd.of([0.5, 0.4, 0.62]))
    radius = stage.shorter * rnd.of([0.48, 0.58])
    rain = ""
    for _ in range(34):
        drop_x, drop_y, length = rnd() * stage.width, stage.down(rnd()), rnd.span(18, 46)
        rain += line(f"M{n(drop_x)} {n(drop_y)}l{n(-length * 0.35)} {n(length)}", inks.text, 2.2)
    ribs = ""
    for rib in range(20):
        angle = 2 * math.pi * rib / 20
        tip = f"{n(x + radius * math.cos(angle))} {n(y + radius * math.sin(angle))}"
        ribs += line(f"M{n(x)} {n(y)}L{tip}", inks.ground, 2.5)
    canopy = disc(x, y, radius, inks.primary) + ribs + ring(x, y, radius * 0.66, radius * 0.2, inks.secondary)
    tip = disc(x, y, radius * 0.14, inks.ground) + disc(x, y, radius * 0.07, inks.secondary)
    return rain + canopy + tip


def fan(stage: Stage) -> str:
    rnd, inks = stage.rnd, stage.palette
    x, y = stage.across(rnd.of([0.5, 0.5, 0.12, 0.88])), stage.down(rnd.of([0.86, 0.94]))
    radius = min(stage.width * 0.95, stage.height * 0.86)
    first, last = math.radians(198), math.radians(342)
    if x != stage.width / 2:  # held from a corner it opens wider
        first, last = math.radians(176), math.radians(364)
        radius *= 1.05
    leaves = 13
    step = (last - first) / leaves
    drawn = ""
    for leaf in range(leaves):
        colour = inks.primary if leaf % 2 else inks.secondary
        drawn += _fan_leaf(x, y, radius, first + leaf * step, first + (leaf + 1) * step, colour)
        rib = first + (leaf + 0.5) * step
        end = f"{n(x + radius * 0.37 * math.cos(rib))} {n(y + radius * 0.37 * math.sin(rib))}"
        drawn += line(f"M{n(x)} {n(y)}L{end}", inks.primary, 5)
    moon = first + step * rnd.of([5, 6, 7])
    drawn += disc(x + radius * 0.7 * math.cos(moon), y + radius * 0.7 * math.sin(moon), radius * 0.19, inks.ground)
    return drawn + disc(x, y, 12, inks.secondary)


def _fan_leaf(x: float, y: float, outer: float, start: float, end: float, colour: str) -> str:
    """A sector of a ring between two angles in radians."""
    inner = outer * 0.36

    def at(radius: float, angle: float) -> str:
        return f"{n(x + radius * math.cos(angle))} {n(y + radius * math.sin(angle))}"

    return path(
        f"M{at(outer, start)}A{n(outer)} {n(outer)} 0 0 1 {at(outer, end)}"
        f"L{at(inner, end)}A{n(inner)} {n(inner)} 0 0 0 {at(inner, start)}Z",
        colour,
    )


def eye(stage: Stage) -> str:
    inks = stage.palette
    x, y = stage.width / 2, stage.down(0.5)
    half, rise = stage.width * 0.56, stage.shorter * stage.rnd.of([0.3, 0.36])
    lashes = "".join(_lash(x, y, half, rise, math.pi * 2 * index / 36, inks.primary) for index in range(36))
    lens = (
        f"M{n(x - half)} {n(y)}Q{n(x)} {n(y - 2 * rise)} {n(x + half)} {n(y)}"
        f"Q{n(x)} {n(y + 2 * rise)} {n(x - half)} {n(y)}Z"
    )
    iris = disc(x, y, rise * 0.92, inks.primary)
    iris += "".join(ring(x, y, rise * share, 3, inks.ground) for share in (0.62, 0.76))
    iris += disc(x, y, rise * 0.46, inks.secondary)
    iris += disc(x + rise * 0.3, y - rise * 0.34, rise * 0.2, inks.ground)
    white = path(lens, PAPER if inks.primary != PAPER else inks.secondary)
    inside = stage.clips.within(f'<path d="{lens}"/>', iris)
    return lashes + white + inside + line(lens, inks.secondary, 7)


def _lash(x: float, y: float, half: float, rise: float, angle: float, colour: str) -> str:
    across, down = math.cos(angle), math.sin(angle)
    near = f"{n(x + across * half * 0.7)} {n(y + down * rise * 1.25)}"
    return line(f"M{near}L{n(x + across * 420)} {n(y + down * 420)}", colour, 7)

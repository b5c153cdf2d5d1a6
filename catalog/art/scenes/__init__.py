"""Twenty flat scenes in the poster inks, each a function of time in two variants."""

from __future__ import annotations

from collections.abc import Callable

from catalog.art.ink import n
from catalog.art.scenes import fair, garden, home, manga, rails, sky, water
from catalog.art.scenes.canvas import Canvas

_DRAWERS: dict[str, Callable[[Canvas, int], str]] = {
    drawer.__name__: drawer
    for drawer in (
        fair.stage, rails.train, sky.cumulus, manga.eye, water.rain, fair.vinyl, garden.koi, rails.crossing, sky.hanabi,
        home.cat, water.sea, fair.ferris, home.ramen, manga.speed, garden.petals, sky.stars, rails.night, garden.grass,
        home.furin, home.fan,
    )
}  # fmt: skip


def draw(name: str, variant: int, phase: float, width: float, height: float) -> str:
    """One moment of a scene as SVG; ``phase`` 0 and 1 are the same moment."""
    moment = Canvas(width=width, height=height, phase=phase % 1.0, seed=f"scene:{name}:{variant}")
    size = f'viewBox="0 0 {n(width)} {n(height)}" width="{n(width)}" height="{n(height)}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{_DRAWERS[name](moment, variant)}</svg>'

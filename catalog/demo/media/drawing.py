"""Scenes as pixels: single pictures, and reels of the frames that one loop is encoded from."""

from __future__ import annotations

import math
from dataclasses import dataclass
from io import BytesIO

from resvg_py import svg_to_bytes

from catalog.art.ink import INDIGO, INK, MUSTARD, OX, PAPER, PINK, SKY, TEAL, VERM, Rnd, disc, rect
from catalog.art.raster import svg_to_rgb
from catalog.art.scenes import draw

AVATAR_SIDE = 160
JPEG_QUALITY = 78


@dataclass(frozen=True, slots=True)
class Reel:
    """The ``frames`` of one loop of a scene, drawn at this size."""

    scene: str
    variant: int
    frames: int
    width: int
    height: int


def draw_frame(reel: Reel, frame: int) -> bytes:
    """One frame as PNG."""
    svg = draw(reel.scene, reel.variant, frame / reel.frames, reel.width, reel.height)
    return svg_to_bytes(svg_string=svg, skip_system_fonts=True)


def jpeg(svg: str, width: int, height: int) -> bytes:
    """Colour is stored at full resolution: flat inks fray without it."""
    file = BytesIO()
    svg_to_rgb(svg, width, height).save(file, "JPEG", quality=JPEG_QUALITY, optimize=True, subsampling=0)
    return file.getvalue()


def avatar_svg(account_id: str) -> str:
    """A face or a planet of a few discs, seeded by the account."""
    random, side = Rnd(f"avatar:{account_id}"), AVATAR_SIDE
    inks = [PAPER, VERM, INDIGO, MUSTARD, TEAL, PINK, SKY, OX, INK]
    ground, large, small, dot = (inks.pop(int(random() * len(inks))) for _ in range(4))
    angle, reach = 2 * math.pi * random(), side * random.span(0.18, 0.3)
    x, y = side / 2 + reach * math.cos(angle), side / 2 + reach * math.sin(angle)
    drawn = rect(0, 0, side, side, ground) + disc(side / 2, side / 2, side * random.span(0.34, 0.44), large)
    drawn += disc(x, y, side * random.span(0.16, 0.24), small)
    drawn += disc(side - x, side - y, side * random.span(0.05, 0.09), dot)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">{drawn}</svg>'

"""Scenes as pixels: single pictures, and reels of the frames that one loop is encoded from."""

from __future__ import annotations

import math
from dataclasses import dataclass
from io import BytesIO

from PIL import Image
from resvg_py import svg_to_bytes

from catalog.art.ink import INDIGO, INK, MUSTARD, OX, PAPER, PINK, SKY, TEAL, VERM, Rnd, disc, rect
from catalog.art.raster import svg_to_rgb
from catalog.art.scenes import draw

AVATAR_SIDE = 160
JPEG_QUALITY = 78
GIF_COLOURS = 40


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


def gif(pictures: tuple[bytes, ...]) -> bytes:
    """An endless GIF of PNG frames, in one palette so that still parts cost nothing."""
    images = [Image.open(BytesIO(picture)).convert("RGB") for picture in pictures]
    samples = images[:: max(1, len(images) // 4)]
    sheet = Image.new("RGB", (samples[0].width, samples[0].height * len(samples)))
    for row, sample in enumerate(samples):
        sheet.paste(sample, (0, row * sample.height))
    palette = sheet.quantize(GIF_COLOURS, dither=Image.Dither.NONE)
    first, *others = (image.quantize(palette=palette, dither=Image.Dither.NONE) for image in images)
    file = BytesIO()
    first.save(file, "GIF", save_all=True, append_images=others, duration=_delays(len(images)), loop=0)
    return file.getvalue()


def _delays(frames: int) -> list[int]:
    """Milliseconds for each frame: GIF counts in hundredths, so a twelfth of a second is 8, 8, then 9 of them."""
    return [80 if frame % 3 < 2 else 90 for frame in range(frames)]

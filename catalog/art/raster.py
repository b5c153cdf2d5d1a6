"""Drawings as pixels."""

from __future__ import annotations

from io import BytesIO

import resvg_py
from PIL import Image

from catalog.art.posters import HEIGHT, WIDTH, PosterSubject, poster_svg


def svg_to_rgb(svg: str, width: int, height: int) -> Image.Image:
    """The drawing as large as fits this size, in its own proportions; what it leaves transparent is black."""
    png = resvg_py.svg_to_bytes(
        svg_string=svg, width=width, height=height, background="#000000", skip_system_fonts=True
    )
    return Image.open(BytesIO(png)).convert("RGB")


def poster_jpeg(subject: PosterSubject, width: int = WIDTH, quality: int = 80) -> bytes:
    """The poster as a file. Colour is stored at full resolution: flat inks fray without it."""
    image = svg_to_rgb(poster_svg(subject), width, round(width * HEIGHT / WIDTH))
    file = BytesIO()
    image.save(file, "JPEG", quality=quality, optimize=True, progressive=True, subsampling=0)
    return file.getvalue()

"""What stands where a loop should be while none can be had."""

from __future__ import annotations

from io import BytesIO

from catalog.art.raster import svg_to_rgb
from catalog.art.scenes import draw

SCENE, VARIANT, PHASE = "cat", 0, 0.25
INKS = 48  # flat colours and their edges; a GIF is not made smaller by more


def still_picture(width: int, height: int, format: str) -> bytes:
    """A cat that waits on the sill, as a "JPEG" or "GIF" file. No words: whose page it is on nobody knows."""
    image = svg_to_rgb(draw(SCENE, VARIANT, PHASE, width, height), width, height)
    file = BytesIO()
    if format == "GIF":
        image.quantize(INKS).save(file, format, optimize=True)
    else:
        image.save(file, format, quality=80, optimize=True)
    return file.getvalue()

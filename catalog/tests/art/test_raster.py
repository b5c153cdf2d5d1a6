from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageColor

from catalog.art.ink import MUSTARD, rect
from catalog.art.posters import PosterSubject
from catalog.art.raster import poster_jpeg, svg_to_rgb

SUBJECT = PosterSubject(id=2281, code="kimi-no-na-wa", name="Твоё имя", year=2016, kind="Фильм", genres=("романтика",))


def test_a_drawing_becomes_pixels_of_its_own_colours():
    half = rect(0, 0, 20, 10, MUSTARD)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20" width="20" height="20">{half}</svg>'
    image = svg_to_rgb(svg, 40, 40)
    assert (image.mode, image.size) == ("RGB", (40, 40))
    assert image.getpixel((20, 10)) == ImageColor.getrgb(MUSTARD)
    assert image.getpixel((20, 30)) == (0, 0, 0)


def test_a_poster_file_is_deterministic_and_small():
    file = poster_jpeg(SUBJECT)
    assert file == poster_jpeg(SUBJECT)
    image = Image.open(BytesIO(file))
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (350, 500))
    assert len(file) < 150_000
    assert len(image.getcolors(350 * 500) or []) > 50  # letters and shapes have edges


@pytest.mark.parametrize(("width", "height"), [(700, 1000), (175, 250), (233, 333)])
def test_a_poster_keeps_its_shape_at_other_sizes(width, height):
    assert Image.open(BytesIO(poster_jpeg(SUBJECT, width=width))).size == (width, height)


def test_lower_quality_is_a_smaller_file():
    assert len(poster_jpeg(SUBJECT, quality=50)) < len(poster_jpeg(SUBJECT, quality=90))

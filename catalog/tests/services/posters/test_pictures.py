"""What becomes of a file that says it is a picture."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from io import BytesIO

import pytest
from django.conf import settings
from PIL import Image

from catalog.services.posters.pictures import Unusable, pictures_of
from catalog.tests.services.posters.hostile import CLEANED, REFUSED, drawn, saved, with_exif

MEMORY_MIB = 300


@pytest.mark.parametrize(("make", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_picture_is_refused_and_says_why(make, reason):
    with pytest.raises(Unusable, match=reason):
        pictures_of(make())


@pytest.mark.parametrize("make", CLEANED.values(), ids=CLEANED)
def test_what_is_one_becomes_pictures_of_ours(make):
    pictures = pictures_of(make())
    assert pictures.width <= 720
    for ending, content in pictures.files.items():
        width, _, kind = ending.partition(".")
        with Image.open(BytesIO(content), formats=["JPEG" if kind == "jpg" else kind.upper()]) as picture:
            picture.load()
            assert picture.width == int(width)
            assert abs(picture.height - int(width) * pictures.height / pictures.width) <= 1
            assert picture.mode == "RGB"
            assert not getattr(picture, "is_animated", False)
            assert not picture.getexif()
            assert not picture.info.keys() & {"exif", "icc_profile", "xmp", "comment", "photoshop"}
        assert b"ecret" not in content


def test_it_is_turned_upright():
    pictures = pictures_of(with_exif())
    assert (pictures.width, pictures.height) == (350, 500)
    with Image.open(BytesIO(pictures.files["350.webp"])) as picture:
        corners = [
            picture.convert("RGB").crop((*place, place[0] + 1, place[1] + 1)).tobytes()
            for place in ((20, 20), (330, 20), (20, 480), (330, 480))
        ]
    assert [max(range(3), key=corner.__getitem__) for corner in corners[:2]] == [2, 0]  # blue, red
    assert corners[2][0] > 240  # white
    assert corners[3][1] > 240 > corners[3][0]  # green


def test_there_is_every_width_that_the_file_has_pixels_for():
    assert list(pictures_of(saved(drawn())).files) == [
        "350.jpg", "350.webp", "350.avif", "240.webp", "240.avif", "120.webp", "120.avif",
    ]  # fmt: skip
    wide = {ending for ending in pictures_of(saved(drawn(1000, 1429))).files if ending.endswith("avif")}
    assert wide == {"720.avif", "480.avif", "360.avif", "240.avif", "120.avif"}


def test_the_colour_is_the_mean():
    assert pictures_of(saved(Image.new("RGB", (100, 140), (200, 30, 90)), "PNG")).colour == "#c81e5a"


def test_deep_grey_keeps_its_middle():
    grey = Image.new("I;16", (100, 140), 128 * 257)
    assert pictures_of(saved(grey, "PNG")).colour == "#808080"


def test_none_of_them_takes_much_memory():
    contents = [make() for make, _ in REFUSED.values()] + [make() for make in CLEANED.values()]
    done = subprocess.run(
        [sys.executable, "-m", "catalog.tests.services.posters.hostile"],
        input=b"".join(struct.pack(">I", len(content)) + content for content in contents),
        cwd=settings.BASE_DIR,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "animesite.settings"},
        capture_output=True,
        check=True,
        timeout=120,
    )
    good, peak = map(int, done.stdout.split())
    assert good == len(CLEANED)
    assert peak < MEMORY_MIB

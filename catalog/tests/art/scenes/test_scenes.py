"""The forty loops: they close without a seam, move, repeat exactly and cannot be taken for each other."""

from __future__ import annotations

from io import BytesIO
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from PIL import Image, ImageChops, ImageStat
from resvg_py import svg_to_bytes

from catalog.art.scenes import draw
from catalog.art.scenes.timing import LOOP_FRAMES, SCENES, VARIANTS, loop_seconds

LOOPS = [(scene, variant) for scene in SCENES for variant in range(VARIANTS)]
SHAPES = {"wide": (160, 90), "tall": (90, 160), "square": (90, 90)}

each_loop = pytest.mark.parametrize(("scene", "variant"), LOOPS)


def rendered(scene: str, variant: int, phase: float, size: tuple[int, int] = SHAPES["wide"]) -> Image.Image:
    png = svg_to_bytes(svg_string=draw(scene, variant, phase, *size), skip_system_fonts=True)
    return Image.open(BytesIO(png)).convert("RGB")


def difference(first: Image.Image, second: Image.Image) -> float:
    """Mean over pixels and channels, 0 to 255."""
    return sum(ImageStat.Stat(ImageChops.difference(first, second)).mean) / 3


def test_twenty_scenes_in_two_variants():
    assert len(SCENES) == 20
    assert len(LOOPS) == 40
    assert all(0.5 <= loop_seconds(scene, variant) <= 6 for scene, variant in LOOPS)


@each_loop
@pytest.mark.parametrize("shape", SHAPES)
def test_svg_is_well_formed_and_fills_its_canvas(scene, variant, shape):
    width, height = SHAPES[shape]
    root = ElementTree.fromstring(draw(scene, variant, 0.3, width, height))
    assert (root.get("width"), root.get("height")) == (str(width), str(height))
    png = svg_to_bytes(svg_string=draw(scene, variant, 0.3, width, height))
    assert Image.open(BytesIO(png)).getchannel("A").getextrema() == (255, 255)


@each_loop
def test_same_moment_is_drawn_the_same(scene, variant):
    assert draw(scene, variant, 0.37, 320, 180) == draw(scene, variant, 0.37, 320, 180)
    assert draw(scene, variant, 1.0, 320, 180) == draw(scene, variant, 0.0, 320, 180)


@each_loop
def test_loop_moves_and_its_last_frame_leads_into_the_first(scene, variant):
    count = LOOP_FRAMES[scene][variant]
    frames = [rendered(scene, variant, frame / count) for frame in range(count)]
    steps = [difference(frame, following) for frame, following in pairwise(frames)]
    assert max(steps) > 0.05
    assert difference(frames[-1], frames[0]) <= max(steps) * 1.2


@pytest.mark.parametrize(("scene", "variant"), [loop for loop in LOOPS if loop[0] != "speed"])
@pytest.mark.parametrize("shape", SHAPES)
def test_nothing_jumps_at_the_wrap(scene, variant, shape):
    """The speed lines are left out: they are redrawn every few frames, at the wrap as well."""
    before, after = (rendered(scene, variant, phase, SHAPES[shape]) for phase in (1 - 1e-7, 0.0))
    assert difference(before, after) < 0.03


def test_no_two_loops_look_alike():
    stills = {loop: rendered(*loop, 0.25, (80, 45)) for loop in LOOPS}
    alike = [pair for pair in combinations(LOOPS, 2) if difference(stills[pair[0]], stills[pair[1]]) < 15]
    assert alike == []

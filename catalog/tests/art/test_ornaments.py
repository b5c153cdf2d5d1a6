"""The standing art that templates include: it is generated once, so the files must be what the code draws."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.template.loader import get_template

from catalog.art import __main__ as writer
from catalog.art.ornaments import images, includes, wordmark

TEMPLATES = Path(settings.BASE_DIR) / "templates" / "art"
ICONS = sorted(file.name for file in (TEMPLATES / "icon").iterdir())


@pytest.mark.parametrize("name", includes())
def test_includes_on_disk_are_what_the_code_draws(name):
    assert (TEMPLATES / name).read_text(encoding="utf-8") == includes()[name] + "\n"


@pytest.mark.parametrize("name", images())
def test_images_on_disk_are_what_the_code_draws(name):
    drawn = images()[name]
    assert (Path(settings.BASE_DIR) / "static" / "img" / name).read_text(encoding="utf-8") == drawn + "\n"
    assert ElementTree.fromstring(drawn).tag == "{http://www.w3.org/2000/svg}svg"


@pytest.mark.parametrize("name", [*includes(), *(f"icon/{icon}" for icon in ICONS)])
def test_every_include_renders_to_one_svg_that_is_named_or_hidden(name):
    svg = ElementTree.fromstring(get_template(f"art/{name}").render())
    assert svg.tag == "svg"
    assert svg.get("viewBox")
    assert (svg.get("aria-hidden") == "true") != bool(svg.get("aria-label"))


def test_ids_differ_between_the_two_drawings_of_one_page():
    ids = [
        element.get("id")
        for name in ("404.html", "404_tall.html")
        for element in ElementTree.fromstring(includes()[name]).iter("clipPath")
    ]
    assert len(ids) == len(set(ids)) == 2


def test_the_wordmark_dots_its_two_is_with_discs():
    svg = ElementTree.fromstring(wordmark("mast"))
    assert svg.get("class") == "mast"
    assert len(svg.findall("path")) == len("animesite")
    assert len(svg.findall("circle[@class='o']")) == 2


def test_the_writer_puts_every_drawing_in_its_place(monkeypatch, tmp_path):
    monkeypatch.setattr(writer, "PROJECT", tmp_path)
    writer.main()
    assert {file.name for file in (tmp_path / "templates" / "art").iterdir()} == includes().keys()
    assert {file.name for file in (tmp_path / "static" / "img").iterdir()} == images().keys()

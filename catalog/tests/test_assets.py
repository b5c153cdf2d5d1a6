"""The browser's assets: what npm may install, and the fonts built from it."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont

from catalog.management.commands.build_assets import CYRILLIC, FAMILIES, LATIN, PLAYER

PROJECT = Path(django_settings.BASE_DIR)
FONT_BUDGET_BYTES = 60_000


@pytest.fixture(scope="module")
def base_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project folder with the packages installed and nothing built."""
    if not (PROJECT / "node_modules").is_dir():
        pytest.skip("node_modules is missing: run `npm ci` first")
    folder = tmp_path_factory.mktemp("project")
    (folder / "node_modules").symlink_to(PROJECT / "node_modules")
    return folder


@pytest.fixture(scope="module")
def fonts(base_dir: Path) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(django_settings, "BASE_DIR", base_dir)
        call_command("build_assets", verbosity=0)
    return base_dir / "static" / "fonts"


def test_the_lock_pins_every_package_by_hash_and_names_no_address():
    packages = json.loads((PROJECT / "package-lock.json").read_text())["packages"]
    installed = {name: package for name, package in packages.items() if name}
    assert installed
    for package in installed.values():
        assert package["integrity"].startswith("sha512-")
        assert "resolved" not in package


def test_the_manifest_asks_for_exact_versions():
    manifest = json.loads((PROJECT / "package.json").read_text())
    assert manifest["private"] is True
    for version in manifest["dependencies"].values():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)


def test_missing_packages_are_one_clear_line(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError) as error:
        call_command("build_assets")
    assert "run `npm ci` first" in str(error.value)
    assert "\n" not in str(error.value)
    assert not (tmp_path / "static").exists()


def test_every_font_ships_with_its_licence_and_all_of_them_are_small(fonts):
    assert {file.name for file in fonts.iterdir()} == {name for family in FAMILIES for name in family.inputs()}
    assert sum(file.stat().st_size for file in fonts.glob("*.woff2")) < FONT_BUDGET_BYTES
    for family in FAMILIES:
        assert "SIL OPEN FONT LICENSE" in (fonts / f"{family.name}-OFL.txt").read_text()


def test_the_style_sheet_finds_every_built_font(fonts):
    sheet = (PROJECT / "static" / "css" / "site.css").read_text()
    assert set(re.findall(r"fonts/([\w-]+\.woff2)", sheet)) == {file.name for file in fonts.glob("*.woff2")}


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_alphabets_and_weights_are_what_the_site_needs(fonts, family):
    latin = TTFont(fonts / f"{family.name}-latin.woff2")
    cyrillic = TTFont(fonts / f"{family.name}-cyrillic.woff2")
    assert set(map(ord, "AZaz09«»—½é ")) <= _characters(latin).keys() <= set(LATIN)
    assert set(map(ord, "АЯаяЁё№ЇїҐ")) <= _characters(cyrillic).keys() <= set(CYRILLIC)
    for font in (latin, cyrillic):
        [weight] = font["fvar"].axes
        assert (weight.axisTag, weight.minValue, weight.maxValue) == ("wght", *family.weights)


def test_russian_letters_are_the_default_where_the_family_draws_bulgarian_ones(fonts):
    sofia = FAMILIES[0]
    source = TTFont(sofia.inputs()["sofia-xc-cyrillic.woff2"])
    built = TTFont(fonts / "sofia-xc-cyrillic.woff2")
    redrawn = {letter for letter in "бвгджзиклнптцшщюД" if _shape(source, letter) != _shape(built, letter)}
    assert redrawn >= set("вгдит")
    assert _shape(source, "о") == _shape(built, "о")


def _characters(font: TTFont) -> dict[int, str]:
    return font.getBestCmap() or {}


def _shape(font: TTFont, letter: str) -> list[str]:
    """The kinds of strokes only: cutting the weight axis moves the points of every letter."""
    pen = RecordingPen()
    font.getGlyphSet()[_characters(font)[ord(letter)]].draw(pen)
    return [stroke for stroke, _ in pen.value]


def test_the_players_library_ships_as_it_came_with_its_licence(fonts):
    vendor, package = fonts.parent / "vendor", PROJECT / "node_modules" / "hls.js"
    assert {file.name for file in vendor.iterdir()} == set(PLAYER)
    for name, source in PLAYER.items():
        assert (vendor / name).read_bytes() == (package / source).read_bytes()
    assert "Apache License, Version 2.0" in (vendor / "hls-LICENSE.txt").read_text()


def test_fonts_that_are_up_to_date_are_left_alone(settings, base_dir, fonts, capsys):
    settings.BASE_DIR = base_dir
    before = {file.name: file.stat().st_mtime_ns for file in fonts.iterdir()}
    call_command("build_assets")
    assert capsys.readouterr().out == "Assets are up to date.\n"
    assert {file.name: file.stat().st_mtime_ns for file in fonts.iterdir()} == before


def test_an_older_font_is_built_again_to_the_same_bytes(settings, base_dir, fonts, capsys):
    settings.BASE_DIR = base_dir
    outdated = fonts / "onest-cyrillic.woff2"
    before = outdated.read_bytes()
    os.utime(outdated, (0, 0))
    call_command("build_assets")
    assert "onest-cyrillic.woff2" in capsys.readouterr().out
    assert outdated.stat().st_mtime > 0
    assert outdated.read_bytes() == before

"""The style sheet's colours against WCAG 2.2 AA: 4.5 for text, 3 for controls and large marks, in both themes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib import admin

from catalog.art.ink import contrast

STYLES = Path(settings.BASE_DIR) / "static" / "css"
SHEET = (STYLES / "site.css").read_text(encoding="utf-8")
LIGHT, DARK = 0, 1
PAIRS = [
    *((text, ground, 4.5) for text in ("text", "muted", "accent-text") for ground in ("bg", "raise", "sunk")),
    ("on-accent", "accent", 4.5),
    ("bg", "text", 4.5),  # .flip: inverted parts
    ("paper", "ink", 4.5),
    ("edge", "bg", 3),
    ("edge", "raise", 3),
    ("accent", "bg", 3),
    ("verm", "ink", 3),
]


def tokens() -> dict[str, tuple[str, str]]:
    """Token -> its colour on paper and on ink."""
    both = {
        name: (light, dark)
        for name, light, dark in re.findall(r"--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)", SHEET)
    }
    fixed = {name: (colour, colour) for name, colour in re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})\b", SHEET)}
    return fixed | both


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("foreground", "background", "needed"), PAIRS)
def test_colours_stay_legible(foreground, background, needed, theme):
    colours = tokens()
    assert contrast(colours[foreground][theme], colours[background][theme]) >= needed


def test_text_on_a_video_is_legible_over_the_brightest_picture():
    """The scrim is the one gradient of the site: ink at ``alpha`` where the text begins."""
    sheet = (STYLES / "pages.css").read_text(encoding="utf-8")
    scrim = re.search(r"rgb\((\d+) (\d+) (\d+)/(\.\d+)\)[^}]*--muted:(#[0-9a-f]{6})", sheet)
    assert scrim
    *ink, alpha = map(float, scrim.group(1, 2, 3, 4))
    over_white = "#" + "".join(f"{round(channel * alpha + 255 * (1 - alpha)):02x}" for channel in ink)
    assert contrast(scrim[5], over_white) >= 4.5


ADMIN = re.sub(r"url\([^)]*\)|/\*.*?\*/", "", (STYLES / "admin.css").read_text(encoding="utf-8"))


def test_the_admin_has_no_colour_but_the_tokens():
    """So that what is legible above is legible there, once Django's own colours are all replaced."""
    assert re.findall(r"[:\s,(](#[0-9a-f]{3,8})\b(?=[;,)} ])", ADMIN) == []
    assert re.findall(r"\b(?:rgb|hsl|oklch)a?\(", ADMIN) == []
    theirs = (Path(admin.__file__).parent / "static" / "admin" / "css" / "base.css").read_text(encoding="utf-8")
    coloured = set(re.findall(r"(--[\w-]+):\s*(?:#|rgb|var\(--(?:secondary|button-bg)\))", theirs.partition("}")[0]))
    assert coloured - set(re.findall(r"(--[\w-]+):", ADMIN)) == set()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_admins_icons_stand_off_both_sheets(theme):
    [share] = set(re.findall(r"filter:brightness\(0\) invert\((\.\d+)\)", ADMIN))
    grey = f"{round(float(share) * 255):02x}"
    for ground in ("bg", "raise"):
        assert contrast(f"#{grey * 3}", tokens()[ground][theme]) >= 3

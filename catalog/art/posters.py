"""The poster of a title that has none. The same title gives the same SVG, byte for byte.

350 x 500, the format of AniLibria's own posters, on a grid of 50. The title's code seeds every choice; its first
known genre narrows the compositions; type is outlines, so the drawing needs no font.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from hashlib import sha256

from catalog.art.compositions import COMPOSITIONS, Clips, Stage
from catalog.art.genres import sign_of, suitable_for
from catalog.art.ink import OX, VERM, Rnd, n, rect
from catalog.art.lettering import set_line
from catalog.art.palettes import PALETTES, Palette
from catalog.art.titling import fit_title, settable
from catalog.domain.titles import Title

WIDTH, HEIGHT, MARGIN = 350, 500, 18
SEED = "poster3:"  # another number draws every poster anew
LONG_NAME = 34  # characters that a column at the side cannot hold
AIRY = ("orb", "rings", "petals", "umbrella", "kanji")  # leave their lower left corner free


@dataclass(frozen=True, slots=True)
class PosterSubject:
    """``kind`` and ``genres`` are the upstream's own words ("ТВ", "экшен")."""

    id: int
    code: str
    name: str
    name_en: str = ""
    year: int | None = None
    kind: str = ""
    genres: tuple[str, ...] = ()

    @property
    def lettering(self) -> str:
        """What the poster says large: the first of its names that the face can set."""
        return settable(self.name) or settable(self.name_en) or settable(self.code) or self.number

    @property
    def number(self) -> str:
        return f"№ {self.id}"

    @property
    def small_print(self) -> str:
        return settable(" · ".join(filter(None, (self.kind, str(self.year or "")))))


@dataclass(frozen=True, slots=True)
class Design:
    composition: str
    palette: Palette


def subject_of(title: Title) -> PosterSubject:
    return PosterSubject(
        id=title.id,
        code=title.code,
        name=title.names.ru or "",
        name_en=title.names.en or "",
        year=title.season.year,
        kind=title.type.text or "",
        genres=title.genres,
    )


def poster_svg(subject: PosterSubject) -> str:
    rnd = Rnd(SEED + subject.code)
    return draw_poster(subject, choose_design(rnd, subject.genres), rnd)


def choose_design(rnd: Rnd, genres: tuple[str, ...]) -> Design:
    """Mostly what suits the genre, sometimes anything."""
    suitable = suitable_for(genres)
    composition = rnd.of(suitable if suitable and rnd() < 0.8 else tuple(COMPOSITIONS))
    return Design(composition, _palette_for(composition, rnd))


def _palette_for(composition: str, rnd: Rnd) -> Palette:
    """Any palette, but never a red sunburst: it reads as a war flag."""
    palette = rnd.of(PALETTES)
    if not {palette.ground, palette.primary} & {VERM, OX}:
        return palette
    if composition == "rays":
        return PALETTES[rnd.of([3, 5, 7, 8, 11, 12])]
    if composition == "eye":
        return PALETTES[3 + PALETTES.index(palette) % 3]
    return palette


def draw_poster(subject: PosterSubject, design: Design, rnd: Rnd) -> str:
    long_name = len(subject.lettering) >= LONG_NAME
    layout = rnd.of(["foot", "head", "band"] if long_name else ["foot", "foot", "head", "band", "side"])
    clips = Clips(f"c{sha256(subject.code.encode()).hexdigest()[:5]}")
    if layout == "side":
        drawn = _title_at_side(subject, design, rnd, clips)
    else:
        drawn = _title_across(subject, design, rnd, clips, layout)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f"{rect(0, 0, WIDTH, HEIGHT, design.palette.ground)}{drawn}</svg>"
    )


def _title_at_side(subject: PosterSubject, design: Design, rnd: Rnd, clips: Clips) -> str:
    """The picture, and a column at its right in which the title climbs."""
    inks = design.palette
    column = 100 if len(subject.lettering) <= 16 else 150
    block = fit_title(subject.lettering, HEIGHT - 2 * MARGIN, column - 26, max_size=150, gap=7)
    picture_width = WIDTH - column
    picture = _picture(subject, design, rnd, clips, top=0, width=picture_width, height=HEIGHT)
    band = inks.secondary if inks.secondary != inks.text else inks.ground
    left = picture_width + (column - block.height) / 2
    title = block.draw(0, 0, inks.legible_on(band))
    number = ""
    if design.composition in AIRY:
        number = set_line(subject.number, MARGIN, HEIGHT - MARGIN, 15, inks.legible_on(inks.ground))
    return (
        f"{picture}{rect(picture_width, 0, column, HEIGHT, band)}"
        f'<g transform="translate({n(left)} {HEIGHT - MARGIN}) rotate(-90)">{title}</g>{number}'
    )


def _title_across(subject: PosterSubject, design: Design, rnd: Rnd, clips: Clips, layout: str) -> str:
    """The title at full width: above the picture ("head"), below it ("foot"), or below on a colour ("band")."""
    inks = design.palette
    max_height = 50 * rnd.of([3, 3, 4]) - 12 if len(subject.lettering) < 40 else 200
    block = fit_title(subject.lettering, WIDTH - 2 * MARGIN, max_height)
    content = block.height + block.overhang
    band_height = math.ceil((content + 58) / 25) * 25  # on the half module
    at_head = layout == "head"
    band_top = 0 if at_head else HEIGHT - band_height
    picture = _picture(
        subject,
        design,
        rnd,
        clips,
        top=band_height if at_head else 0,
        width=WIDTH,
        height=HEIGHT - band_height,
    )
    band, colour = inks.ground, inks.text
    if layout == "band":
        band = inks.secondary if inks.secondary != inks.ground else inks.primary
        colour = inks.legible_on(band)
    title_top = band_top + 18 + block.headroom + (band_height - 54 - content) * 0.5
    base = band_height - 13 if at_head else HEIGHT - 14
    return (
        f"{picture}{rect(0, band_top, WIDTH, band_height, band)}{block.draw(MARGIN, title_top, colour)}"
        f"{set_line(subject.number, MARGIN, base, 14.5, colour)}"
        f"{set_line(subject.small_print, WIDTH - MARGIN, base, 14.5, colour, 'end')}"
    )


def _picture(
    subject: PosterSubject,
    design: Design,
    rnd: Rnd,
    clips: Clips,
    *,
    top: float,
    width: float,
    height: float,
) -> str:
    stage = Stage(
        rnd=rnd,
        palette=design.palette,
        clips=clips,
        top=top,
        width=width,
        height=height,
        sign=sign_of(subject.genres),
        number=str(subject.year or subject.id)[-2:],
    )
    return COMPOSITIONS[design.composition](stage)  # not clipped, which would take longer: the band lies over its edge

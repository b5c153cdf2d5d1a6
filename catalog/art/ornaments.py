"""The site's standing art as template includes: wordmark, weekday kanji, error scenes and the empty hall."""

from __future__ import annotations

from catalog.art.ink import INDIGO, INK, MUSTARD, NIGHT, OX, PAPER, VERM, Rnd, disc, n, path, poly, rect
from catalog.art.lettering import CAP_HEIGHT, kanji, letter, measure, set_line

WEEKDAY_SIGNS = {"mon": "月", "tue": "火", "wed": "水", "thu": "木", "fri": "金", "sat": "土", "sun": "日"}
WORDMARK = "anımesıte"  # dotless: the dots are discs
HAZE = "#2B3F70"
SHADE = "#C9330F"
SCALLOP = "#2A231C"
BEAM = "#97322C"


def includes() -> dict[str, str]:
    """File name below templates/art -> its markup."""
    return {
        "logo.html": wordmark(),
        "mast.html": wordmark("mast"),
        "404.html": lost_screening(),
        "404_tall.html": lost_screening_tall(),
        "503.html": closed_curtain(),
        **{f"kanji_{day}.html": weekday(sign) for day, sign in WEEKDAY_SIGNS.items()},
    }


def images() -> dict[str, str]:
    """File name below static/img -> its SVG."""
    return {"empty-hall.svg": empty_hall(), "favicon.svg": favicon()}


def wordmark(css_class: str = "") -> str:
    pen = 0
    drawn = []
    for character in WORDMARK:
        glyph = letter(character)
        drawn.append(f'<path transform="translate({pen} 0)" d="{glyph.outline}"/>')
        if character == "ı":
            drawn.append(f'<circle class="o" cx="{pen + glyph.advance / 2:.0f}" cy="-604" r="74"/>')
        pen += glyph.advance
    named = f' class="{css_class}"' if css_class else ""
    return f'<svg{named} viewBox="18 -690 {pen - 36} 706" aria-hidden="true">{"".join(drawn)}</svg>'


def weekday(sign: str) -> str:
    return f'<svg class="kanji" viewBox="20 -890 960 1000" aria-hidden="true"><path d="{kanji(sign).outline}"/></svg>'


def favicon() -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        f"{rect(0, 0, 32, 32, INK)}{disc(16, 16, 10, VERM)}</svg>"
    )


def lost_screening() -> str:
    """404: two paper fours and the disc between them sink below the horizon."""
    width, height, horizon, radius, middle, size, gap = 1440, 600, 430, 172, 720, 540, 46
    sky = rect(0, 0, width, height, INDIGO) + "".join(
        rect(x, y, length, 8, HAZE)
        for x, y, length in ((90, 120, 210), (1080, 84, 250), (820, 190, 130), (250, 260, 120))
    )
    left, right, base = middle - radius - gap, middle + radius + gap, horizon + 14
    numerals = disc(middle, horizon - 84, radius, VERM) + _fours(left, right, base, size)
    half_four = measure("4") * size / 1000
    rnd = Rnd("404")
    reflections = (
        _ripples(rnd, horizon, middle, radius * 0.95, VERM, 9)
        + _ripples(rnd, horizon, left - half_four * 0.42, half_four * 0.42, PAPER, 6)
        + _ripples(rnd, horizon, right + half_four * 0.58, half_four * 0.42, PAPER, 6)
    )
    return (
        f'<svg class="art wide" viewBox="0 0 {width} {height}" preserveAspectRatio="xMidYMax slice" role="img"'
        f' aria-label="404">{sky}<clipPath id="sky-wide"><rect width="{width}" height="{horizon}"/></clipPath>'
        f'<g clip-path="url(#sky-wide)">{numerals}</g>{rect(0, horizon, width, height - horizon, NIGHT)}'
        f"{reflections}</svg>"
    )


def lost_screening_tall() -> str:
    """The same scene for a phone: the colours run far past the frame, so that any height is filled."""
    width, height, horizon, radius, middle, size, gap, spill = 390, 460, 318, 60, 195, 268, 6, 600
    sky = rect(-spill, -spill, width + 2 * spill, 3 * spill, INDIGO) + "".join(
        rect(x, y, length, 5, HAZE) for x, y, length in ((20, 70, 90), (260, 110, 110), (60, 150, 50))
    )
    left, right = middle - radius - gap, middle + radius + gap
    numerals = disc(middle, horizon - 34, radius, VERM) + _fours(left, right, horizon + 8, size)
    four = measure("4") * size / 1000
    rnd = Rnd("404t")
    reflections = "".join(
        _ripples(rnd, horizon, x, half, colour, rows, unit=0.72)
        for x, half, colour, rows in (
            (middle, radius * 0.95, VERM, 9),
            (left - four * 0.5, four * 0.44, PAPER, 6),
            (right + four * 0.5, four * 0.44, PAPER, 6),
        )
    )
    return (
        f'<svg class="art tall" viewBox="0 0 {width} {height}" preserveAspectRatio="xMidYMax slice" aria-hidden="true">'
        f'{sky}<clipPath id="sky-tall"><rect y="-{spill}" width="{width}" height="{horizon + spill}"/></clipPath>'
        f'<g clip-path="url(#sky-tall)">{numerals}</g>{rect(-spill, horizon, width + 2 * spill, 900, NIGHT)}'
        f"{reflections}</svg>"
    )


def _fours(left: float, right: float, base: float, size: float) -> str:
    return set_line("4", left, base, size, PAPER, "end") + set_line("4", right, base, size, PAPER)


def _ripples(rnd: Rnd, horizon: float, x: float, half: float, colour: str, rows: int, unit: float = 1) -> str:
    """Bars that narrow and thicken with depth; ``unit`` is the scale of their heights."""
    drawn = []
    for row in range(rows):
        depth = row / rows
        reach = half * (1 - 0.45 * depth) * rnd.span(0.7, 1.1)
        drawn.append(rect(x - reach, horizon + (12 + row * 19) * unit, 2 * reach, (6 + 4 * depth) * unit, colour))
    return "".join(drawn)


def closed_curtain() -> str:
    """503: a pleated curtain, its scalloped valance, the footlights, and the number on a paper disc."""
    width, height, middle = 1440, 600, 720
    stage = _pleats(width, height) + disc(middle, 326, 200, PAPER)
    number = set_line("503", middle, 326 + 262 * CAP_HEIGHT / 2 + 8, 262, INK, "middle")
    footlights = rect(0, height - 34, width, 34, INK) + "".join(
        path(f"M{20 + lamp * 48} {height - 34}a14 14 0 0 1 28 0Z", MUSTARD) for lamp in range(30)
    )
    return (
        f'<svg class="art" viewBox="0 0 {width} {height}" preserveAspectRatio="xMidYMid slice" role="img"'
        f' aria-label="503">{stage}{number}{_valance(width)}{footlights}</svg>'
    )


def _pleats(width: int, height: int) -> str:
    rnd = Rnd("curtain")
    x = 0.0
    drawn = rect(0, 0, width, height, OX)
    while x < width:
        pleat = rnd.of([34, 46, 58, 70])
        drawn += rect(x, 0, pleat * 0.52, height, VERM) + rect(x + pleat * 0.52, 0, pleat * 0.2, height, SHADE)
        x += pleat
    return drawn


def _valance(width: int) -> str:
    scallop, half = 120, 60
    return "".join(
        path(f"M{x} 0h{scallop}v44a{half} {half} 0 0 1 -{scallop} 0Z", INK if x // scallop % 2 else SCALLOP)
        + path(f"M{x} 44a{half} {half} 0 0 0 {scallop} 0v10a{half} {half} 0 0 1 -{scallop} 0Z", MUSTARD)
        for x in range(0, width, scallop)
    )


def empty_hall() -> str:
    """A lit screen and rows of empty seats that grow towards the viewer, in a poster's format."""
    screen = poly([(36, 40), (314, 40), (300, 200), (50, 200)], PAPER)
    beam = poly([(50, 200), (300, 200), (420, 330), (-70, 330)], BEAM)
    y, seat = 252.0, 34.0
    seats = ""
    for row in range(6):
        seats += _seats(y, seat, staggered=bool(row % 2))
        y += seat * 0.86
        seat *= 1.13
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 350 500" width="350" height="500">'
        f"{rect(0, 0, 350, 500, OX)}{screen}{beam}{seats}</svg>"
    )


def _seats(y: float, seat: float, *, staggered: bool) -> str:
    count = int(350 / seat) + 3
    start = 175 - (count - 2) * seat / 2 - seat + (seat / 2 if staggered else 0)
    return "".join(
        f'<path d="M{n(start + index * seat + seat * 0.08)} {n(y + seat * 1.2)}V{n(y + seat * 0.3)}'
        f'a{n(seat * 0.42)} {n(seat * 0.36)} 0 0 1 {n(seat * 0.84)} 0V{n(y + seat * 1.2)}Z"'
        f' fill="{INK}" stroke="{OX}" stroke-width="{n(seat * 0.07)}"/>'
        for index in range(count)
    )

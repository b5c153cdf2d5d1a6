"""Shapes and placements that scenes need beyond the ink's primitives."""

from __future__ import annotations

from catalog.art.ink import disc, n

DUSK = "#E9785A"
PALE = "#D7E4E2"
DEEP = "#0A3A40"
SKIN = "#F3C9A8"


def d(*parts: str | float) -> str:
    """Path commands: letters and coordinates in the order in which SVG wants them."""
    return " ".join(part if isinstance(part, str) else n(float(part)) for part in parts)


def ellipse(x: float, y: float, rx: float, ry: float, colour: str) -> str:
    return f'<ellipse cx="{n(x)}" cy="{n(y)}" rx="{n(rx)}" ry="{n(ry)}" fill="{colour}"/>'


def hoop(x: float, y: float, rx: float, ry: float, width: float, colour: str) -> str:
    """An ellipse's outline."""
    return (
        f'<ellipse cx="{n(x)}" cy="{n(y)}" rx="{n(rx)}" ry="{n(ry)}" fill="none"'
        f' stroke="{colour}" stroke-width="{n(width)}"/>'
    )


def rounded(x: float, y: float, width: float, height: float, radius: float, colour: str) -> str:
    return f'<rect x="{n(x)}" y="{n(y)}" width="{n(width)}" height="{n(height)}" rx="{n(radius)}" fill="{colour}"/>'


def placed(inner: str, x: float, y: float, scale: float = 1.0, degrees: float = 0.0) -> str:
    """Move what was drawn around 0, 0 to its place, scaled and turned there."""
    turn = f" rotate({degrees:.2f})" if degrees else ""
    size = f" scale({scale:.4f})" if scale != 1 else ""
    return f'<g transform="translate({x:.2f} {y:.2f}){turn}{size}">{inner}</g>'


def turned(inner: str, degrees: float, x: float, y: float) -> str:
    """Turn a drawing around a point of its own."""
    return f'<g transform="rotate({degrees:.2f} {x:.2f} {y:.2f})">{inner}</g>'


def mirrored(inner: str, width: float) -> str:
    return f'<g transform="translate({n(width)} 0) scale(-1 1)">{inner}</g>'


def faded(inner: str, opacity: float) -> str:
    """Make every shape inside translucent by itself: much cheaper to draw than a translucent group."""
    if opacity >= 1:
        return inner
    return f'<g fill-opacity="{opacity:.3f}" stroke-opacity="{opacity:.3f}">{inner}</g>' if opacity > 0 else ""


def puff(colour: str) -> str:
    """A heap cloud around 0, 0, about 220 wide."""
    heaps = (
        (0, 0, 42), (-48, 14, 32), (46, 12, 36), (-22, -30, 34), (22, -38, 30), (84, 26, 24), (-86, 28, 22),
    )  # fmt: skip
    return "".join(disc(x, y, radius, colour) for x, y, radius in heaps) + rounded(-108, 20, 216, 30, 15, colour)


def streak(x: float, y: float, width: float, thickness: float, colour: str) -> str:
    """A flat cloud of two round-ended strokes; ``x``, ``y`` is the left end of the lower one."""
    look = f'fill="none" stroke="{colour}" stroke-width="{n(thickness)}" stroke-linecap="round"'
    upper = d("M", x + width * 0.25, y - thickness * 0.9, "h", width * 0.4)
    return f'<path d="{d("M", x, y, "h", width)}" {look}/><path d="{upper}" {look}/>'

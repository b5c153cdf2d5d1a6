"""Posters as pages show them: the pictures stored here, at the widths they are shown at, else what stands in."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from catalog.domain.loops import Loop, LoopSeries
from catalog.domain.titles import Title
from catalog.domain.videos import Video
from catalog.services import posters
from catalog.services.posters import Stored
from catalog.templatetags.catalog import FALLBACK_WIDTH, fallback_poster

register = template.Library()

SIZES = {  # how wide the page shows it, by what it is there
    "card": "(max-width:640px) 46vw, 210px",
    "thumb": "72px",
    "lead": "(max-width:640px) 100vw, 32vw",
    "player": "(max-width:640px) 100vw, 66vw",
    "cover": "150px",
    "video": "(max-width:640px) 46vw, 270px",
}
POSTER, PORTRAIT = (350, 500), (270, 480)
STILL_WIDTH = 480  # of a tile
LAZY = {"loading": "lazy", "decoding": "async"}


@register.simple_tag
def poster(title: Title, at: str = "card", alt: str = "", eager: bool = False, first: bool = False) -> SafeString:
    """``at``: a key of SIZES; ``eager``: do not wait until it is near; ``first``: it is what the page begins with."""
    drawn = fallback_poster(title)
    return _image(posters.of_title(title), drawn, POSTER, at, alt, eager, first, {"data-fallback": drawn})


@register.simple_tag
def cover(series: LoopSeries, at: str = "cover", alt: str = "", first: bool = False) -> SafeString:
    """The series' cover, or nothing."""
    stored = posters.of_series(series)
    if stored is None and not series.cover_url:
        return SafeString("")
    return _image(stored, series.cover_url or "", POSTER, at, alt, False, first, {})


@register.simple_tag
def thumbnail(video: Video, alt: str = "", eager: bool = False) -> SafeString:
    """A still of the video, or nothing."""
    stored = posters.of_video(video)
    if stored is None and not video.media.thumbnail_url:
        return SafeString("")
    return _image(stored, video.media.thumbnail_url or "", PORTRAIT, "video", alt, eager, False, {})


@register.filter
def thumbnail_src(video: Video) -> str:
    stored = posters.of_video(video)
    return stored.url(FALLBACK_WIDTH) if stored else video.media.thumbnail_url or ""


@register.filter
def stored_still(loop: Loop) -> str:
    """Of the loops that curators chose; "" of others, whose stills stay at their source."""
    stored = posters.of_loop(loop)
    return stored.url(STILL_WIDTH) if stored else ""


@register.filter
def cover_file(series: LoopSeries) -> str:
    """The cover for programs, as ``poster_file``."""
    stored = posters.of_series(series)
    return stored.jpeg_url if stored else series.cover_url or ""


def _image(
    stored: Stored | None,
    other: str,
    size: tuple[int, int],
    at: str,
    alt: str,
    eager: bool,
    first: bool,
    attributes: dict[str, str | int],
) -> SafeString:
    how = {"fetchpriority": "high"} if first else {"decoding": "async"} if eager else LAZY
    if stored is None:
        width, height = size
        plain: dict[str, str | int] = {"src": other, "width": width, "height": height, "alt": alt, **how, **attributes}
        return format_html("<img{}>", _written(plain))
    sizes = SIZES[at]
    shown: dict[str, str | int] = {
        "src": stored.url(FALLBACK_WIDTH),
        "width": stored.width,
        "height": stored.height,
        "alt": alt,
        **how,
        "style": f"--tint:{stored.colour}",
        **attributes,
    }
    return format_html(
        '<picture><source type="image/avif" srcset="{}" sizes="{}"><source type="image/webp" srcset="{}" sizes="{}">'
        "<img{}></picture>",
        stored.srcset("avif"), sizes, stored.srcset("webp"), sizes, _written(shown),
    )  # fmt: skip


def _written(attributes: Mapping[str, str | int]) -> SafeString:
    return format_html_join("", ' {}="{}"', attributes.items())

"""How loops and their series are put."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, NamedTuple

import nh3
from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from catalog.domain.loops import LOOP_FILE_KEYS, Loop, LoopEpisode, LoopSeries
from catalog.services.loop_index import EpisodeLoops
from catalog.templatetags.catalog import SEASONS

register = template.Library()

BY_QUALITY = ("720p", "1080p", "360p")  # what a page shows first
TYPES = ("mp4", "gif", "jpg")
SIZES = ("360p", "720p", "1080p")
TILES_TO_A_BIG_ONE = 5  # one of 2 × 2 and four beside it fill two rows of four
PROSE_TAGS = {"b", "br", "em", "i", "p", "strong"}
FIRST_MONTHS = {"1": 1, "4": 2, "7": 3, "10": 4}  # of the four seasons
SHORTEST_RULER = timedelta(minutes=25)
RULER_STEPS = [timedelta(minutes=minutes) for minutes in (5, 10, 15, 30, 60)]
MOST_TICKS = 6


class Name(NamedTuple):
    text: str
    lang: str


class Cell(NamedTuple):
    """``key`` is ``None`` where the document knows no such file, ``url`` where this loop has none."""

    key: str | None
    url: str | None


class Tick(NamedTuple):
    place: str
    at: timedelta
    last: bool


@register.filter
def names(series: LoopSeries) -> list[Name]:
    """Each different name once, with its language; the first is the one to show."""
    given = (
        (series.title, "ja"),
        (series.title_japanese, "ja"),
        (series.title_romaji, "ja-Latn"),
        (series.title_english, "en"),
    )
    languages: dict[str, str] = {}
    for text, lang in given:
        if text:
            languages.setdefault(text, lang)
    return [Name(text, lang) for text, lang in languages.items()] or [Name(series.id, "")]


@register.filter
def clip(loop: Loop) -> str | None:
    """The film to show, neither the heaviest nor the smallest."""
    return _first(loop, "mp4")


@register.filter
def still(loop: Loop) -> str | None:
    return _first(loop, "jpg")


@register.filter
def file_rows(loop: Loop) -> list[tuple[str, list[Cell]]]:
    """Types by sizes, as a table shows them."""
    keys = [(type, [f"{type}_{size}" for size in SIZES]) for type in TYPES]
    return [
        (type, [Cell(key, loop.url(key)) if key in LOOP_FILE_KEYS else Cell(None, None) for key in row])
        for type, row in keys
    ]


@register.filter
def size_of(sizes: Mapping[str, int] | None, key: str) -> int:
    """Bytes, 0 where nobody knows."""
    return (sizes or {}).get(key, 0)


@register.filter
def tiles(loops: Iterable[Loop]) -> list[tuple[Loop, str]]:
    """Loops with the size of their tile: in turn left and right, a big one leads a group that is complete."""
    shown = list(loops)
    groups = len(shown) // TILES_TO_A_BIG_ONE
    sizes = ["big", "big r"]
    return [
        (loop, sizes[group % 2] if place == 0 and group < groups else "")
        for index, loop in enumerate(shown)
        for group, place in [divmod(index, TILES_TO_A_BIG_ONE)]
    ]


@register.filter
def season_of(season: str | None) -> str:
    """ "2014-4" as "Spring 2014"; anything else as sent."""
    year, _, month = (season or "").partition("-")
    code = FIRST_MONTHS.get(month)
    return f"{SEASONS[code]} {year}" if code else season or ""


@register.filter
def of_series(counts: dict[str, int], series_id: str) -> int:
    return counts.get(series_id, 0)


@register.filter
def prose(text: str) -> SafeString:
    """A description which is plain or has some HTML: paragraphs and emphasis stay, all else is only its words."""
    clean = nh3.clean(text, tags=PROSE_TAGS, attributes={})
    return mark_safe(clean if "<" in clean else linebreaks(clean))  # noqa: S308  as nh3 leaves it


@register.filter
def timecode(span: timedelta) -> str:
    """00:22:47.783, as the source writes it."""
    seconds, rest = divmod(span, timedelta(seconds=1))
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest // timedelta(milliseconds=1):03}"


@register.filter
def minutes(span: timedelta) -> str:
    """05:00, the label of a tick."""
    seconds = int(span.total_seconds())
    return f"{seconds // 60:02}:{seconds % 60:02}"


@register.filter
def in_order(episodes: Iterable[EpisodeLoops]) -> list[EpisodeLoops]:
    """By number, words such as "OVA" behind the numbers."""
    return sorted(episodes, key=lambda one: _ordinal(one.episode))


@register.filter
def by_name(series: Iterable[LoopSeries]) -> list[LoopSeries]:
    return sorted(series, key=lambda one: one.name.casefold())


@register.simple_tag(takes_context=True)
def embed_code(context: template.Context, loop: Loop) -> str:
    """What somebody pastes into a page of theirs: a frame with this loop."""
    address = f"{reverse('embed_loop')}?loop={loop.id}"
    request = context.get("request")
    name = gettext("Loop, %(name)s") % {"name": loop.series.name} if loop.series else gettext("Loop")
    values = {"address": request.build_absolute_uri(address) if request else address, "name": name}
    return render_to_string("embed/_code.html", values).strip()


@register.inclusion_tag("catalog/_ruler.html")
def ruler(loop: Loop) -> dict[str, Any]:
    """Where in its episode a loop is. The ruler is no longer than needed: nobody says how long the episode is."""
    begin, end = loop.begin or timedelta(), loop.end or loop.begin or timedelta()
    step = next((step for step in RULER_STEPS if _length(end, step) / step <= MOST_TICKS), RULER_STEPS[-1])
    length = _length(end, step)
    ticks = [
        Tick(f"{tick * step / length:.2%}", tick * step, tick * step == length) for tick in range(length // step + 1)
    ]
    return {"loop": loop, "place": f"{begin / length:.2%}", "late": begin > length / 2, "ticks": ticks}


def _first(loop: Loop, type: str) -> str | None:
    return next((url for size in BY_QUALITY if (url := loop.url(f"{type}_{size}"))), None)


def _length(end: timedelta, step: timedelta) -> timedelta:
    return max(SHORTEST_RULER, math.ceil(end / step) * step)


def _ordinal(episode: LoopEpisode) -> tuple[bool, float, str]:
    text = episode.number or ""
    try:
        return False, float(text), text
    except ValueError:
        return True, 0.0, text

"""The loops of a title: Animeloop knows series by names of its own."""

from __future__ import annotations

from typing import NamedTuple

from rapidfuzz import fuzz, utils

from catalog.domain.loops import Loop, LoopSeries
from catalog.domain.titles import Title
from catalog.services import animeloop
from catalog.services.animeloop import LoopFilter
from catalog.services.answer import Answer

SAME_NAME = 93  # of 100


class LoopsOf(NamedTuple):
    """``series`` is ``None`` where no series has the title's name."""

    series: LoopSeries | None = None
    loops: tuple[Loop, ...] = ()


def loops_of(title: Title, limit: int) -> Answer[LoopsOf]:
    """Two calls, the second of what the first found: for a block that comes after its page."""
    found = animeloop.search(title.names.en or title.name)
    series = max(found.value, key=lambda one: _likeness(one, title), default=None)
    if series is None or _likeness(series, title) < SAME_NAME:
        return found.map(lambda _: LoopsOf())
    return animeloop.loops(LoopFilter(series=series.id), full=True, limit=limit).map(
        lambda loops: LoopsOf(series, loops)
    )


def _likeness(series: LoopSeries, title: Title) -> float:
    theirs = (series.title_romaji, series.title_english, series.title, series.title_japanese)
    ours = (title.names.en, title.names.alternative, title.names.ru)
    return max(
        (
            fuzz.ratio(their, our, processor=utils.default_process)
            for their in theirs
            for our in ours
            if their and our and utils.default_process(their) and utils.default_process(our)
        ),
        default=0.0,
    )

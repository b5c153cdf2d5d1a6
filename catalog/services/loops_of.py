"""The loops of a title, as the index of loops knows them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from catalog.domain.loops import Loop, LoopSeries
from catalog.services import loop_index
from catalog.services.animeloop import LoopFilter
from catalog.services.answer import Answer


class LoopsOf(NamedTuple):
    """``series``: those that were found to be the title, the one with most loops first."""

    series: tuple[LoopSeries, ...] = ()
    loops: tuple[Loop, ...] = ()


def loops_of(title_id: int, limit: int) -> Answer[LoopsOf]:
    """Rows alone answer; before they are there a title has no loops."""
    if not loop_index.progress().ready or not (series := loop_index.series_of(title_id)):
        return Answer(LoopsOf(), datetime.now(UTC))
    answers = [loop_index.found(LoopFilter(series=one.id), limit=limit) for one in series]
    loops = tuple(loop for answer in answers for loop in answer.value)
    return answers[0].map(lambda _: LoopsOf(series, loops[:limit]))

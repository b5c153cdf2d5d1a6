"""Loops for pages: from the index once it is there, from the upstream until then."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date

from django.utils import timezone

from catalog.domain.loops import Loop, LoopEpisode, LoopSeries
from catalog.domain.week import MOSCOW
from catalog.models.loops import key_of
from catalog.services import animeloop, loop_index
from catalog.services.animeloop import LoopFilter
from catalog.services.answer import Answer
from catalog.services.errors import UpstreamNotFound
from catalog.services.loop_index import EpisodeLoops

CHOICES = 100  # as many as one answer of the upstream has

Loops = Answer[tuple[Loop, ...]]


def wall(where: LoopFilter, *, order: str = "new", seed: str = "", page: int = 1, limit: int) -> Loops:
    """A page of the loops that fit. The upstream shuffles nothing: of what it lists first, ``seed`` makes the order."""
    if loop_index.answers(where):
        return loop_index.found(where, order=order, seed=seed, page=page, limit=limit)
    if order != "random":
        return animeloop.loops(where, full=True, page=page, limit=limit)
    start = (page - 1) * limit
    return animeloop.loops(where, full=True, limit=CHOICES).map(
        lambda loops: tuple(sorted(loops, key=lambda loop: key_of(f"{seed} {loop.id}"))[start : start + limit])
    )


def count(where: LoopFilter) -> Answer[int]:
    return loop_index.count(where) if loop_index.answers(where) else animeloop.count(where)


def loop(loop_id: str) -> Answer[Loop]:
    """One loop; what the index does not have yet the upstream may."""
    if loop_index.progress().ready:
        try:
            return loop_index.loop(loop_id)
        except UpstreamNotFound:
            pass
    return animeloop.loop(loop_id)


def series(series_id: str) -> Answer[LoopSeries]:
    if loop_index.progress().ready:
        try:
            return loop_index.series(series_id)
        except UpstreamNotFound:
            pass
    return animeloop.series(series_id)


def episodes(series_id: str) -> Answer[tuple[EpisodeLoops, ...]]:
    """Those that have loops; how many, only the index knows."""
    if loop_index.progress().ready:
        return loop_index.episodes(series_id)
    return animeloop.episodes(series_id, limit=CHOICES).map(
        lambda episodes: tuple(EpisodeLoops(episode, None) for episode in episodes)
    )


def episode(episode_id: str) -> Answer[LoopEpisode | None]:
    """Which one it is and of what series; none where the index has no loop of it."""
    if loop_index.progress().ready:
        return loop_index.found(LoopFilter(episode=episode_id), limit=1).map(_episode_of_first)
    return animeloop.episode(episode_id).map(lambda episode: episode)


def all_series() -> Answer[tuple[LoopSeries, ...]]:
    """Every series with loops, or as many as the upstream tells at once."""
    return loop_index.all_series() if loop_index.progress().ready else animeloop.series_list(limit=CHOICES)


def series_list(
    *, words: str, type: str | None, season: str | None, page: int, limit: int
) -> Answer[tuple[LoopSeries, ...]]:
    """A page of the series of a kind and a season ("2014-4"); for ``words`` the upstream is asked."""
    if words:
        return animeloop.search(words, type=type, season=season, page=page, limit=limit)
    if loop_index.progress().ready:
        return loop_index.series_list(type=type, season=season, page=page, limit=limit)
    return animeloop.series_list(type=type, season=season, page=page, limit=limit)


def beside(loop: Loop, limit: int) -> Loops:
    """Other loops of its series, those of the same episode first."""
    if loop_index.progress().ready:
        return loop_index.beside(loop, limit)
    found = animeloop.loops(LoopFilter(series=loop.series_id), full=True, limit=30)
    return found.map(lambda loops: _nearest(loop, loops)[:limit])


def of_the_day() -> Answer[Loop | None]:
    """Today's, in Moscow as everywhere on this site; none before there is an index: no page waits for it."""
    now, progress = timezone.now(), loop_index.progress()
    if not progress.ready:
        return Answer(None, now)
    with suppress(UpstreamNotFound):
        return Answer(loop_index.of_the_day(now.astimezone(MOSCOW).date()), progress.refreshed_at or now)
    return Answer(None, now)


def days(limit: int) -> Answer[tuple[tuple[date, Loop], ...]]:
    """The loops of the latest days, the newest first."""
    now, progress = timezone.now(), loop_index.progress()
    return Answer(loop_index.days(now.astimezone(MOSCOW).date(), limit), progress.refreshed_at or now, progress.stale)


def _episode_of_first(loops: tuple[Loop, ...]) -> LoopEpisode | None:
    return next((replace(loop.episode, series=loop.series) for loop in loops if loop.episode), None)


def _nearest(loop: Loop, loops: tuple[Loop, ...]) -> tuple[Loop, ...]:
    others = (other for other in loops if other.id != loop.id)
    return tuple(sorted(others, key=lambda other: other.episode_id != loop.episode_id))

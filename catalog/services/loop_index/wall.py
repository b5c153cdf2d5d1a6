"""What pages ask of the index: the loops that fit, in order; one by chance; those of a title; how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from secrets import token_hex
from typing import Any

from django.db import DatabaseError
from django.db.models import Count, F, Max, Q, QuerySet

from catalog.domain.loops import Loop, LoopEpisode, LoopSeries
from catalog.domain.titles import Title
from catalog.models import DailyLoop, LoopRow, SeriesRow
from catalog.models.loops import KEYS, key_of
from catalog.services import animeloop
from catalog.services.animeloop import LoopFilter
from catalog.services.answer import Answer
from catalog.services.errors import UpstreamNotFound
from catalog.services.index.state import Progress
from catalog.services.loop_index import favoured
from catalog.services.loop_index.chance import among, drawn, favourite
from catalog.services.loop_index.state import progress

EVERYTHING = LoopFilter()
ORDERS = ("new", "random")
LISTED_AT_ONCE = 100
DAYS_WITHOUT_REPETITION = 60


@dataclass(frozen=True, slots=True)
class EpisodeLoops:
    """An episode with the number of its loops, if that is known."""

    episode: LoopEpisode
    loops: int | None


def answers(where: LoopFilter) -> bool:
    """Whether the index can say which loops fit: the upstream's collections it does not know, ours it alone."""
    return where.favourites is not None or (where.collection is None and progress().ready)


def pick(where: LoopFilter = EVERYTHING, *, seed: str | None = None) -> Loop:
    """One of the loops that fit, each as likely as any other; the same one for the same ``seed``.

    No upstream is asked, but while the index is not there, and for its collections. No match is an
    ``UpstreamNotFound``.
    """
    if where.favourites is not None:
        return _picked_of_favourites(where, seed)
    now = progress()
    if where.collection is not None or not now.ready:
        return _picked_there(where, seed)
    seed = token_hex(16) if seed is None else seed
    draw = among if where.series or where.episode else drawn
    loop_id = draw(_fitting(where), seed, now.total or 0)
    if loop_id is None:
        raise _nothing(where)
    return _still_there(loop_id, where)


def fitting(where: LoopFilter, ids: Sequence[str]) -> list[str]:
    """Those of ``ids`` whose loops are known to fit."""
    if where == EVERYTHING:
        return list(ids)
    if where.collection is not None:
        return []
    known = favoured.told(where)
    return [*_fitting(where).filter(pk__in=ids).values_list("pk", flat=True), *(one for one in ids if one in known)]


def found(
    where: LoopFilter = EVERYTHING, *, order: str = "new", seed: str = "", page: int = 1, limit: int = 30
) -> Answer[tuple[Loop, ...]]:
    """The loops that fit, the newest first or, in the order ``random``, as ``seed`` shuffles them.

    Rows alone answer: ask ``answers(where)`` first.
    """
    start = (page - 1) * limit
    ids = _ordered(_fitting(where), order, seed).values_list("pk", flat=True)[start : start + limit]
    return _told(_in_order(list(ids)), progress())


def count(where: LoopFilter = EVERYTHING) -> Answer[int]:
    """How many fit."""
    return _told(_fitting(where).count(), progress())


def has(where: LoopFilter) -> bool:
    """Whether any fits."""
    return _fitting(where).exists() or bool(favoured.told(where))


def beside(loop: Loop, limit: int) -> Answer[tuple[Loop, ...]]:
    """Other loops of its series: those of the same episode in their order there, then the newest of the others."""
    rows = LoopRow.objects.filter(series_id=loop.series_id).exclude(pk=loop.id)
    same = list(rows.filter(episode_id=loop.episode_id or "").order_by("begin_seconds", "id")[:limit])
    others = rows.exclude(episode_id=loop.episode_id or "").order_by("-newness", "id")
    ids = [row.pk for row in same] + list(others.values_list("pk", flat=True)[: limit - len(same)])
    return _told(_in_order(ids), progress())


def loop(loop_id: str) -> Answer[Loop]:
    """One loop as the index has it, which has nothing while the database is away. Raises ``UpstreamNotFound``."""
    try:
        loops = _whole(LoopRow.objects.filter(pk=loop_id.lower()))
    except DatabaseError as exc:
        raise UpstreamNotFound("animeloop", f"loop {loop_id}", "the index cannot be read") from exc
    if not loops:
        raise UpstreamNotFound("animeloop", f"loop {loop_id}", "not in the index")
    return _told(loops[0], progress())


def of_the_day(day: date) -> Loop:
    """The same all day long. Raises an ``UpstreamError``, where there is no loop an ``UpstreamNotFound``."""
    kept = DailyLoop.objects.filter(day=day).first()
    loops = _whole(LoopRow.objects.filter(pk=kept.loop_id)) if kept else ()
    return loops[0] if loops else pick(seed=_seed_of(day))


def days(last: date, amount: int) -> tuple[tuple[date, Loop], ...]:
    """The latest days up to ``last`` that have a loop, the newest first."""
    kept = list(DailyLoop.objects.filter(day__lte=last)[:amount])
    loops = {loop.id: loop for loop in _whole(LoopRow.objects.filter(pk__in=[day.loop_id for day in kept]))}
    return tuple((day.day, loops[day.loop_id]) for day in kept if day.loop_id in loops)


def choose_for(day: date) -> None:
    """Settle the day's loop, none of the last weeks' if there are others. The first choice stays."""
    if not progress().ready or DailyLoop.objects.filter(day=day).exists():
        return
    recent = set(DailyLoop.objects.filter(day__lt=day).values_list("loop_id", flat=True)[:DAYS_WITHOUT_REPETITION])
    for attempt in range(10):
        chosen = pick(seed=_seed_of(day, attempt))
        if chosen.id not in recent:
            break
    DailyLoop.objects.get_or_create(day=day, defaults={"loop_id": chosen.id})


def all_series() -> Answer[tuple[LoopSeries, ...]]:
    """Every series that has loops."""
    rows = SeriesRow.objects.filter(pk__in=LoopRow.objects.values("series_id").distinct())
    return _told(tuple(row.series for row in rows), progress())


def series_list(
    *, type: str | None = None, season: str | None = None, page: int = 1, limit: int
) -> Answer[tuple[LoopSeries, ...]]:
    """A page of the series of a kind and a season, by name."""
    wanted = {name: value for name, value in (("type", type), ("season", season)) if value}
    start = (page - 1) * limit
    rows = SeriesRow.objects.filter(**wanted).order_by("name", "id")[start : start + limit]
    return _told(tuple(row.series for row in rows), progress())


def series_types() -> tuple[str, ...]:
    """The kinds of series that there are, as the upstream calls them; none before there is an index."""
    if not progress().ready:
        return ()
    return tuple(SeriesRow.objects.exclude(type="").values_list("type", flat=True).order_by("type").distinct())


def series(series_id: str) -> Answer[LoopSeries]:
    row = SeriesRow.objects.filter(pk=series_id.lower()).first()
    if row is None:
        raise UpstreamNotFound("animeloop", f"series {series_id}", "not in the index")
    return _told(row.series, progress())


def episodes(series_id: str) -> Answer[tuple[EpisodeLoops, ...]]:
    """The episodes of a series that have loops, unordered."""
    rows = LoopRow.objects.filter(series_id=series_id.lower()).exclude(episode_id="")
    counted = rows.values("episode_id").annotate(number=Max("episode_number"), loops=Count("id")).order_by()
    return _told(
        tuple(
            EpisodeLoops(
                LoopEpisode(id=one["episode_id"], number=one["number"] or None, series_id=series_id), one["loops"]
            )
            for one in counted
        ),
        progress(),
    )


def loops_by_series(ids: Sequence[str]) -> dict[str, int]:
    """How many loops each has that has any; nothing before there is an index."""
    if not progress().ready:
        return {}
    rows = LoopRow.objects.filter(series_id__in=ids).values("series_id").annotate(loops=Count("id")).order_by()
    return {one["series_id"]: one["loops"] for one in rows}


def series_of(title_id: int) -> tuple[LoopSeries, ...]:
    """The series that were found to be this title, the one with most loops first."""
    rows = [row.series for row in SeriesRow.objects.filter(title_id=title_id)]
    counts = loops_by_series([one.id for one in rows])
    return tuple(sorted(rows, key=lambda one: (-counts.get(one.id, 0), one.id)))


def title_of(series_id: str) -> Title | None:
    """The title that this series is, as a card shows it; none before there is an index."""
    if not progress().ready:
        return None
    row = SeriesRow.objects.select_related("title").filter(pk=series_id.lower(), title__code__isnull=False).first()
    return row.title.title if row and row.title else None


def _fitting(where: LoopFilter) -> QuerySet[LoopRow]:
    params = where.params()  # refuses what the upstream would refuse
    wanted: dict[str, Any] = {}
    if params["seriesid"]:
        wanted["series_id"] = params["seriesid"]
    if params["episodeid"]:
        wanted["episode_id"] = params["episodeid"]
    if where.source:
        wanted["source"] = where.source
    if where.duration:
        wanted["duration__gt"], wanted["duration__lt"] = where.duration
    of_favourites = favoured.rows(where.favourites) if where.favourites is not None else Q()
    return LoopRow.objects.filter(of_favourites, **wanted)


def _ordered(rows: QuerySet[LoopRow], order: str, seed: str) -> QuerySet[LoopRow]:
    """Shuffled, a loop's place follows from its key and the seed alone, so that others may come and go."""
    if order != "random":
        return rows.order_by("-newness", "id")
    factor, shift = key_of(f"{seed} factor") or 1, key_of(f"{seed} shift")
    return rows.annotate(place=(F("key") * factor + shift) % KEYS).order_by("place", "id")


def _in_order(ids: Sequence[str]) -> tuple[Loop, ...]:
    loops = {loop.id: loop for loop in _whole(LoopRow.objects.filter(pk__in=ids))}
    return tuple(loops[loop_id] for loop_id in ids if loop_id in loops)


def _picked_of_favourites(where: LoopFilter, seed: str | None) -> Loop:
    """All that fit are compared: a collection has few."""
    told = favoured.told(where)
    ids = [*_fitting(where).values_list("pk", flat=True), *told]
    loop_id = favourite(ids, token_hex(16) if seed is None else seed, str)
    if loop_id is None:
        raise _nothing(where)
    return told.get(loop_id) or _still_there(loop_id, where)


def _still_there(loop_id: str, where: LoopFilter) -> Loop:
    """Whole, unless it was pruned since it was chosen."""
    loops = _whole(LoopRow.objects.filter(pk=loop_id))
    if not loops:
        raise _nothing(where)
    return loops[0]


def _picked_there(where: LoopFilter, seed: str | None) -> Loop:
    """By chance, whatever the upstream draws; by a seed, of the first that it lists."""
    if seed is None:
        loops = animeloop.random_loops(where, full=True, limit=1).value
        chosen = loops[0] if loops else None
    else:
        listed = animeloop.loops(where, full=True, limit=LISTED_AT_ONCE).value
        chosen = favourite(listed, seed, lambda loop: loop.id)
    if chosen is None:
        raise _nothing(where)
    return chosen


def _whole(rows: QuerySet[LoopRow]) -> tuple[Loop, ...]:
    return tuple(row.loop for row in rows.select_related("series"))


def _told(value: Any, now: Progress) -> Answer[Any]:
    return Answer(value, now.refreshed_at or datetime.now(UTC), now.stale)


def _seed_of(day: date, attempt: int = 0) -> str:
    return f"the loop of {day.isoformat()}" + (f", attempt {attempt}" if attempt else "")


def _nothing(where: LoopFilter) -> UpstreamNotFound:
    return UpstreamNotFound("animeloop", "random loop", "no loop fits")

"""Loops of curators' collections: those in one, those of the series in it, and of the series that its titles are."""

from __future__ import annotations

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from catalog.domain.loops import Loop
from catalog.models import Collection, Favourite, LoopRow, SeriesRow
from catalog.services.animeloop import LoopFilter
from catalog.services.favourites.snapshots import drawn


def rows(slug: str) -> Q:
    """Which rows those are; of a collection that is not published none."""
    loops, series, titles = (
        _shown(slug).filter(kind=kind).values("subject")
        for kind in (Favourite.Kind.LOOP, Favourite.Kind.SERIES, Favourite.Kind.TITLE)
    )
    cut = SeriesRow.objects.annotate(named=Cast("title_id", TextField())).filter(Q(pk__in=series) | Q(named__in=titles))
    return Q(pk__in=loops) | Q(series_id__in=cut.values("pk"))


def told(where: LoopFilter) -> dict[str, Loop]:
    """By id the loops in it that fit and are not in the index, as they were last told of."""
    if where.favourites is None:
        return {}
    unknown = (
        _shown(where.favourites).filter(kind=Favourite.Kind.LOOP).exclude(subject__in=LoopRow.objects.values("pk"))
    )
    items = (drawn(Favourite.Kind.LOOP, snapshot) for snapshot in unknown.values_list("snapshot", flat=True))
    return {item.id: item for item in items if isinstance(item, Loop) and _fits(item, where)}


def _shown(slug: str) -> QuerySet[Favourite]:
    return Favourite.objects.shown().filter(collection__in=Collection.objects.published().filter(slug=slug))


def _fits(loop: Loop, where: LoopFilter) -> bool:
    wanted = where.params()
    return (
        wanted["seriesid"] in (None, loop.series_id)
        and wanted["episodeid"] in (None, loop.episode_id)
        and where.source in (None, loop.source)
        and (where.duration is None or where.duration[0] < loop.duration < where.duration[1])
    )

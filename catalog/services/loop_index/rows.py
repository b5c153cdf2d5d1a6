"""Writing rows of loops and series: all of one answer at once; what says nothing new is only noted as seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction

from catalog.domain.loops import Loop, LoopSeries
from catalog.models import LoopRow, SeriesRow
from catalog.services.index.lease import Lease

KEPT = {"title", "title_is_chosen"}  # what a row has that no upstream says
AT_ONCE = 100


def store_loops(lease: Lease, loops: Iterable[Loop], *, seen_at: datetime) -> int:
    """Write loops with the series they name; return how many rows said something new."""
    known = {loop.id: loop for loop in loops}
    series = {loop.series.id: loop.series for loop in known.values() if loop.series}
    rows = [LoopRow.of(loop, seen_at=seen_at) for loop in known.values()]
    return store_series(lease, series.values(), seen_at=seen_at) + _store(lease, LoopRow, rows, seen_at)


def store_series(lease: Lease, series: Iterable[LoopSeries], *, seen_at: datetime) -> int:
    """Write series; the titles that they were found to be stay."""
    rows = {one.id: SeriesRow.of(one, seen_at=seen_at) for one in series}
    return _store(lease, SeriesRow, list(rows.values()), seen_at)


def remove(lease: Lease, model: type[models.Model], ids: Iterable[str]) -> int:
    """Remove what the upstream no longer has; return how many there were."""
    with transaction.atomic():
        count, _ = model._default_manager.filter(pk__in=list(ids)).delete()
        if count:
            lease.next_revision()
    return count


def _store(lease: Lease, model: type[Any], rows: Sequence[Any], seen_at: datetime) -> int:
    known = model.objects.in_bulk([row.pk for row in rows])
    differing = [row for row in rows if row.pk not in known or _facts(known[row.pk]) != _facts(row)]
    same = {row.pk for row in rows} - {row.pk for row in differing}
    with transaction.atomic():
        if differing:
            lease.next_revision()
            model.objects.bulk_create(
                differing,
                update_conflicts=True,
                unique_fields=["id"],
                update_fields=[field.name for field in _fields(model) if field.name not in {"id", *KEPT}],
                batch_size=AT_ONCE,
            )
        model.objects.filter(pk__in=same).update(seen_at=seen_at)
    return len(differing)


def _facts(row: models.Model) -> list[object]:
    return [getattr(row, field.attname) for field in _fields(type(row)) if field.name not in {"seen_at", *KEPT}]


def _fields(model: type[models.Model]) -> Sequence[Any]:
    return model._meta.concrete_fields

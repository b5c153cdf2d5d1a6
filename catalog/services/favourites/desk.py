"""What those who fill the collections have to know when they come in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from catalog.models import Collection, Favourite
from catalog.services.favourites import refreshing

MOST_BROKEN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A collection, how much is in it, and whether readers see it: ``shown``, ``coming``, ``over`` or ``draft``."""

    collection: Collection
    held: int
    hidden: int
    broken: int
    stage: str


def filled() -> list[Filled]:
    counted = Collection.objects.annotate(
        held=Count("favourites"),
        hidden=Count("favourites", filter=Q(favourites__published=False)),
        broken=Count("favourites", filter=refreshing.broken("favourites__")),
    )
    rows: list[Any] = list(counted.order_by("order", "pk"))
    return [
        Filled(collection=row, held=row.held, hidden=row.hidden, broken=row.broken, stage=_stage(row)) for row in rows
    ]


def broken() -> list[Favourite]:
    """Gone from their sources before never told of before silent ones, the latest first."""
    found = Favourite.objects.filter(refreshing.broken()).select_related("collection")
    return list(found.order_by("state", "-tried_at", "pk")[:MOST_BROKEN])


def _stage(collection: Collection) -> str:
    if collection.is_published:
        return "shown"
    if collection.published_from is None:
        return "draft"
    return "coming" if collection.published_from > timezone.now() else "over"

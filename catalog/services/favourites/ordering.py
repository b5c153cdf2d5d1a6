"""The order of a shelf, and favourites that change shelves. Two curators at once lose nothing and double nothing."""

from __future__ import annotations

from collections.abc import Collection as Some
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import Max

from catalog.models import Collection, Favourite


def renumber(collection: Collection, moved: Some[int] = ()) -> None:
    """1, 2, 3 and so on; where two claim a place, one of ``moved`` (keys) has it."""
    with transaction.atomic():
        Collection.objects.select_for_update().get(pk=collection.pk)
        rows = list(Favourite.objects.filter(collection=collection).only("pk", "order"))
        rows.sort(key=lambda row: (row.order, row.pk not in moved, row.pk))
        for place, row in enumerate(rows, 1):
            if row.order != place:
                Favourite.objects.filter(pk=row.pk).update(order=place)


def move(favourites: Iterable[Favourite], collection: Collection) -> list[Favourite]:
    """Put these at the end of ``collection``; return those that it has already, which stay where they are."""
    refused = []
    for favourite in favourites:
        if favourite.collection_id == collection.pk:
            continue
        try:
            with transaction.atomic():
                Collection.objects.select_for_update().get(pk=collection.pk)
                last = collection.favourites.aggregate(last=Max("order"))["last"] or 0
                favourite.collection, favourite.order = collection, last + 1
                favourite.save(update_fields=["collection", "order", "changed_at"])
        except IntegrityError:
            refused.append(favourite)
    return refused

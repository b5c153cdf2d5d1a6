"""The order of a shelf, and favourites that change shelves. Curators at the same moment lose and double nothing.

Whoever arranges holds one lock from reading to writing, so the others come one after the other; what an older page
says is then read as what its reader moved, and put into the order that there is by now.
"""

from __future__ import annotations

from collections.abc import Collection as Some
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from difflib import SequenceMatcher
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet

from catalog.models import Collection, Favourite

T = TypeVar("T")
NOWHERE: Mapping[int, int] = {}


@contextmanager
def arranging() -> Iterator[None]:
    """One after the other: nobody else adds, moves or removes anything in here. No source may be asked meanwhile."""
    with transaction.atomic():
        # a row that is always there, also before the first collection; SQLite needs none, its transactions are alone
        ContentType.objects.select_for_update(no_key=True).get(app_label="catalog", model="collection")
        yield


def moves(seen: Sequence[T], numbered: Mapping[T, int], gone: Some[T] = ()) -> dict[T, int]:
    """Which were moved, and to which places, where those ``numbered`` got another number: dragging one numbers many.

    What is ``gone`` was counted by whoever wrote the numbers.
    """
    wanted = [one for one in _placed(seen, numbered) if one not in gone]
    left = [one for one in seen if one not in gone]
    blocks = SequenceMatcher(None, left, wanted, autojunk=False).get_matching_blocks()
    stayed = {one for start, _, size in blocks for one in left[start : start + size]}
    return {one: place for place, one in enumerate(wanted, 1) if one not in stayed}


def renumber(rows: QuerySet[Any], moved: Mapping[int, int] = NOWHERE) -> None:
    """All collections, or all favourites of one: 1, 2, 3 and so on, those of ``moved`` at the places that it names."""
    with arranging():
        held = {row.pk: row for row in rows.order_by("order", "pk")}
        _number([held[key] for key in _placed([*held], moved)], moved)


def drag(places: Mapping[int, int]) -> int:
    """Put these collections, by the numbers they are to have, where they stand now; return how many there are."""
    with arranging():
        rows = list(Collection.objects.order_by("order", "pk"))
        dragged = sorted((row for row in rows if row.pk in places), key=lambda row: places[row.pk])
        following = iter(dragged)
        _number([next(following) if row.pk in places else row for row in rows], places)
    return len(dragged)


def append(favourite: Favourite) -> None:
    """Save it at its collection's end. Raises ``Collection.DoesNotExist`` where that was removed meanwhile."""
    with arranging():
        favourite.order = _last(Collection.objects.get(pk=favourite.collection_id)) + 1
        favourite.save()


def change(favourite: Favourite, fields: Some[str], placed: Mapping[int, int] = NOWHERE) -> None:
    """Write these fields and nothing else; without a number it comes to a new shelf's end.

    ``placed``: this one's place, where it got one, and those of others that get theirs with it.
    """
    with arranging():
        was = Favourite.objects.get(pk=favourite.pk)
        moved = was.collection_id != favourite.collection_id
        if "order" not in fields:
            favourite.order = _last(favourite.collection) + 1 if moved else was.order
        favourite.save(update_fields=[*fields, "order", "changed_at"])
        renumber(favourite.collection.favourites.all(), placed)
        if moved:
            renumber(was.collection.favourites.all())


def move(favourites: Iterable[Favourite], collection: Collection) -> tuple[int, list[Favourite]]:
    """Put these at the end of ``collection``; return how many came, and those whose like it has, which stay."""
    left, moved, refused = set(), 0, []
    with arranging():
        for favourite in favourites:
            if favourite.collection_id == collection.pk:
                continue
            was = favourite.collection
            try:
                with transaction.atomic():
                    favourite.collection, favourite.order = collection, _last(collection) + 1
                    favourite.save(update_fields=["collection", "order", "changed_at"])
            except IntegrityError:
                refused.append(favourite)
            else:
                moved += 1
                left.add(was)
        for one in left:
            renumber(one.favourites.all())
    return moved, refused


def _placed(keys: Sequence[T], places: Mapping[T, int]) -> list[T]:
    """With some of them at these places; beyond the last is the last."""
    order, free = [key for key in keys if key not in places], 0
    for key in sorted((key for key in keys if key in places), key=places.__getitem__):
        free = max(places[key] - 1, free)
        order.insert(free, key)
        free += 1
    return order


def _last(collection: Collection) -> int:
    return collection.favourites.aggregate(last=Max("order"))["last"] or 0


def _number(rows: Sequence[Any], moved: Some[int]) -> None:
    """Only what somebody moved makes a line of history; the others make room."""
    shifted = []
    for place, row in enumerate(rows, 1):
        if row.order == place:
            continue
        row.order = place
        if row.pk in moved:
            row.save(update_fields=["order", "changed_at"])
        else:
            shifted.append(row)
    if shifted:
        type(shifted[0])._default_manager.bulk_update(shifted, ["order"])

"""Bringing back what was deleted, out of its history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet

from catalog.models import Collection, Favourite, SeriesRow, TitleRow
from catalog.services.favourites.adding import AlreadyThere, already_there
from catalog.services.favourites.ordering import arranging, renumber
from catalog.services.favourites.shelves import in_reader_language
from catalog.services.favourites.subjects import Subject

TOGETHER = timedelta(seconds=30)  # within which a collection and all that stood in it are deleted


class CollectionGone(LookupError):
    """Where it stood is deleted too."""


class AddressTaken(ValueError):
    """Another collection has its address by now."""


def deleted(model: type[Collection] | type[Favourite]) -> QuerySet[Any]:
    """The last line of history of each that is no more, the latest first."""
    lines: QuerySet[Any] = model.history.model.objects.all()
    later = lines.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id"))
    gone = lines.filter(~Exists(later), ~Exists(model.objects.filter(pk=OuterRef("id"))), history_type="-")
    return gone.select_related("history_user").order_by("-history_date", "-history_id")


def called(lines: Iterable[Any]) -> dict[int, str]:
    """What they were called, by the keys of the lines, as far as the indexes here know of what stood on shelves."""
    lines = list(lines)
    kinds: dict[str, Any] = {"title": TitleRow, "series": SeriesRow}
    of_kind = {kind: [line.subject for line in lines if getattr(line, "kind", "") == kind] for kind in kinds}
    held = {
        kind: {str(key): str(row) for key, row in kinds[kind].objects.in_bulk(of_kind[kind]).items()} for kind in kinds
    }
    return {line.pk: _called(line, held) for line in lines}


def _called(line: Any, held: Mapping[str, Mapping[str, str]]) -> str:
    if isinstance(line, Collection.history.model):
        return in_reader_language(line.name_en, line.name_ru)
    return held.get(line.kind, {}).get(line.subject) or f"{line.get_kind_display()} {line.subject}"


def noted(line: Any) -> str:
    """Why it stood on its shelf; collections say nothing."""
    return in_reader_language(getattr(line, "note_en", ""), getattr(line, "note_ru", ""))


def bring_back(line: Any, reason: str) -> Collection | Favourite:
    """What a line of ``deleted`` was, under its old key; ``reason`` is for the history.

    A favourite comes to its old place, or raises CollectionGone or AlreadyThere. A collection comes with what was
    deleted with it, or raises AddressTaken.
    """
    one: Collection | Favourite = line.instance
    with arranging():
        return _favourite(one, reason) if isinstance(one, Favourite) else _collection(one, line.history_date, reason)


def _favourite(favourite: Favourite, reason: str) -> Favourite:
    collection = Collection.objects.filter(pk=favourite.collection_id).first()
    if collection is None:
        raise CollectionGone(str(favourite))
    if there := already_there(collection, Subject(favourite.kind, favourite.subject)):
        raise AlreadyThere(there)
    _save(favourite, reason)
    renumber(collection.favourites.all(), {favourite.pk: favourite.order})
    return favourite


def _collection(collection: Collection, moment: Any, reason: str) -> Collection:
    try:
        collection.validate_unique()
    except ValidationError as exc:
        raise AddressTaken(collection.slug) from exc
    cover, collection.cover_id = collection.cover_id, None
    _save(collection, reason)
    with_it = deleted(Favourite).filter(
        collection_id=collection.pk, history_date__range=(moment - TOGETHER, moment + TOGETHER)
    )
    latest = {(line.kind, line.subject): line for line in with_it.reverse()}  # the same may have been deleted twice
    brought = [line.instance for line in latest.values()]
    for favourite in brought:
        _save(favourite, reason)
    if cover in {favourite.pk for favourite in brought}:
        Collection.objects.filter(pk=collection.pk).update(cover=cover)
    renumber(collection.favourites.all())
    renumber(Collection.objects.all(), {collection.pk: collection.order})
    return collection


def _save(one: Collection | Favourite, reason: str) -> None:
    one._change_reason = reason  # type: ignore[union-attr]
    one.save(force_insert=True)

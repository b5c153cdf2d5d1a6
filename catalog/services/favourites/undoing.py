"""Bringing back what was deleted, out of its history."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from catalog.models import Collection, Favourite
from catalog.models.favourites import Told
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


def called(line: Any) -> str:
    """What it was called when it was deleted."""
    if isinstance(line, Collection.history.model):
        return in_reader_language(line.name_en, line.name_ru)
    return line.told_name or f"{line.get_kind_display()} {line.subject}"


def noted(line: Any) -> str:
    """Why it stood on its shelf; collections say nothing."""
    return in_reader_language(getattr(line, "note_en", ""), getattr(line, "note_ru", ""))


def bring_back(line: Any, reason: str) -> Collection | Favourite:
    """What a line of ``deleted`` was, under its old key; ``reason`` is for the history.

    A favourite comes to its old place, or raises CollectionGone or AlreadyThere. A collection comes with what was
    deleted with it, or raises AddressTaken.
    """
    with arranging():
        if isinstance(line, Favourite.history.model):
            return _favourite(_as_told(line), reason)
        return _collection(line.instance, line.history_date, reason)


def _as_told(line: Any) -> Favourite:
    """With what its source told of it, which may be no more; it is asked again soon."""
    favourite: Favourite = line.instance
    for field in Told._meta.fields:
        setattr(favourite, field.name, getattr(line, field.name))
    return favourite


def _favourite(favourite: Favourite, reason: str) -> Favourite:
    collection = Collection.objects.filter(pk=favourite.collection_id).first()
    if collection is None:
        raise CollectionGone(str(favourite))
    if there := already_there(collection, Subject(favourite.kind, favourite.subject)):
        raise AlreadyThere(there)
    _save(favourite, reason)
    _date_back(Favourite.objects.filter(pk=favourite.pk))
    renumber(collection.favourites.all(), {favourite.pk: favourite.order})
    return favourite


def _collection(collection: Collection, moment: Any, reason: str) -> Collection:
    try:
        collection.validate_unique()
    except ValidationError as exc:
        raise AddressTaken(collection.slug) from exc
    cover, collection.cover_id = collection.cover_id, None
    _save(collection, reason)
    Collection.objects.filter(pk=collection.pk).update(created_at=_first(Collection))
    with_it = deleted(Favourite).filter(
        collection_id=collection.pk, history_date__range=(moment - TOGETHER, moment + TOGETHER)
    )
    latest = {(line.kind, line.subject): line for line in with_it.reverse()}  # the same may have been deleted twice
    brought = [_as_told(line) for line in latest.values()]
    for favourite in brought:
        _save(favourite, reason)
    _date_back(collection.favourites.all())
    if cover in {favourite.pk for favourite in brought}:
        Collection.objects.filter(pk=collection.pk).update(cover=cover)
    renumber(collection.favourites.all())
    renumber(Collection.objects.all(), {collection.pk: collection.order})
    return collection


def _save(one: Collection | Favourite, reason: str) -> None:
    one._change_reason = reason  # type: ignore[union-attr]
    one.save(force_insert=True)


def _date_back(brought: QuerySet[Favourite]) -> None:
    """To when they first came: they are no news."""
    brought.update(created_at=_first(Favourite), published_at=_first(Favourite, published=True))


def _first(model: type[Collection] | type[Favourite], **said: bool) -> Subquery:
    """The moment of the first line of history that said so."""
    lines: QuerySet[Any] = model.history.model.objects.filter(id=OuterRef("pk"), **said)
    return Subquery(lines.order_by("history_date").values("history_date")[:1])

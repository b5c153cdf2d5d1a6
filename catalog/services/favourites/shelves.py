"""The shelves as readers see them: two questions to the database, however much stands on them."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import DatabaseError
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.translation import get_language

from catalog.domain.favourites import Favourite as Shown
from catalog.domain.favourites import Shelf
from catalog.models import Collection, Favourite
from catalog.services.favourites.snapshots import drawn

log = logging.getLogger(__name__)


def shelves() -> tuple[Shelf, ...]:
    """What is published now, in the curators' order."""
    return tuple(_shelf(row) for row in _with_favourites(Collection.objects.published()))


def first_shelf() -> Shelf | None:
    """The first of them that has something, for a page that goes on without: a database that is away has none."""
    something = Favourite.objects.shown().filter(collection=OuterRef("pk"), snapshot_at__isnull=False)
    try:
        found = _with_favourites(Collection.objects.published().filter(Exists(something)))[:1]
        return next((_shelf(row) for row in found), None)
    except DatabaseError as exc:
        log.warning("the curators' shelves cannot be read: %s", exc)
        return None


def shelf(slug: str) -> Shelf | None:
    """The published collection of that name."""
    found = Collection.objects.published().filter(slug=slug)
    return next((_shelf(row) for row in _with_favourites(found)), None)


def names(chosen: str = "") -> dict[str, str]:
    """By slug what is published, in the curators' order; one that was chosen and is not there is called by its slug.

    For a page that goes on without: a database that is away has none.
    """
    rows = Collection.objects.published().values_list("slug", "name_en", "name_ru")
    try:
        there = {slug: in_reader_language(english, russian) for slug, english, russian in rows}
    except DatabaseError as exc:
        log.warning("the curators' shelves cannot be read: %s", exc)
        there = {}
    return there | ({chosen: there.get(chosen, chosen)} if chosen else {})


def any_shelf(pk: int) -> Shelf | None:
    """The same for who may see it before it is published."""
    return next((_shelf(row) for row in _with_favourites(Collection.objects.filter(pk=pk))), None)


def as_shown(row: Favourite, shelved_at: datetime | None = None) -> Shown | None:
    """One favourite as a card needs it, whether readers would see it or not; None before anything was told of it.

    ``shelved_at``: since when they see where it stands.
    """
    item = drawn(row.kind, row.snapshot)
    if item is None or row.snapshot_at is None:
        return None
    return Shown(
        kind=row.kind,
        subject=row.subject,
        item=item,
        note=in_reader_language(row.note_en, row.note_ru),
        shown_at=max(filter(None, (row.created_at, row.published_at, shelved_at))),
        as_of=row.snapshot_at,
        silent=row.state == Favourite.State.SILENT,
        gone=row.state == Favourite.State.GONE,
    )


def in_reader_language(english: str, russian: str) -> str:
    """The reader's, else the other."""
    first, second = (russian, english) if get_language() == "ru" else (english, russian)
    return first or second


def _with_favourites(collections: QuerySet[Collection]) -> QuerySet[Collection]:
    return collections.prefetch_related(Prefetch("favourites", Favourite.objects.shown(), to_attr="shown"))


def _shelf(row: Collection) -> Shelf:
    rows: list[Favourite] = row.shown  # type: ignore[attr-defined]
    by_pk = {one.pk: shown for one in rows if (shown := as_shown(one, row.published_from))}
    favourites = tuple(by_pk.values())
    return Shelf(
        slug=row.slug,
        name=in_reader_language(row.name_en, row.name_ru),
        text=in_reader_language(row.text_en, row.text_ru),
        changed_at=max(filter(None, (row.changed_at, row.published_from, *(one.changed_at for one in rows)))),
        favourites=favourites,
        cover=by_pk.get(row.cover_id or 0) or next(iter(favourites), None),
    )

"""Finding what to put on a shelf by its name."""

from __future__ import annotations

from contextlib import suppress

from django.db.models import Q
from django.utils import timezone

from catalog.domain.favourites import Favourite, Item
from catalog.models import SeriesRow
from catalog.services import anilibria, animeloop, index
from catalog.services.errors import UpstreamError
from catalog.services.favourites.subjects import subject_of
from catalog.services.transport import within

TITLES, SERIES = 8, 4
PATIENCE_SECONDS = 2.0


def candidates(text: str) -> list[tuple[str, Favourite]]:
    """Titles and series of loops that ``text`` may mean, each as what it would be on a shelf, after "kind:name".

    The indexes answer; their sources only until there are any.
    """
    text = text.strip()[:200]
    items = [*_titles(text), *_series(text)] if text else []
    return [_candidate(item) for item in items]


def _candidate(item: Item) -> tuple[str, Favourite]:
    subject, now = subject_of(item), timezone.now()
    shown = Favourite(kind=subject.kind, subject=subject.name, item=item, added_at=now, as_of=now)
    return f"{subject.kind}:{subject.name}", shown


def _titles(text: str) -> list[Item]:
    catalogue = index.catalogue(index.progress())
    if catalogue is not None:
        return list(index.cards(catalogue.find(index.Wanted(text=text), 0, TITLES).ids))
    with suppress(UpstreamError), within(PATIENCE_SECONDS):
        return list(anilibria.search(text, limit=TITLES).value)
    return []


def _series(text: str) -> list[Item]:
    names = ("name", "name_romaji", "name_english", "name_japanese")
    called = Q()
    for name in names:
        called |= Q(**{f"{name}__icontains": text})
    rows = list(SeriesRow.objects.filter(called).order_by("name_romaji", "pk")[:SERIES])
    if rows or SeriesRow.objects.exists():
        return [row.series for row in rows]
    with suppress(UpstreamError), within(PATIENCE_SECONDS):
        return list(animeloop.search(text, limit=SERIES).value)
    return []

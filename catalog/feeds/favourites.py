"""What curators chose: each favourite is news when readers first see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.html import linebreaks
from django.utils.translation import gettext

from catalog.domain.favourites import Favourite, Shelf
from catalog.domain.loops import Loop, LoopSeries
from catalog.domain.titles import Title
from catalog.feeds.listing import ENTRIES, Entry, Listing, named, prose
from catalog.feeds.loops import loop_entry
from catalog.feeds.titles import title_entry
from catalog.feeds.videos import video_entry
from catalog.forms import QueryForm
from catalog.services import favourites as service
from catalog.services.errors import UpstreamNotFound
from catalog.templatetags.favourites import favourite_name, favourite_picture, favourite_url


def favourites(form: QueryForm) -> Listing:
    """Of all collections, the latest additions first."""
    name = named(gettext("Favourites"))
    return _listing(name, gettext("Collections that our curators put together."), service.shelves())


def collection(form: QueryForm, slug: str) -> Listing:
    shelf = service.shelf(slug)
    if shelf is None:
        raise UpstreamNotFound(settings.SITE_NAME, f"collection {slug}")
    return _listing(named(shelf.name), shelf.text or shelf.name, [shelf])


def _listing(title: str, description: str, shelves: Iterable[Shelf]) -> Listing:
    entries = [(favourite.shown_at, _entry(shelf, favourite)) for shelf in shelves for favourite in shelf.favourites]
    entries.sort(key=lambda pair: pair[0], reverse=True)
    return Listing(
        title=title,
        description=description,
        author=settings.SITE_NAME,
        entries=tuple(entry for _, entry in entries[:ENTRIES]),
        changed_at=max((shelf.changed_at for shelf in shelves), default=timezone.now()),
        revised=True,
    )


def _entry(shelf: Shelf, favourite: Favourite) -> Entry:
    """As its own list has it, dated by when it came before readers and with the curator's words first.

    What is gone from its source has no page, and leads to its collection's.
    """
    match favourite.item:
        case Title() as title:
            own = title_entry(title)
        case Loop() as loop:
            own = loop_entry(loop)
        case LoopSeries():
            own = Entry(
                key="",
                title=favourite_name(favourite),
                url=favourite_url(favourite),
                image=favourite_picture(favourite) or None,
            )
        case video:
            own = video_entry(video)
    if favourite.gone:
        lost = gettext("No longer at %(source)s") % {"source": favourite.source}
        own = replace(own, url=reverse("catalog:collection", args=[shelf.slug]), summary=prose(lost) + own.summary)
    return replace(
        own,
        key=f"favourites/{shelf.slug}/{favourite.kind}/{favourite.subject}",
        published=favourite.shown_at,
        summary=prose(linebreaks(favourite.note, autoescape=True)) + own.summary,
    )

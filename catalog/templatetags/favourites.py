"""How favourites of every kind are put alike: a name, an address, a picture."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from django import template
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext

from catalog import links
from catalog.domain.favourites import Favourite, Item, Shelf
from catalog.domain.loops import Loop, LoopSeries
from catalog.domain.titles import Title
from catalog.models import Favourite as Row
from catalog.services import posters
from catalog.services.answer import Answer
from catalog.templatetags.catalog import poster_file, poster_src
from catalog.templatetags.loops import names, still
from catalog.templatetags.posters import cover_file, thumbnail_src

register = template.Library()

NAME_CHARACTERS = 80
PILED = 4


@register.filter
def silences(shelf: Shelf) -> list[tuple[str, Answer[None]]]:
    """Which sources do not answer, each with an answer as old as the oldest thing on the shelf that it told of."""
    return [(source, Answer(None, moment, stale=True)) for source, moment in shelf.silent.items()]


@register.filter
def favourite_name(favourite: Favourite) -> str:
    return item_name(favourite.item)


def item_name(item: Item) -> str:
    match item:
        case Title() as title:
            return title.name
        case Loop() as loop:
            return names(loop.series)[0].text if loop.series else gettext("Loop %(id)s") % {"id": loop.id[:8]}
        case LoopSeries() as series:
            return names(series)[0].text
        case video:
            words = Truncator(" ".join((video.caption or "").split())).chars(NAME_CHARACTERS)
            return words or gettext("A video by @%(username)s") % {"username": video.account.username}


@register.filter
def favourite_kind(favourite: Favourite) -> str:
    return str(Row.Kind(favourite.kind).label)


@register.filter
def favourite_url(favourite: Favourite) -> str:
    match favourite.item:
        case Title() as title:
            return links.title_url(title)
        case Loop() as loop:
            return reverse("catalog:loop", args=[loop.id])
        case LoopSeries() as series:
            return reverse("catalog:series", args=[series.id])
        case video:
            return reverse("catalog:video", args=[video.shortcode])


@register.filter
def favourite_picture(favourite: Favourite) -> str:
    """For programs; "" where there is none, or none to be shown unasked."""
    match favourite.item:
        case Title() as title:
            return poster_file(title)
        case Loop() as loop:
            stored = posters.of_loop(loop)
            return stored.jpeg_url if stored else still(loop) or ""
        case LoopSeries() as series:
            return cover_file(series)
        case video:
            return "" if video.is_sensitive else thumbnail_src(video)


@register.filter
def favourite_thumb(favourite: Favourite) -> str:
    """The same for a page: what is stored or drawn here, where there is that."""
    item = favourite.item
    return poster_src(item) if isinstance(item, Title) else favourite_picture(favourite)


@register.filter
def shelf_picture(shelf: Shelf) -> str:
    """For programs, the first there is, the cover's before all others; "" where there is none."""
    return next(filter(None, map(favourite_picture, shelf.cover_first)), "")


@register.filter
def pictured(shelves: Iterable[Shelf]) -> Shelf | None:
    """The first of them that has a picture."""
    return next(filter(shelf_picture, shelves), None)


@register.filter
def pile(shelf: Shelf) -> list[str]:
    """The few pictures by which a page shows the whole shelf."""
    return list(islice(filter(None, map(favourite_thumb, shelf.cover_first)), PILED))

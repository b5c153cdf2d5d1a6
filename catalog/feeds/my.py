"""What comes out of the titles of somebody's list, at an address that only they know."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override
from django.views.decorators.http import require_safe

from catalog.domain.titles import ScheduleDay, Title
from catalog.domain.week import Day, this_week, week_after
from catalog.feeds.endpoints import language_of, sorry
from catalog.feeds.listing import ENTRIES, Entry, Listing, Place, legible, named
from catalog.feeds.registry import FORMATS
from catalog.feeds.titles import ANILIBRIA, RUSSIAN, airing_entries, title_entry
from catalog.http import render_page
from catalog.services import anilibria, lists
from catalog.services.errors import UpstreamError
from catalog.services.lists import Subscription

log = logging.getLogger(__name__)

ON_AIR = 1
AHEAD = timedelta(days=7)
PRIVATE = {"Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex", "Referrer-Policy": "same-origin"}


@require_safe
def my(request: HttpRequest, token: str, format: str) -> HttpResponse:
    """The list behind ``token`` as ``format``; 410 once it was revoked, 404 for what was never signed here."""
    public_id = lists.public_id(token)
    if public_id is None:
        raise Http404("nobody signed that")
    language = language_of(request)
    with override(language):
        try:
            found = lists.subscription(public_id)
        except UpstreamError as error:
            return sorry(error)
        if found is None:
            return _gone(request)
        page = request.build_absolute_uri(reverse("catalog:my"))
        place = Place(own=request.build_absolute_uri(), page=page)
        content = FORMATS[format].write(legible(listing(found, dated=format == "ics")), place)
    headers = PRIVATE | {"Content-Language": language}
    return HttpResponse(content, f"{FORMATS[format].media_type}; charset=utf-8", headers=headers)


def listing(found: Subscription, *, dated: bool) -> Listing:
    """The titles updated last; where it is ``dated``, also what is to come within a week."""
    titles = lists.titles(found.titles)
    updated = sorted((title for title in titles if title.updated_at), key=_moment, reverse=True)
    return Listing(
        title=named(gettext("My list")),
        description=gettext("New episodes of the titles on my list. Days to come are days in Moscow."),
        author=ANILIBRIA,
        entries=tuple(map(_episode_entry, updated[:ENTRIES])),
        coming=_coming(titles) if dated else (),
        changed_at=max([found.changed_at, *map(_moment, updated)]),
        language=RUSSIAN,
    )


def _episode_entry(title: Title) -> Entry:
    """The key has the number of the last episode: whatever else is done to the title is no news."""
    return replace(title_entry(title), key=f"my/{title.id}/{title.player.range.last or 0:g}")


def _coming(titles: Collection[Title]) -> tuple[Entry, ...]:
    ids = {title.id for title in titles}
    week = this_week(_schedule(titles), timezone.now())
    today = next(day for day in week if day.today)
    days = (day for day in (*week, *week_after(week)) if today.date <= day.date < today.date + AHEAD)
    return airing_entries(_only(ids, days), today)


def _schedule(titles: Iterable[Title]) -> tuple[ScheduleDay, ...]:
    """As AniLibria has it; while nobody tells it, what is on air has the weekday that the index knows."""
    try:
        return anilibria.schedule().value
    except UpstreamError as exc:
        log.warning("the schedule is not known: %s", exc)
    on_air = [title for title in titles if title.status.code == ON_AIR and title.season.weekday is not None]
    return tuple(ScheduleDay(weekday=title.season.weekday or 0, titles=(title,)) for title in on_air)


def _only(ids: set[int], days: Iterable[Day]) -> Iterable[Day]:
    """Of the listed titles, what is still to come: what is out is among the updates."""
    for day in days:
        airings = tuple(airing for airing in day.airings if airing.title.id in ids and not airing.out)
        yield replace(day, airings=airings)


def _moment(title: Title) -> datetime:
    assert title.updated_at is not None  # noqa: S101  others are left out before
    return title.updated_at


def _gone(request: HttpRequest) -> HttpResponse:
    words = gettext("There was a list at this address. Its owner revoked it, or nobody read it for a very long time.")
    context = {"status": 410, "words": words}
    response = render_page(request, "410.html", "catalog/_failed.html", context, status=410)
    response.headers["Cache-Control"] = "no-store"
    return response

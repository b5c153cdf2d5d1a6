"""The siblings of lists over HTTP."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.cache import patch_cache_control
from django.utils.http import http_date
from django.utils.translation import gettext, override
from django.views.decorators.http import require_safe

from catalog.feeds.listing import Entry, Listing, Place, legible
from catalog.feeds.registry import FEEDS, FORMATS, Feed
from catalog.forms import QueryForm
from catalog.http import Page, failure
from catalog.services.errors import UpstreamError


@require_safe
def sibling(request: HttpRequest, page: str, format: str, **which: str) -> HttpResponse:
    """The list of ``page`` as ``format``, for the same query. ``lang`` chooses our words and the links' language."""
    feed, asked, language = FEEDS[page], request.GET.get("lang"), language_of(request)
    with override(language):
        form = feed.form(request.GET)
        if there := _moved(feed, form, format, asked):
            return redirect(there, permanent=True)
        try:
            listing = feed.listing(form, **which)
        except UpstreamError as error:
            return sorry(error)
        place = _place(request, feed, form, listing, which, language)
        content = FORMATS[format].write(_tidied(listing, form), place)
    changed_at = None if listing.revised else listing.changed_at
    response = settled(content, FORMATS[format].media_type, changed_at, stale=listing.stale)
    response.headers["Content-Language"] = language
    return response


def language_of(request: HttpRequest) -> str:
    """The one asked for by name, if there is such a one."""
    asked = request.GET.get("lang")
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _moved(feed: Feed, form: QueryForm, format: str, language: str | None) -> str | None:
    if (there := feed.moved(form)) is None:
        return None
    page, which = there
    with suppress(NoReverseMatch):
        spoken = f"?lang={quote(language)}" if language else ""
        return reverse(f"feeds:{page}", kwargs=which | {"format": format}) + spoken
    return None


def sorry(error: UpstreamError) -> HttpResponse:
    """Plain text, which is all that a feed reader's log has room for."""
    status, seconds = failure(error)
    words = gettext("There is nothing at this address.") if seconds is None else gettext("The source is not answering.")
    response = HttpResponse(f"{words}\n", "text/plain; charset=utf-8", status, headers={"Cache-Control": "no-store"})
    if seconds is not None:
        response.headers["Retry-After"] = str(seconds)
    return response


def settled(content: bytes, media_type: str, changed_at: datetime | None, *, stale: bool) -> Page:
    """``content`` with what caches need to know about it; without a moment of change they go by its tag alone."""
    response = Page(content, content_type=f"{media_type}; charset=utf-8")
    response.settled = not stale
    if changed_at:
        response.headers["Last-Modified"] = http_date(changed_at.timestamp())
    if stale:
        patch_cache_control(response, no_cache=True)
    else:
        patch_cache_control(response, public=True, max_age=int(settings.PAGE_TTL_SECONDS))
    return response


def _place(
    request: HttpRequest, feed: Feed, form: QueryForm, listing: Listing, which: dict[str, Any], language: str
) -> Place:
    page, query = reverse(f"catalog:{feed.page}", kwargs=which), form.query()
    spoken = f"&lang={language}" if language != settings.LANGUAGE_CODE else ""
    following = f"{request.path}{listing.next_query}{spoken}" if listing.next_query else None
    return Place(
        own=request.build_absolute_uri(),
        page=request.build_absolute_uri(f"{page}{query.removesuffix('?')}"),
        following=request.build_absolute_uri(following) if following else None,
    )


def _tidied(listing: Listing, form: QueryForm) -> Listing:
    """Legible, each entry once, and saying which part of the query was not understood."""
    ignored = "; ".join(f"{label}: {value[:60]}" for label, value in form.ignored)
    described = f"{listing.description} {gettext('Ignored')}: {ignored}." if ignored else listing.description
    return legible(
        replace(listing, description=described, entries=_once(listing.entries), coming=_once(listing.coming))
    )


def _once(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    return tuple({entry.key: entry for entry in entries}.values())

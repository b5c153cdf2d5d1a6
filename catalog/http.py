"""What every view shares: the htmx-aware request, the one page-or-fragment rule, and the reader's theme."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, TypeVar, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from catalog.domain.week import MOSCOW
from catalog.services import posters
from catalog.services.answer import Answer
from catalog.services.errors import UpstreamError, UpstreamNotFound, UpstreamRejected, UpstreamUnavailable
from catalog.services.together import Block
from catalog.zones import zone

FRAGMENT_HEADERS = ("HX-Request", "HX-Boosted", "HX-History-Restore-Request")
THEMES = ("dark", "light", "system")
DEFAULT_THEME = THEMES[0]
RETRY_SECONDS = 30
View = TypeVar("View", bound=Callable[..., HttpResponse])
AWAITING_SECONDS = 3  # a page whose posters are on their way is soon another one
NOT_OURS = 401  # our own token was refused: the reader asked for nothing wrong


class Page(HttpResponse):
    """``settled``: whole and fresh, so that it may be kept and shown to others for ``keep_seconds``."""

    settled = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keep_seconds = settings.PAGE_TTL_SECONDS


def render_page(
    request: HttpRequest,
    page: str,
    fragment: str | None,
    context: dict[str, Any],
    *,
    status: int = 200,
    keep_seconds: float = math.inf,
) -> HttpResponse:
    """Render ``fragment`` for an htmx swap, ``page`` for everything else and where a page has no fragment.

    ``keep_seconds``: for how long at most it may be shown to others.
    """
    template = fragment if fragment and is_swap(request) else page
    with posters.noting() as awaited:
        response = Page(render_to_string(template, context, request), status=status)
    response.keep_seconds = min(keep_seconds, response.keep_seconds, AWAITING_SECONDS if awaited else math.inf)
    response.settled = status == 200 and all(map(_fresh, context.values()))
    patch_vary_headers(response, FRAGMENT_HEADERS)
    if theme(request) != DEFAULT_THEME or zone(request) != MOSCOW:
        patch_cache_control(response, private=True, max_age=0)
    elif response.settled:
        # The reader's browser asks again, since a cookie may have changed the page; a shared cache need not.
        patch_cache_control(response, public=True, max_age=0, s_maxage=int(response.keep_seconds))
    else:
        patch_cache_control(response, no_cache=True)
    return response


def _fresh(value: object) -> bool:
    """Whether a part of the context is whatever it can be: neither missing nor a saved copy past its lifetime."""
    return not (isinstance(value, Answer | Block) and value.stale) and not (isinstance(value, Block) and not value.ok)


def failure(error: UpstreamError) -> tuple[int, int | None]:
    """404 where the source knows no such thing or refuses to show it; 503, and in how many seconds to ask again."""
    if isinstance(error, UpstreamNotFound) or (isinstance(error, UpstreamRejected) and error.code != NOT_OURS):
        return 404, None
    wanted = error.retry_after if isinstance(error, UpstreamUnavailable) else None
    return 503, max(RETRY_SECONDS, math.ceil(wanted or 0))


def is_swap(request: HttpRequest) -> bool:
    """Whether htmx will put the answer into a page, rather than make it the page."""
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def private(view: View) -> View:
    """What ``view`` answers is one person's: no cache keeps it, no robot lists it, no other site hears its address."""

    @wraps(view)
    def shielded(*args: Any, **kwargs: Any) -> HttpResponse:
        response = view(*args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return cast(View, shielded)


def redirected(request: HttpRequest, url: str) -> HttpResponse:
    """To another page, also out of a swap."""
    response = HttpResponseClientRedirect(url) if is_swap(request) else HttpResponseRedirect(url)
    patch_vary_headers(response, FRAGMENT_HEADERS)
    return response


def returned(request: HttpRequest, otherwise: str) -> HttpResponse:
    """Back to where a form was sent from."""
    response = HttpResponseRedirect(back(request, otherwise))
    response.status_code = HTTPStatus.SEE_OTHER
    return response


def back(request: HttpRequest, otherwise: str) -> str:
    """The page that the form names as ``next``; ``otherwise`` where that is none of this site."""
    named = request.POST.get("next", request.GET.get("next", ""))
    here = url_has_allowed_host_and_scheme(named, {request.get_host()}, require_https=request.is_secure())
    return named if here else otherwise


def theme(request: HttpRequest) -> str:
    """The theme the reader chose; an unknown word in the cookie is no choice."""
    chosen = request.COOKIES.get("theme")
    return chosen if chosen in THEMES else DEFAULT_THEME


def site(request: HttpRequest) -> dict[str, str]:
    """Context processor: what the base template says about the site."""
    return {"site_name": settings.SITE_NAME, "theme": theme(request)}

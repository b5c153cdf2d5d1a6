"""What happens to every request: its language from the path, its zone, and an upstream's failure as a page."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import get_language_from_path, override

from catalog import pulse
from catalog.services import metrics, visits
from catalog.services.errors import UpstreamError
from catalog.views import errors
from catalog.zones import zone

GetResponse = Callable[[HttpRequest], HttpResponseBase]


OUTSIDE = {"static": settings.STATIC_URL, "media": settings.MEDIA_URL, "live": pulse.PATH}  # answered without a view
PACKED = ("image/jpeg", "image/gif", "video/")


class GZip(GZipMiddleware):
    """Leave alone what is packed already: it would not get smaller, and a part of a file must stay that part."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.headers.get("Content-Type", "").startswith(PACKED):
            return response
        return super().process_response(request, response)


def count_visits(get_response: GetResponse) -> GetResponse:
    """Count which pages are read, so that those can be kept fresh; who reads them is not noted."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.method == "GET" and response.status_code in {200, 304}:
            visits.count(request.path_info)
        return response

    return middleware


def count_pages(get_response: GetResponse) -> GetResponse:
    """Count answers by route and status for Prometheus, those of the page cache too; not there unless METRICS asks."""
    if not settings.METRICS:
        raise MiddlewareNotUsed("nothing is counted")

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        metrics.page(_route(request), response.status_code)
        return response

    return middleware


def _route(request: HttpRequest) -> str:
    """The name of the view; never the path, of which there may be any number."""
    for name, prefix in OUTSIDE.items():
        if request.path_info.startswith(prefix):
            return name
    match = request.resolver_match
    if match is None:  # answered before it was looked for
        with override(get_language_from_path(request.path_info) or settings.LANGUAGE_CODE), suppress(Resolver404):
            match = resolve(request.path_info)
    return (match.view_name or "other") if match else "none"


def language_of_path(get_response: GetResponse) -> GetResponse:
    """Let the path alone name the language, so that one address is one page for every reader and every cache.

    Django's own LocaleMiddleware does the same for our addresses, yet declares ``Vary: Accept-Language``.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        language = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with override(language):
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def zone_of_reader(get_response: GetResponse) -> GetResponse:
    """Let every moment on a page be shown by the clock that the reader chose."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        with timezone.override(zone(request)):
            return get_response(request)

    return middleware


class UpstreamErrors:
    """Turn what a view could not do without into a designed 404 or 503."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        return errors.upstream_failed(request, exception) if isinstance(exception, UpstreamError) else None

"""What every view shares: the htmx-aware request and the one page-or-fragment rule."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails

FRAGMENT_HEADERS = ("HX-Request", "HX-Boosted", "HX-History-Restore-Request")


class HtmxHttpRequest(HttpRequest):
    htmx: HtmxDetails


def render_page(
    request: HtmxHttpRequest, page: str, fragment: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render ``fragment`` for an htmx swap, ``page`` for everything else."""
    htmx = request.htmx
    swap = bool(htmx) and not htmx.boosted and not htmx.history_restore_request
    response = render(request, fragment if swap else page, context, status=status)
    patch_vary_headers(response, FRAGMENT_HEADERS)
    return response


def site(request: HttpRequest) -> dict[str, str]:
    """Context processor: what the base template says about the site."""
    return {"site_name": settings.SITE_NAME}

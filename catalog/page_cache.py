"""Whole pages kept for a moment: what every reader sees alike is rendered, and compressed, once."""

from __future__ import annotations

import time
from collections.abc import Callable
from hashlib import blake2b

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response

from catalog.http import Page, is_swap, theme
from catalog.services import transport
from catalog.zones import zone

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class PageCache:
    """Keep a settled page by its address, the kind of swap, the theme, the zone and whether the reader takes gzip.

    A page is dropped once something changed that an upstream was asked about for it, whichever process heard of it.
    Cookies count for nothing else, so a page that shows anything of a person must not be settled.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.pages = caches["pages"]

    def __call__(self, request: HttpRequest) -> HttpResponseBase | None:
        if request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        key = _key(request)
        changes, kept = transport.changes(), self.pages.get(key)
        if kept is not None and transport.newest(changes, kept[3]) <= kept[2]:
            content, headers, _, _ = kept
            body = b"" if request.method == "HEAD" else content
            return get_conditional_response(request, headers.get("ETag"), response=HttpResponse(body, headers=headers))
        began = time.time()
        request.changes_before = changes  # type: ignore[attr-defined]
        with transport.noting_subjects() as subjects:
            response = self.get_response(request)
        if request.method == "HEAD" and isinstance(response, HttpResponse):
            response.content = b""  # gunicorn would send it
        if request.method == "GET" and isinstance(response, Page) and response.settled and not response.cookies:
            kept = response.content, dict(response.items()), began, frozenset(subjects)
            self.pages.set(key, kept, response.keep_seconds)
        return response


def _key(request: HttpRequest) -> str:
    address = (request.scheme, request.get_host(), request.get_full_path())
    gzip = "gzip" in request.headers.get("Accept-Encoding", "")
    kind = (settings.VERSION, address, is_swap(request), theme(request), zone(request).key, gzip)
    return blake2b(repr(kind).encode(), digest_size=16).hexdigest()

"""What a reader sees instead of a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language, get_language_from_path, override
from django.views.csrf import csrf_failure

from catalog.http import back, failure, render_page
from catalog.services.errors import UpstreamError, UpstreamNotFound

SOURCES = {"anilibria": "AniLibria", "animeloop": "Animeloop", "loops": "Loops"}


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _bare(request, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _bare(request, 403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """In the language of the page that the form is of: where forms are sent to need not have one."""
    with override(get_language_from_path(back(request, "")) or get_language()):
        return csrf_failure(request, reason)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return _bare(request, 500)


def upstream_failed(
    request: HttpRequest, error: UpstreamError, words: str = "", *, private: bool = False
) -> HttpResponse:
    """``words``: a sentence of the page's own about what happened; ``private``: it is there, but not for everybody."""
    source = SOURCES.get(error.upstream, error.upstream)
    if private:
        return _page(request, 403, "catalog/private.html", source=source, words=words)
    status, seconds = failure(error)
    if seconds is None:
        return _page(request, status, source=source, refused=not isinstance(error, UpstreamNotFound), words=words)
    response = _page(request, status, source=source, upstream=error.upstream, retry=seconds, words=words)
    response.headers["Retry-After"] = str(seconds)
    return response


def _page(request: HttpRequest, status: int, template: str = "", **context: object) -> HttpResponse:
    response = render_page(
        request, template or f"{status}.html", "catalog/_failed.html", context | {"status": status}, status=status
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _bare(request: HttpRequest, status: int) -> HttpResponse:
    """Rendered without the request: a middleware or a context processor may be what broke."""
    swap = "HX-Request" in request.headers and "HX-Boosted" not in request.headers
    content = render_to_string("catalog/_failed.html" if swap else f"{status}.html", {"status": status})
    return HttpResponse(content, status=status, headers={"Cache-Control": "no-store"})

"""Files of loops at addresses of our own, for ``<img>`` and ``<video>`` on anybody's page."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from catalog.art.stills import still_picture
from catalog.forms.files import LoopFileForm
from catalog.http import failure
from catalog.ranges import file_answer, has_part_of
from catalog.services import animeloop, loop_files
from catalog.services.errors import UpstreamError
from catalog.services.loop_files import CONTENT_TYPES, Kept

DAY_SECONDS = 86400
SIZES = {"360p": (640, 360), "720p": (1280, 720), "1080p": (1920, 1080)}
EVERYWHERE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Length, Content-Range, ETag, Link",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Timing-Allow-Origin": "*",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Range, If-Range, If-Match, If-None-Match",
    "Access-Control-Max-Age": str(DAY_SECONDS),
}

View = Callable[..., HttpResponseBase]


def _for_every_origin(view: View) -> View:
    """Whatever is answered, pages of any origin may show and read it; nothing here depends on who asks."""

    @require_http_methods(["GET", "HEAD", "OPTIONS"])
    @wraps(view)
    def wrapped(request: HttpRequest, **where: str) -> HttpResponseBase:
        response = (
            HttpResponse(status=204, headers=PREFLIGHT) if request.method == "OPTIONS" else view(request, **where)
        )
        for name, value in EVERYWHERE.items():
            response.headers[name] = value
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return wrapped


@_for_every_origin
def random_file(request: HttpRequest, size: str, type: str) -> HttpResponseBase:
    """Another loop each time, or with ``?seed=`` always the same one.

    The bytes come from here and not by a redirect: a page that embeds the address keeps working when the upstream is
    down, proxies of pictures that follow no redirects show it, and its readers are not made known to a third party.
    """
    key = loop_files.key_of(size, type)
    if key is None:
        return _words(404, f"Loops have no file {size}.{type}. They have: {_forms()}.")
    form = LoopFileForm(request.GET)
    if form.refused:
        return _words(400, "\n".join(f"{wrong.name}={wrong.value}: {wrong.reason}" for wrong in form.refused))
    seed = form.values["seed"] or None
    try:
        # A player that fetches the rest of its file must not be given the middle of another.
        began = has_part_of(request) if seed is None else None
        kept = (loop_files.by_etag(began, key) if began else None) or loop_files.draw(form.where, key, seed)
    except UpstreamError as error:
        return _without(error, size, type, "No loop matches.")
    if seed is None:
        return _sent(request, kept, 0)
    # curators change what is in a collection
    return _sent(request, kept, settings.PAGE_TTL_SECONDS if form.where.favourites else _scaled(1))


@_for_every_origin
def loop_file(request: HttpRequest, id: str, size: str, type: str) -> HttpResponseBase:
    """One of the seven files of a loop."""
    key = loop_files.key_of(size, type)
    if key is None:
        return _words(404, f"Loops have no file {size}.{type}. They have: {_forms()}.")
    try:
        kept = loop_files.known(id, key) or loop_files.of(animeloop.loop(id).value, key)
    except UpstreamError as error:
        return _without(error, size, type, "There is no such loop.")
    return _sent(request, kept, _scaled(7))


def _scaled(days: int) -> float:
    return days * DAY_SECONDS * settings.UPSTREAM_TTL_SCALE


def _sent(request: HttpRequest, kept: Kept, seconds: float) -> HttpResponseBase:
    """``seconds``: how long whoever asked may keep it, 0 where another comes next time."""
    type = CONTENT_TYPES[kept.key.partition("_")[0]]
    response = file_answer(request, kept.path, size=kept.size, etag=kept.etag, content_type=type)
    page = request.build_absolute_uri(reverse("catalog:loop", args=[kept.loop_id]))
    response.headers["Link"] = f'<{page}>; rel="describedby"'
    if seconds:
        response.headers["Cache-Control"] = f"public, max-age={int(seconds)}"
    return response


def _without(error: UpstreamError, size: str, type: str, nothing: str) -> HttpResponseBase:
    """A sentence where there is no such file; else a still, since what a page shows of a failed picture is a crack."""
    status, seconds = failure(error)
    if seconds is None:
        return _words(status, nothing)
    if type == "mp4":
        response = _words(status, "The source of the loops is not answering.")
    else:
        response = HttpResponse(_still(size, type), status=status, content_type=CONTENT_TYPES[type])
    response.headers["Retry-After"] = str(seconds)
    return response


@cache
def _still(size: str, type: str) -> bytes:
    return still_picture(*SIZES[size], {"jpg": "JPEG", "gif": "GIF"}[type])


def _forms() -> str:
    keys = (key.split("_") for key in loop_files.LOOP_FILE_KEYS)
    return ", ".join(f"{size}.{type}" for type, size in keys)


def _words(status: int, words: str) -> HttpResponse:
    return HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8")

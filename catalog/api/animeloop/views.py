"""The routes of the document. Every view is given the source that it asks."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse

from catalog.api.animeloop.documents import (
    collection_document,
    episode_document,
    loop_document,
    series_document,
    tag_document,
)
from catalog.api.animeloop.envelope import Crash, success
from catalog.api.animeloop.parameters import (
    collection_query,
    episode_query,
    flag,
    limit_of,
    loop_query,
    page_of,
    search_words,
    series_query,
    sole_id,
    tag_query,
)
from catalog.api.animeloop.source import LoopSource, SeriesQuery
from catalog.domain.loops import LOOP_FILE_KEYS

FILE_TYPES = {"mp4": "video/mp4", "gif": "image/gif", "jpg": "image/jpeg"}


def loops(request: HttpRequest, source: LoopSource) -> HttpResponse:
    """``/loop``: one full loop, or a page of those that match."""
    given = request.GET.dict()
    if loop_id := sole_id(given):
        loop = source.loop(loop_id)
        return success(loop_document(loop, full=True) if loop else {})
    found = page_of(given, source.loops(loop_query(given)))
    return success([loop_document(loop, **_form(request, given)) for loop in found])


def loop_count(request: HttpRequest, source: LoopSource) -> HttpResponse:
    return success({"count": len(source.loops(loop_query(request.GET.dict())))})


def random_loops(request: HttpRequest, source: LoopSource) -> HttpResponse:
    """``/rand/loop``: always an array, no loop twice."""
    given = request.GET.dict()
    found = source.loops(loop_query(given))
    picked = random.sample(range(len(found)), min(limit_of(given), len(found)))
    return success([loop_document(found[index], **_form(request, given)) for index in picked])


def random_file(request: HttpRequest, source: LoopSource, *, size: str, type: str) -> HttpResponse:
    """``/rand/loop-{size}.{type}``: the file itself, which the server in front of Django sends."""
    found = source.loops(loop_query(request.GET.dict()))
    key = f"{type}_{size}"
    if key not in LOOP_FILE_KEYS:
        raise Crash
    if not found:
        return HttpResponse("Not Found", status=404, content_type="text/plain; charset=utf-8")
    url = random.choice(found).url(key)
    if url is None:
        raise Crash
    headers = {"X-Sendfile": urlsplit(url).path, "Cache-Control": "public, max-age=0"}
    return HttpResponse(content_type=FILE_TYPES[type], headers=headers)


def episodes(request: HttpRequest, source: LoopSource) -> HttpResponse:
    """``/episode``: one full episode, or a page of those that match."""
    given = request.GET.dict()
    if episode_id := sole_id(given):
        episode = source.episode(episode_id)
        return success(episode_document(episode, full=True) if episode else {})
    found = page_of(given, source.episodes(episode_query(given)))
    return success([episode_document(episode, full=flag(given, "full")) for episode in found])


def episode_count(request: HttpRequest, source: LoopSource) -> HttpResponse:
    return success({"count": len(source.episodes(episode_query(request.GET.dict())))})


def serieses(request: HttpRequest, source: LoopSource) -> HttpResponse:
    """``/series``: one series, or a page of those that match."""
    given = request.GET.dict()
    if series_id := sole_id(given):
        series = source.series(series_id)
        return success(series_document(series) if series else {})
    return _series_page(given, source, series_query(given))


def series_count(request: HttpRequest, source: LoopSource) -> HttpResponse:
    return success({"count": len(source.serieses(series_query(request.GET.dict())))})


def seasons(request: HttpRequest, source: LoopSource) -> HttpResponse:
    return success(list(source.seasons()))


def search_series(request: HttpRequest, source: LoopSource) -> HttpResponse:
    given = request.GET.dict()
    return _series_page(given, source, series_query(given, search_words(given)))


def tags(request: HttpRequest, source: LoopSource) -> HttpResponse:
    given = request.GET.dict()
    return success([tag_document(tag) for tag in page_of(given, source.tags(tag_query(given)))])


def collections(request: HttpRequest, source: LoopSource) -> HttpResponse:
    found = source.collections(collection_query(request.GET.dict()))
    return success([collection_document(collection) for collection in found])


def _series_page(given: Mapping[str, str], source: LoopSource, query: SeriesQuery) -> HttpResponse:
    return success([series_document(series) for series in page_of(given, source.serieses(query))])


def _form(request: HttpRequest, given: Mapping[str, str]) -> dict[str, Any]:
    """``cdn=false`` asks for the files of this server; covers stay where they are."""
    cdn = flag(given, "cdn", default=True)
    origin = None if cdn else f"{request.scheme}://{request.get_host()}"
    return {"full": flag(given, "full"), "origin": origin}

"""One route, to be included below the API's base path: the version, any number of slashes, the method."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, re_path

from catalog.api.anilibria.envelope import ApiError, answer, error
from catalog.api.anilibria.methods import METHODS
from catalog.api.anilibria.parameters import Query
from catalog.api.anilibria.source import TitleSource

logger = logging.getLogger(__name__)

_READS = ("GET", "HEAD")


def urls(source: TitleSource) -> list[URLPattern]:
    """The whole API over ``source``, below ``v2/``, ``v2.8/`` and ``v2.8.3/``."""
    given = {"source": source}
    return [
        re_path(r"^v2(?:\.8(?:\.3)?)?/+(?P<method>[^/]*)/?$", call, given),
        re_path(r"^(?P<method>.*)$", call, given),
    ]


def call(request: HttpRequest, source: TitleSource, method: str) -> HttpResponse:
    try:
        return answer(_result(request, source, method))
    except ApiError as refusal:
        return error(refusal.code, refusal.message)
    except Exception:
        logger.exception("%s failed", method)
        return error(500, "Internal Server Error!")


def _result(request: HttpRequest, source: TitleSource, method: str) -> object:
    known = METHODS.get(method)
    if known is None:
        raise ApiError(404, f'Method "{method}" not found!')
    if request.method not in _READS:
        raise ApiError(405, f"Method {method} is only for {' and '.join(_READS)}!")
    return known.answer(source, Query(request.GET, known.parameters))

"""Answers for everyone and no cache: JSON, or an HTML page where an error meets a client that asks for no JSON."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.html import format_html

from catalog.api.loopsvideo.refusals import Refusal, WrongMethod

Json = dict[str, Any]
View = Callable[..., Json]

_HEADERS = {"Cache-Control": "no-cache, private", "Access-Control-Allow-Origin": "*"}


def endpoint(view: View) -> Callable[..., HttpResponse]:
    @wraps(view)
    def serve(request: HttpRequest, **arguments: Any) -> HttpResponse:
        try:
            if request.method not in ("GET", "HEAD"):
                raise WrongMethod(str(request.method), request.path)
            return _json(view(request, **arguments))
        except Refusal as refusal:
            return _refused(request, refusal)

    return serve


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    body = refusal.body()
    if body is not None and _wants_json(request):
        return _json(body, status=refusal.status, headers=refusal.headers())
    page = format_html(
        '<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{}</title></head>\n'
        "<body><h1>{}</h1></body>\n</html>\n",
        refusal.reason,
        f"{refusal.status} {refusal.reason}" if refusal.status >= 400 else refusal.reason,
    )
    return HttpResponse(page, status=refusal.status, headers=_HEADERS | refusal.headers())


def _json(body: Any, *, status: int = 200, headers: dict[str, str] | None = None) -> HttpResponse:
    return JsonResponse(
        body, status=status, headers=_HEADERS | (headers or {}), json_dumps_params={"separators": (",", ":")}
    )


def _wants_json(request: HttpRequest) -> bool:
    """Laravel's test: the type that the client likes best is JSON of some kind."""
    accepted = request.accepted_types_by_precedence
    return bool(accepted) and any(mark in str(accepted[0]) for mark in ("/json", "+json"))

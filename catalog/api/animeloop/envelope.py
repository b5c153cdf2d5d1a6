"""How every answer is wrapped: errors too come with HTTP 200."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_vary_headers

View = Callable[..., HttpResponse]

_READS = "GET,HEAD"


class Refusal(Exception):
    """A parameter that the server does not accept; its text becomes the answer's message."""


class Crash(Exception):
    """A question that the server itself dies of: HTTP 500, and no JSON."""


def success(data: Any) -> HttpResponse:
    return _json({"status": "success", "code": 200, "message": "success", "data": data})


def error(code: int, message: str, *, status: int = 200) -> HttpResponse:
    return _json({"status": "error", "code": code, "message": message}, status=status)


def bad_request(request: HttpRequest) -> HttpResponse:
    """The answer to a route that does not exist, and to writing where only reading is possible."""
    return error(400, "Bad request", status=400)


def endpoint(view: View) -> View:
    """Serve ``view`` to pages of every origin, its refusals in the envelope."""

    @wraps(view)
    def serve(request: HttpRequest, **arguments: Any) -> HttpResponse:
        return _shared(request, _answer(view, request, arguments))

    return serve


def _answer(view: View, request: HttpRequest, arguments: dict[str, Any]) -> HttpResponse:
    if request.method == "OPTIONS":
        return HttpResponse(_READS, content_type="text/html; charset=utf-8", headers={"Allow": _READS})
    if request.method not in _READS.split(","):
        return bad_request(request)
    try:
        return view(request, **arguments)
    except Refusal as refusal:
        return error(400, str(refusal))
    except Crash:
        return HttpResponse("<pre>Internal Server Error</pre>", status=500, content_type="text/html; charset=utf-8")


def _json(body: dict[str, Any], *, status: int = 200) -> HttpResponse:
    return JsonResponse(
        body,
        status=status,
        content_type="application/json; charset=utf-8",
        json_dumps_params={"ensure_ascii": False, "separators": (",", ":")},
    )


def _shared(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let any page read the answer: the asking origin is named, cookies are welcome."""
    if origin := request.headers.get("Origin"):
        response["Access-Control-Allow-Origin"] = origin
        response["Access-Control-Allow-Credentials"] = "true"
        response["Access-Control-Allow-Methods"] = "GET"
        response["Access-Control-Allow-Headers"] = "Content-Type,Content-Length,Authorization,Accept,X-Requested-With"
    patch_vary_headers(response, ["Origin"])
    return response

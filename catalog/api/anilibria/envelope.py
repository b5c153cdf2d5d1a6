"""How every answer leaves: compact UTF-8 JSON, the version in a header, errors in the document's words."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse

API_VERSION = "2.8.3"


class ApiError(Exception):
    """Ends a request with ``code`` in the body; the HTTP status repeats it, but for 5xx, which all come as 500."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message


def rejected(message: str) -> ApiError:
    return ApiError(412, message)


def answer(payload: Any, *, status: int = 200) -> HttpResponse:
    return JsonResponse(
        payload,
        safe=False,
        status=status,
        content_type="application/json; charset=utf-8",
        json_dumps_params={"ensure_ascii": False, "separators": (",", ":")},
        headers={"API-Version": API_VERSION},
    )


def error(code: int, message: str) -> HttpResponse:
    return answer({"error": {"code": code, "message": message}}, status=500 if code >= 500 else code)

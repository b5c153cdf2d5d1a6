"""The upstream of these tests: ``{"number": 1}`` at /thing."""

from __future__ import annotations

from typing import Any

from catalog.services.answer import Answer
from catalog.services.transport import Upstream, get

BASE = "http://upstream.test/api"
URL = f"{BASE}/thing"
REDIS_URL = "redis://127.0.0.1:6379/13"


def error_of(payload: Any) -> tuple[int | None, str]:
    return payload["error"]["code"], payload["error"]["message"]


SOURCE = Upstream("anilibria", "ANILIBRIA_URL", error_of)


def number(payload: Any) -> int:
    return int(payload["number"])


def ask(path: str = "/thing", endpoint: str = "thing", **params: Any) -> Answer[int]:
    return get(SOURCE, path, params, endpoint=endpoint, parse=number)

"""The upstream of these tests: ``{"number": 1}`` at /thing."""

from __future__ import annotations

import os
from typing import Any

from catalog.services.answer import Answer
from catalog.services.transport import Upstream, get
from catalog.tests import external

BASE = "http://upstream.test/api"
URL = f"{BASE}/thing"
WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
REDIS_URL = f"{external.REDIS_URL}/{15 - WORKER % 8}"  # a database of its own for each of pytest's workers


def error_of(payload: Any) -> tuple[int | None, str]:
    return payload["error"]["code"], payload["error"]["message"]


SOURCE = Upstream("anilibria", "ANILIBRIA_URL", error_of)


def number(payload: Any) -> int:
    return int(payload["number"])


def ask(path: str = "/thing", endpoint: str = "thing", **params: Any) -> Answer[int]:
    return get(SOURCE, path, params, endpoint=endpoint, parse=number)

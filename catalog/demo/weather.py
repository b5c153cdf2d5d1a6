"""Makes the demo slow or flaky on purpose, so that anyone can watch the site cope."""

from __future__ import annotations

import asyncio
import random

from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send


class Weather:
    """Delay every HTTP answer by ``latency`` seconds and spoil the share ``fail`` of them with a gateway's 502."""

    def __init__(self, app: ASGIApp, *, latency: float, fail: float) -> None:
        self.app = app
        self.latency = latency
        self.fail = fail

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await asyncio.sleep(self.latency)
            if random.random() < self.fail:
                await HTMLResponse("<h1>502 Bad Gateway</h1>", status_code=502)(scope, receive, send)
                return
        await self.app(scope, receive, send)

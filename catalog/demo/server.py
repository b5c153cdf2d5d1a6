"""The demo as one ASGI application: media with Range requests, live notices, and Django for the served APIs."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import Any

from django.core.asgi import get_asgi_application
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from catalog.demo import site
from catalog.demo.live import Notices
from catalog.demo.socket import Broadcast
from catalog.demo.weather import Weather

MEDIA_PREFIXES = ("/upload", "/videos", "/get", "/files", "/vi", "/loops/media")
BUILDER = (sys.executable, "-m", "catalog.demo.builder")
OPEN_TO_ALL = {"Access-Control-Allow-Origin": "*"}  # players on other origins read playlists and segments


def application(*, latency: float = 0.0, fail: float = 0.0, lazy: bool = False) -> ASGIApp:
    """The demo, delaying every answer by ``latency`` seconds and spoiling the share ``fail`` of them.

    ``lazy``: no file is built before it is asked for.
    """
    apis: Any = get_asgi_application()  # Django and Starlette write ASGI's types differently
    broadcast = Broadcast(Notices(site.titles()))
    routes = [
        Route("/upload/torrents/{id:int}.torrent", torrent),
        *[Route(f"{prefix}/{{rest:path}}", media, methods=["GET", "HEAD"]) for prefix in MEDIA_PREFIXES],
        WebSocketRoute("/anilibria/{version}/ws/", broadcast.serve),
        Mount("/", FilesInside(apis)),
    ]
    return Weather(Starlette(routes=routes, lifespan=_lifespan(broadcast, lazy)), latency=latency, fail=fail)


async def media(request: Request) -> Response:
    """A file of the demo, built now if it is not there yet; ``?download=name`` makes it an attachment."""
    path = await run_in_threadpool(site.media().get, request.url.path)
    if path is None:
        return PlainTextResponse("Not Found", status_code=404)
    return FileResponse(path, headers=OPEN_TO_ALL, filename=request.query_params.get("download"))


async def torrent(request: Request) -> Response:
    file = await run_in_threadpool(site.titles().torrent_file, request.path_params["id"])
    if file is None:
        return PlainTextResponse("Not Found", status_code=404)
    return Response(file, media_type="application/x-bittorrent")


class FilesInside:
    """Replaces an answer that carries ``X-Sendfile``, a media address, by that file with Range support."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        replaced: dict[str, str] = {}

        async def catch(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = {
                    name.decode("latin-1").lower(): value.decode("latin-1") for name, value in message["headers"]
                }
                if "x-sendfile" in headers:
                    replaced.update(headers)
            if not replaced:
                await send(message)

        await self.app(scope, receive, catch)
        if not replaced:
            return
        path = await run_in_threadpool(site.media().get, replaced.pop("x-sendfile"))
        replaced.pop("content-length", None)
        answer = PlainTextResponse("Not Found", 404) if path is None else FileResponse(path, headers=replaced)
        await answer(scope, receive, send)


def _lifespan(broadcast: Broadcast, lazy: bool) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        builder = None if lazy else subprocess.Popen(BUILDER, stdin=subprocess.PIPE)  # noqa: S603  our own program
        warming = None if lazy else asyncio.create_task(run_in_threadpool(site.media().warm_up))
        notices = asyncio.create_task(broadcast.run())
        yield
        if warming is not None:
            await warming
        notices.cancel()
        with suppress(asyncio.CancelledError):
            await notices
        if builder is not None:
            builder.terminate()
            await asyncio.to_thread(builder.wait, 5)

    return lifespan

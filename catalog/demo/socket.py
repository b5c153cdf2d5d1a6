"""AniLibria's WebSocket: every notice to every client whose subscription it fits."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress

from starlette.websockets import WebSocket, WebSocketDisconnect

from catalog.api.anilibria.live import Subscriber
from catalog.demo.live import Notices


class Broadcast:
    def __init__(self, notices: Notices) -> None:
        self.notices = notices
        self._clients: dict[WebSocket, Subscriber] = {}

    async def serve(self, websocket: WebSocket) -> None:
        """One client, until it leaves. uvicorn pings it every 30 seconds."""
        await websocket.accept()
        self._clients[websocket] = subscriber = Subscriber()
        try:
            while True:
                subscriber.command(await websocket.receive_text())
        except (WebSocketDisconnect, KeyError):  # gone, or it sent bytes
            pass
        finally:
            del self._clients[websocket]

    async def run(self) -> None:
        """Send each notice when its time comes, for ever."""
        while True:
            seconds, notice = await asyncio.to_thread(self.notices.next)
            await asyncio.sleep(seconds)
            said = json.dumps(notice, ensure_ascii=False)
            for websocket, subscriber in list(self._clients.items()):
                if subscriber.wants(notice):
                    with suppress(WebSocketDisconnect, RuntimeError):
                        await websocket.send_text(said)

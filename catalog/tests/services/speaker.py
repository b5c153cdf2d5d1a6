"""A real WebSocket on loopback that says what a test wants said."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve

from catalog.tests.services.listener import eventually


class Speaker:
    """``heard``: what clients sent; ``connections``: those that are open; ``paths``: of all there were."""

    def __init__(self, port: int = 0) -> None:
        self.heard: list[str] = []
        self.paths: list[str] = []
        self.connections: list[ServerConnection] = []
        self._server: Server = serve(self._serve, "127.0.0.1", port)
        self.port: int = self._server.socket.getsockname()[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def _serve(self, connection: ServerConnection) -> None:
        self.paths.append(connection.request.path)
        self.connections.append(connection)
        with suppress(ConnectionClosed):
            for message in connection:
                self.heard.append(str(message))
        self.connections.remove(connection)

    def say(self, *notices: Any) -> None:
        """Text and bytes as they are, anything else as JSON, to everybody."""
        assert eventually(lambda: bool(self.connections), 5)
        for connection in list(self.connections):
            for notice in notices:
                connection.send(notice if isinstance(notice, str | bytes) else json.dumps(notice))

    def hang_up(self) -> None:
        for connection in list(self.connections):
            connection.close()

    def close(self) -> None:
        self.hang_up()
        self._server.shutdown()


def listening(listen: Callable[[threading.Event], None]) -> Callable[[], None]:
    """Run it on a thread; the returned function stops it."""
    stop = threading.Event()
    threading.Thread(target=listen, args=[stop], daemon=True).start()
    return stop.set

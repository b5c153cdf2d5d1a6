"""A real upstream on loopback, for what a faked wire cannot show: slowness, sockets, other processes."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

Behave = Callable[[socket.socket, bytes], None]
Wrap = Callable[[socket.socket], socket.socket]


def eventually(condition: Callable[[], bool], seconds: float = 3) -> bool:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.01)
    return condition()


def answer(body: bytes = b'{"number": 1}', *headers: str, status: str = "200 OK") -> bytes:
    head = [f"HTTP/1.1 {status}", "Content-Type: application/json", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


@dataclass
class Listener:
    """``behave`` answers a request on its connection; ``requests``: the heads that came; ``open``: connections."""

    behave: Behave
    wrap: Wrap = lambda plain: plain
    requests: list[bytes] = field(default_factory=list)
    open: int = 0

    def __post_init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0), backlog=128)
        self._sockets = [self._server]
        self.address = f"http://127.0.0.1:{self._server.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        for each in self._sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._server.accept()
                self._sockets.append(connection)
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, plain: socket.socket) -> None:
        self.open += 1
        with suppress(OSError), self.wrap(plain) as connection:
            while head := _head(connection):
                self.requests.append(head)
                self.behave(connection, head)
        plain.close()
        self.open -= 1


def _head(connection: socket.socket) -> bytes:
    head = b""
    while b"\r\n\r\n" not in head:
        received = connection.recv(4096)
        if not received:
            return b""
        head += received
    return head

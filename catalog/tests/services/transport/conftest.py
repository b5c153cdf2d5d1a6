from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import pytest

from catalog.tests.services.transport.source import BASE


@pytest.fixture(autouse=True)
def configured(settings, transport_folder):
    settings.ANILIBRIA_URL = BASE
    settings.LOOPS_TOKEN = "secret"
    settings.MEDIA_ORIGINS = ["http://upstream.test", "https://upstream.test"]
    settings.UPSTREAM_TTLS = {"thing": 60.0}


def eventually(condition: Callable[[], bool], seconds: float = 3) -> bool:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.01)
    return condition()


@dataclass
class Listener:
    """A real server on loopback; ``requests`` are the heads it was sent, ``open`` the connections it has."""

    address: str
    requests: list[bytes] = field(default_factory=list)
    open: int = 0


def answer(body: bytes = b'{"number": 1}', *headers: str, status: str = "200 OK") -> bytes:
    head = [f"HTTP/1.1 {status}", "Content-Type: application/json", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


@pytest.fixture
def listen(settings) -> Iterator[Callable[..., Listener]]:
    """``listen(behave)`` makes the upstream one that calls ``behave(connection, head)`` for each request it gets."""
    stop = threading.Event()
    sockets: list[socket.socket] = []

    def start(
        behave: Callable[[socket.socket, bytes], None],
        wrap: Callable[[socket.socket], socket.socket] = lambda plain: plain,
    ) -> Listener:
        server = socket.create_server(("127.0.0.1", 0), backlog=128)
        sockets.append(server)
        listener = Listener(f"http://127.0.0.1:{server.getsockname()[1]}")

        def serve(plain: socket.socket) -> None:
            listener.open += 1
            with suppress(OSError), wrap(plain) as connection:
                while not stop.is_set() and (head := _head(connection)):
                    listener.requests.append(head)
                    behave(connection, head)
            plain.close()
            listener.open -= 1

        def accept() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    sockets.append(connection)
                    threading.Thread(target=serve, args=(connection,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        settings.ANILIBRIA_URL = listener.address
        settings.MEDIA_ORIGINS = [listener.address]
        return listener

    yield start
    stop.set()
    for each in sockets:
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
        each.close()


def _head(connection: socket.socket) -> bytes:
    head = b""
    while b"\r\n\r\n" not in head:
        received = connection.recv(4096)
        if not received:
            return b""
        head += received
    return head

"""Holding an upstream's WebSocket open."""

from __future__ import annotations

import json
import logging
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from catalog.services.transport.upstream import Upstream, is_loopback

logger = logging.getLogger(__name__)

OPEN_SECONDS = 10.0
PING_SECONDS = 30.0  # a connection that does not answer one for as long is no connection
MAX_BYTES = 4 * 1024 * 1024  # of one notice; a title with its playlist is 100 KB
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1.0, 60.0
STEADY_SECONDS = 30.0  # a connection that held so long was a good one


def notices(
    upstream: Upstream,
    path: str,
    *,
    subscribe: Sequence[Any] = (),
    connected: Callable[[], None] = lambda: None,
    stop: threading.Event | None = None,
) -> Iterator[Any]:
    """What the upstream says on its WebSocket, decoded, until ``stop``: connecting anew whenever the connection ends.

    ``subscribe``: filters, each sent as a ``subscribe`` command. ``connected`` is called after each connection. What is
    no JSON is dropped. Pauses between attempts grow, and are never quite the same for two listeners.
    """
    stop, failures = stop or threading.Event(), 0
    while not stop.is_set():
        began = time.monotonic()
        try:
            with _opened(upstream, path) as connection:
                for wanted in subscribe:
                    connection.send(json.dumps({"subscribe": wanted}))
                logger.info("Listening to %s", upstream.name)
                connected()
                yield from _decoded(connection, upstream.name, stop)
        except (OSError, WebSocketException) as exc:
            log = logger.warning if failures == 0 else logger.info
            log("The live connection to %s ended: %s", upstream.name, str(exc)[:200] or type(exc).__name__)
        failures = 0 if time.monotonic() - began > STEADY_SECONDS else failures + 1
        stop.wait(pause(failures))


def pause(failures: int) -> float:
    longest: float = min(FIRST_PAUSE_SECONDS * 2 ** min(max(failures - 1, 0), 20), LONGEST_PAUSE_SECONDS)
    return random.uniform(0.5, 1.0) * longest


def _opened(upstream: Upstream, path: str) -> ClientConnection:
    address = upstream.base_url() + path
    host = urlsplit(address).hostname or ""
    return connect(
        address.replace("http", "ws", 1),
        open_timeout=OPEN_SECONDS,
        close_timeout=1,
        ping_interval=PING_SECONDS,
        ping_timeout=PING_SECONDS,
        max_size=MAX_BYTES,
        user_agent_header=settings.USER_AGENT.encode().decode("latin-1"),
        additional_headers={name: value for name, value in upstream.headers().items() if name == "Authorization"},
        proxy=None if is_loopback(host) else True,
    )


def _decoded(connection: ClientConnection, name: str, stop: threading.Event) -> Iterator[Any]:
    """Frames until the connection ends; ``stop`` is looked at between them and now and then."""
    while not stop.is_set():
        with suppress(TimeoutError):
            frame = connection.recv(timeout=PING_SECONDS)
            try:
                yield json.loads(frame)
            except (ValueError, RecursionError):
                logger.warning("%s said what is no JSON: %.80r", name, frame)

"""A deadline for a whole exchange.

Socket timeouts start again with every byte, so a server that sends one byte a second never hits them. Here a timer
shuts the sockets down instead, whatever the exchange is waiting for: a handshake, a header or the body.
"""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from contextvars import ContextVar, Token
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

_guard: ContextVar[Guard] = ContextVar("guard")


class Guard:
    """While entered, every connection this thread uses is cut at ``until`` (``time.monotonic``)."""

    def __init__(self, until: float) -> None:
        self.expired = False
        self._handles: list[socket.socket] = []
        self._lock = threading.Lock()
        self._timer = threading.Timer(max(0.0, until - time.monotonic()), self._expire)
        self._timer.daemon = True
        self._token: Token[Guard] | None = None

    def __enter__(self) -> Guard:
        self._token = _guard.set(self)
        self._timer.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._timer.cancel()
        if self._token is not None:
            _guard.reset(self._token)
        with self._lock:
            for handle in self._handles:
                handle.close()
            self._handles.clear()

    def watch(self, sock: socket.socket) -> None:
        """Through a duplicate, which stays good when TLS takes the descriptor over or urllib3 closes it."""
        with self._lock:
            if self.expired:
                raise TimeoutError("the deadline has passed")
            self._handles.append(socket.fromfd(sock.fileno(), sock.family, sock.type))

    def _expire(self) -> None:
        with self._lock:
            self.expired = True
            for handle in self._handles:
                with suppress(OSError):
                    handle.shutdown(socket.SHUT_RDWR)


class GuardedHTTPConnection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _watched(super()._new_conn())

    def request(self, *args: Any, **kwargs: Any) -> None:
        _watch_reused(self.sock)
        super().request(*args, **kwargs)


class GuardedHTTPSConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _watched(super()._new_conn())

    def request(self, *args: Any, **kwargs: Any) -> None:
        _watch_reused(self.sock)
        super().request(*args, **kwargs)


def _watched(sock: socket.socket) -> socket.socket:
    try:
        _guard.get().watch(sock)
    except BaseException:
        sock.close()
        raise
    return sock


def _watch_reused(sock: socket.socket | None) -> None:
    """A connection from the pool; a new one was watched before its handshake."""
    if sock is not None:
        _guard.get().watch(sock)


class GuardedHTTPConnectionPool(HTTPConnectionPool):
    ConnectionCls = GuardedHTTPConnection


class GuardedHTTPSConnectionPool(HTTPSConnectionPool):
    ConnectionCls = GuardedHTTPSConnection


POOLS = {"http": GuardedHTTPConnectionPool, "https": GuardedHTTPSConnectionPool}


class GuardedAdapter(HTTPAdapter):
    """requests' adapter with connections that tell the guard about their sockets, behind a proxy too."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = POOLS

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = POOLS
        return manager

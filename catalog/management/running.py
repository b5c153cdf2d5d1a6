"""Processes that a measurement starts, and what is answered there."""

from __future__ import annotations

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from catalog.management.processes import python

HOST = "127.0.0.1"
STOP_SECONDS = 15
KEPT = ("PATH", "HOME", "LANG")


@contextmanager
def running(*arguments: str, env: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A Python process of the project, asked to end when the measurement does."""
    process = subprocess.Popen(
        python(*arguments), cwd=settings.BASE_DIR, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(STOP_SECONDS)


def answer(url: str, *, patience: float = 0, headers: Mapping[str, str] | None = None) -> bytes:
    """The body as it is sent; for ``patience`` seconds asked for again where nobody listens yet."""
    request = urllib.request.Request(url, headers=dict(headers or {}))
    ends = time.monotonic() + patience
    while True:
        try:
            with urllib.request.urlopen(request, timeout=20) as found:
                return bytes(found.read())
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            if time.monotonic() > ends:
                raise
            time.sleep(0.1)


def bare_environment(folder: Path) -> dict[str, str]:
    """An empty environment but for what every process needs."""
    return {name: os.environ[name] for name in KEPT if name in os.environ} | {"DATA_DIR": str(folder)}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])

"""How soon a site that is started for the first time has read the whole catalogue, and what it shows meanwhile."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from catalog.management.processes import python

HOST = "127.0.0.1"
PATIENCE_SECONDS = 180
STOP_SECONDS = 15
LOOK_SECONDS = 0.2
KEPT = ("PATH", "HOME", "LANG")
PROGRESS = re.compile(r"indexed\D*([\d,.\s]+?) of ([\d,.\s]+)<")
COMPLETE = "The catalogue is complete"


class Measured(NamedTuple):
    """Seconds since ``manage.py up`` was called: until a page was answered, and until every title was in the index.

    ``seen``: what the notice said on the way, as (seconds, titles read, titles in all).
    """

    served: float
    complete: float
    titles: int
    seen: list[tuple[float, int, int]]


def measure(titles: int, catalogue: Path | None, latency: int) -> Measured:
    """``latency``: milliseconds that the upstream takes for each answer."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        upstream, web = _free_port(), _free_port()
        environment = {name: os.environ[name] for name in KEPT if name in os.environ} | {"DATA_DIR": str(folder)}
        arguments = ["--port", str(upstream), "--titles", str(titles), "--latency", str(latency)]
        arguments += ["--catalogue", str(catalogue)] if catalogue else []
        library = python("-m", "catalog.management.library", *arguments)
        stack.enter_context(_running(library, environment, folder / "library.log"))
        origin = f"http://{HOST}:{upstream}"
        _answer(f"{origin}/anilibria/v2/getYears", time.monotonic() + PATIENCE_SECONDS)
        environment |= {"ANILIBRIA_URL": f"{origin}/anilibria/v2", "ANIMELOOP_URL": origin, "LOOPS_URL": origin}
        environment |= {"ANILIBRIA_STATIC_URL": origin, "ANILIBRIA_SITE_URL": origin}

        started = time.monotonic()
        up = python("manage.py", "up", "--port", str(web))
        stack.enter_context(_running(up, environment, folder / "up.log"))
        return _watch(f"http://{HOST}:{web}", started)


def _watch(site: str, started: float) -> Measured:
    ends = started + PATIENCE_SECONDS
    notice = _answer(f"{site}/catalog/indexing/", ends)
    served, seen = time.monotonic() - started, []
    while COMPLETE not in notice:
        if found := PROGRESS.search(notice):
            done, total = (int(re.sub(r"\D", "", number)) for number in found.groups())
            seen.append((time.monotonic() - started, done, total))
        time.sleep(LOOK_SECONDS)
        notice = _answer(f"{site}/catalog/indexing/", ends)
    complete = time.monotonic() - started
    counted = re.search(r"<h1>([\d,.\s]+) titles</h1>", _answer(f"{site}/catalog/?sort=name", ends))
    return Measured(served, complete, int(re.sub(r"\D", "", counted[1])) if counted else 0, seen)


def _answer(url: str, ends: float) -> str:
    """The page; asked for again until ``ends`` where nobody listens yet."""
    while True:
        try:
            with urllib.request.urlopen(url, timeout=20) as answer:  # noqa: S310
                return str(answer.read().decode())
        except (urllib.error.URLError, ConnectionError):
            if time.monotonic() > ends:
                raise
            time.sleep(0.1)


@contextmanager
def _running(command: list[str], environment: dict[str, str], log: Path) -> Iterator[None]:
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603
            command, cwd=settings.BASE_DIR, env=environment, stdout=output, stderr=output, start_new_session=True
        )
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(STOP_SECONDS)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])

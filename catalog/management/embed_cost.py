"""What a widget costs the page that it is in: bytes, requests, and how soon its first frame is there."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import socket
import statistics
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from django.conf import settings
from django.core.management.base import CommandError

from catalog.management.commands.up import HOST, demo_addresses
from catalog.management.processes import python

if TYPE_CHECKING:
    from playwright.sync_api import Request

LOOP = "59adf78ac4c0bc657943222d"
FORMS = ("360p.mp4", "720p.mp4", "1080p.mp4", "360p.jpg")
MEDIA = {"image", "media"}
MOST_BYTES, MOST_REQUESTS = 14 * 1024, 3
PATIENCE_SECONDS = 60
FIRST_FRAME = "() => document.querySelector('video.clip')?.readyState >= 2 && performance.now()"
FRAME_SIZE = (640, 360)


class Cost(NamedTuple):
    """Bytes as sent, gzipped; ``requests`` of one view besides media; seconds to the first frame, of each view."""

    page: int
    script: int
    requests: int
    first_frame: list[float]


def measure(views: int) -> Cost:
    """Over a site and a demo that are started for it, whose film is made beforehand; each view is a new visitor's."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise CommandError("bench embed drives Chromium, and there is none here")
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        web, demo = _free_port(), _free_port()
        environment = os.environ | demo_addresses(f"http://{HOST}:{demo}")
        environment |= {"PORT": str(web), "SECRET_KEY": "x" * 50, "DATA_DIR": folder}
        site = f"http://{HOST}:{web}"
        stack.enter_context(_running("-m", "catalog.demo", "--lazy", "--port", str(demo), env=environment))
        stack.enter_context(_running("manage.py", "migrate", "--verbosity", "0", env=environment, wait=True))
        stack.enter_context(_running("-m", "gunicorn", "--config", "python:animesite.gunicorn_conf", env=environment))
        _answer(f"{site}/embed/still.svg")
        for form in FORMS:
            _answer(f"{site}/loops/{LOOP}/{form}")
        page, script = _sent(f"{site}/embed/loop/?loop={LOOP}")
        return Cost(page, script, *_views(chromium, f"{site}/embed/loop/?loop={LOOP}", views))


def _sent(url: str) -> tuple[int, int]:
    """Bytes of the page and of its script."""
    page = _answer(url)
    found = re.search(r'<script src="([^"]+)"', gzip.decompress(page).decode())
    if found is None:
        raise CommandError("the page of the widget names no script")
    return len(page), len(_answer(urljoin(url, found[1])))


def _views(chromium: str, url: str, views: int) -> tuple[int, list[float]]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as exc:
        raise CommandError("bench embed needs the development dependencies") from exc
    most, seconds = 0, []
    width, height = FRAME_SIZE
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for _ in range(views):
            context = browser.new_context(viewport={"width": width, "height": height})
            page = context.new_page()
            asked: list[Request] = []
            page.on("request", _noting(asked))
            page.goto(url, wait_until="commit")
            seconds.append(page.wait_for_function(FIRST_FRAME).json_value() / 1000)
            page.wait_for_load_state("networkidle")
            most = max(most, sum(request.resource_type not in MEDIA for request in asked))
            context.close()
        browser.close()
    return most, seconds


def _noting(asked: list[Request]) -> Callable[[Request], None]:
    """Playwright takes functions of ours alone, not a list's own method."""
    return lambda request: asked.append(request)


def report(cost: Cost) -> Iterator[tuple[str, str]]:
    """Each figure by its name; raises CommandError after the last if a limit is passed."""
    yield "page", f"{cost.page:,} bytes gzipped"
    yield "script", f"{cost.script:,} bytes gzipped"
    yield "in all", f"{cost.page + cost.script:,} bytes, at most {MOST_BYTES:,}"
    yield "requests", f"{cost.requests} a view besides media, at most {MOST_REQUESTS}"
    slowest = max(cost.first_frame)
    middle = statistics.median(cost.first_frame)
    yield "first frame", f"{middle * 1000:.0f} ms, the slowest of {len(cost.first_frame)} {slowest * 1000:.0f} ms"
    if cost.page + cost.script > MOST_BYTES or cost.requests > MOST_REQUESTS:
        raise CommandError("the widget is too heavy")


@contextmanager
def _running(*arguments: str, env: dict[str, str], wait: bool = False) -> Iterator[None]:
    """``wait``: it ends by itself, before anything else begins."""
    process = subprocess.Popen(  # noqa: S603
        python(*arguments), cwd=settings.BASE_DIR, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        if wait and process.wait(PATIENCE_SECONDS):
            raise CommandError(f"{' '.join(arguments)} failed")
        yield
    finally:
        process.terminate()
        process.wait(15)


def _answer(url: str) -> bytes:
    """The body as it is sent to who takes gzip; where nobody listens yet, ask again."""
    ends = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})  # noqa: S310
            with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
                return bytes(answer.read())
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            if time.monotonic() > ends:
                raise
            time.sleep(0.2)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])

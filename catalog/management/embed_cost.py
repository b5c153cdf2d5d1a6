"""What a widget costs the page that it is in: bytes, requests, and how soon its first frame is there."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import statistics
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from django.core.management.base import CommandError

from catalog.management.commands.up import demo_addresses
from catalog.management.running import HOST, answer, free_port, running

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
        web, demo = free_port(), free_port()
        environment = os.environ | demo_addresses(f"http://{HOST}:{demo}")
        environment |= {"PORT": str(web), "SECRET_KEY": "x" * 50, "DATA_DIR": folder}
        site = f"http://{HOST}:{web}"
        stack.enter_context(running("-m", "catalog.demo", "--lazy", "--port", str(demo), env=environment))
        with running("manage.py", "migrate", "--verbosity", "0", env=environment) as step:
            if step.wait(PATIENCE_SECONDS):
                raise CommandError("the database could not be made")
        stack.enter_context(running("-m", "gunicorn", "--config", "python:animesite.gunicorn_conf", env=environment))
        _body(f"{site}/embed/still.svg")
        for form in FORMS:
            _body(f"{site}/loops/{LOOP}/{form}")
        page, script = _sent(f"{site}/embed/loop/?loop={LOOP}")
        return Cost(page, script, *_views(chromium, f"{site}/embed/loop/?loop={LOOP}", views))


def _body(url: str) -> bytes:
    """As it is sent to who takes gzip."""
    return answer(url, patience=PATIENCE_SECONDS, headers={"Accept-Encoding": "gzip"})


def _sent(url: str) -> tuple[int, int]:
    """Bytes of the page and of its script."""
    page = _body(url)
    found = re.search(r'<script src="([^"]+)"', gzip.decompress(page).decode())
    if found is None:
        raise CommandError("the page of the widget names no script")
    return len(page), len(_body(urljoin(url, found[1])))


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

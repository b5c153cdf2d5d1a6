"""Debian's Chromium on pages that this very process serves, so that upstreams can be faked at the wire."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import DEFAULT_DB_ALIAS, connections
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page, Route, expect

from catalog.tests.services.conftest import aged, transport_folder, upstream  # noqa: F401
from catalog.tests.services.listener import eventually
from catalog.tests.views.conftest import anilibria, everything  # noqa: F401

# Playwright's event loop, which it keeps running in this very thread, is none that a query could hold up.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

expect.set_options(timeout=15_000)  # as much as a busy machine may need

HARMLESS = (
    "the server responded with a status of",  # what Chromium says of any 4xx or 5xx, designed or not
    "htmx:sendAbort, ",  # what htmx says when the next letter was typed before the answer to the last one came
    "htmx:afterRequest, ",  # and right before that
)
SHIFTS = """window.moved = 0; new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) if (!shift.hadRecentInput) window.moved += shift.value;
}).observe({type: "layout-shift", buffered: true});"""  # how far everything moved by itself


@pytest.fixture
def origin(everything, db) -> Iterator[str]:
    """The server's threads share the test's database, which is in memory."""
    connection = connections[DEFAULT_DB_ALIAS]
    connection.inc_thread_sharing()
    server = LiveServerThread("127.0.0.1", StaticFilesHandler, connections_override={DEFAULT_DB_ALIAS: connection})
    server.daemon = True
    server.start()
    server.is_ready.wait()
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()
    eventually(lambda: not any("process_request_thread" in thread.name for thread in threading.enumerate()))
    connection.dec_thread_sharing()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained about."""
    return []


@pytest.fixture
def page(browser: Browser, origin: str, complaints: list[str]) -> Iterator[Page]:
    """A fresh visitor whose pages load media from nowhere but a stand-in."""
    context = browser.new_context(base_url=origin, viewport={"width": 1280, "height": 900})
    context.route(lambda url: not url.startswith(origin), _stand_in)
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: _note(message.type, message.text, complaints))
    yield page
    context.close()


@pytest.fixture
def plain(browser: Browser, origin: str) -> Iterator[Page]:
    """A page of who has no scripts."""
    context = browser.new_context(base_url=origin, java_script_enabled=False)
    yield context.new_page()
    context.close()


def until(page: Page, condition: Callable[[], bool], seconds: float = 15) -> None:
    """Waits for what the page itself cannot be asked, such as what was requested for it."""
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends, "it did not come true in time"
        page.wait_for_timeout(20)


def _note(kind: str, text: str, complaints: list[str]) -> None:
    if kind in {"error", "warning"} and not any(words in text for words in HARMLESS):
        complaints.append(text)


def _stand_in(route: Route) -> None:
    route.fulfill(content_type="image/svg+xml", body='<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 7 10"/>')

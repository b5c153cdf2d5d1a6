"""How soon a site that is started for the first time shows stored posters where readers begin."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from catalog.management.running import HOST, answer, bare_environment, free_port, running

PAGES = ("/", "/catalog/")
PATIENCE_SECONDS = 180.0
LOOK_SECONDS = 0.25
LIMIT_SECONDS = 30.0  # for the first stored variants


class Measured(NamedTuple):
    """Seconds since ``manage.py up`` was called: until a page was answered, and by page until it showed a stored
    poster in both formats, and no drawn one any more.
    """

    served: float
    first: dict[str, float]
    whole: dict[str, float]


def measure() -> Measured:
    """With an empty DATA_DIR over the embedded demo, as ``make run`` starts it."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        port = free_port()
        started = time.monotonic()
        stack.enter_context(running("manage.py", "up", "--port", str(port), env=bare_environment(folder)))
        site = f"http://{HOST}:{port}"
        answer(f"{site}/healthz", patience=PATIENCE_SECONDS)
        served = time.monotonic() - started
        first = {page: _once(site + page, has_stored, started) for page in PAGES}
        whole = {page: _once(site + page, has_no_drawn, started) for page in PAGES}
        return Measured(served, first, whole)


def has_stored(page: str) -> bool:
    return ".avif 240w" in page and ".webp 240w" in page


def has_no_drawn(page: str) -> bool:
    return 'src="/poster/' not in page


def _once(url: str, shows: Callable[[str], bool], started: float) -> float:
    """Seconds from the start until the page shows it."""
    while not shows(answer(url).decode()):
        if time.monotonic() > started + PATIENCE_SECONDS:
            raise TimeoutError(url)
        time.sleep(LOOK_SECONDS)
    return time.monotonic() - started

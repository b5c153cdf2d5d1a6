"""How soon a site that is started for the first time has read the whole catalogue, and what it shows meanwhile."""

from __future__ import annotations

import re
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from catalog.management.running import HOST, answer, bare_environment, free_port, running

PATIENCE_SECONDS = 180
LOOK_SECONDS = 0.2
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
        upstream, web = free_port(), free_port()
        environment = bare_environment(folder)
        arguments = ["--port", str(upstream), "--titles", str(titles), "--latency", str(latency)]
        arguments += ["--catalogue", str(catalogue)] if catalogue else []
        stack.enter_context(running("-m", "catalog.management.library", *arguments, env=environment))
        origin = f"http://{HOST}:{upstream}"
        answer(f"{origin}/anilibria/v2/getYears", patience=PATIENCE_SECONDS)
        environment |= {"ANILIBRIA_URL": f"{origin}/anilibria/v2", "ANIMELOOP_URL": origin, "LOOPS_URL": origin}
        environment |= {"ANILIBRIA_STATIC_URL": origin, "ANILIBRIA_SITE_URL": origin}

        started = time.monotonic()
        stack.enter_context(running("manage.py", "up", "--port", str(web), env=environment))
        return _watch(f"http://{HOST}:{web}", started)


def _watch(site: str, started: float) -> Measured:
    def page(path: str) -> str:
        return answer(site + path, patience=started + PATIENCE_SECONDS - time.monotonic()).decode()

    notice = page("/catalog/indexing/")
    served, seen = time.monotonic() - started, []
    while COMPLETE not in notice:
        if found := PROGRESS.search(notice):
            done, total = (int(re.sub(r"\D", "", number)) for number in found.groups())
            seen.append((time.monotonic() - started, done, total))
        time.sleep(LOOK_SECONDS)
        notice = page("/catalog/indexing/")
    complete = time.monotonic() - started
    counted = re.search(r"<h1>([\d,.\s]+) titles</h1>", page("/catalog/?sort=name"))
    return Measured(served, complete, int(re.sub(r"\D", "", counted[1])) if counted else 0, seen)

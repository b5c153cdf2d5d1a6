"""How long a page takes that nobody has asked for yet, over a demo upstream that is slow on purpose."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.conf import settings

from catalog.management.commands.up import HOST, demo_addresses
from catalog.management.processes import python

PORTS = (8790, 8791)
TITLE = "/title/nanatsu-no-taizai-kamigami-no-gekirin/"
PAGES = (
    "/", "/catalog/", TITLE, f"{TITLE}1/", "/schedule/", "/loops/", "/loops/59adf78ac4c0bc657943222d/",
    "/series/59adb3f8c4c0bc6579431f49/", "/videos/", "/videos/5YvxWOxcRa/", "/feed/", "/clips/", "/team/", "/stats/",
)  # fmt: skip


def measure(latency: int) -> Iterator[tuple[str, float]]:
    """Yield each page and the seconds it took, each over a site that was started for it alone."""
    web, demo = PORTS
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        environment = os.environ | demo_addresses(f"http://{HOST}:{demo}") | {"PORT": str(web), "SECRET_KEY": "x" * 50}
        shutil.copytree(settings.STATIC_ROOT, folder / "static")
        stack.enter_context(
            _running("-m", "catalog.demo", "--lazy", "--port", str(demo), "--latency", str(latency), env=environment)
        )
        _answer(f"http://{HOST}:{demo}/anilibria/v2/getYears", patience=30)
        for path in PAGES:
            env = environment | {"DATA_DIR": str(folder)}
            shutil.rmtree(folder / "upstream", ignore_errors=True)
            with _running("-m", "gunicorn", "--config", "python:animesite.gunicorn_conf", env=env):
                _answer(f"http://{HOST}:{web}/about/", patience=30)
                started = time.perf_counter()
                _answer(f"http://{HOST}:{web}{path}")
                yield path, time.perf_counter() - started


@contextmanager
def _running(*arguments: str, env: dict[str, str]) -> Iterator[None]:
    process = subprocess.Popen(  # noqa: S603
        python(*arguments), cwd=settings.BASE_DIR, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(15)


def _answer(url: str, *, patience: float = 0) -> None:
    """Read the answer whole; until ``patience`` seconds are over, ask again where nobody listens yet."""
    ends = time.monotonic() + patience
    while True:
        try:
            with urllib.request.urlopen(url, timeout=20) as answer:  # noqa: S310
                answer.read()
            return
        except urllib.error.URLError:
            if time.monotonic() > ends:
                raise
            time.sleep(0.1)

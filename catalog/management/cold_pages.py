"""How long a page takes that nobody has asked for yet, over a demo upstream that is slow on purpose."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from django.conf import settings

from catalog.management.commands.up import demo_addresses
from catalog.management.running import HOST, answer, running

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
            running("-m", "catalog.demo", "--lazy", "--port", str(demo), "--latency", str(latency), env=environment)
        )
        answer(f"http://{HOST}:{demo}/anilibria/v2/getYears", patience=30)
        for path in PAGES:
            env = environment | {"DATA_DIR": str(folder)}
            shutil.rmtree(folder / "upstream", ignore_errors=True)
            with running("-m", "gunicorn", "--config", "python:animesite.gunicorn_conf", env=env):
                answer(f"http://{HOST}:{web}/about/", patience=30)
                started = time.perf_counter()
                answer(f"http://{HOST}:{web}{path}")
                yield path, time.perf_counter() - started

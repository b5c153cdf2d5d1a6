"""A Redis that is killed under the site, which has its queue, its pages, its locks and its saved answers there."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from catalog.tests.external import absent
from catalog.tests.live.processes import environment, free_port, running, wait_until
from catalog.tests.live.test_crashes import WORKER, all_there, database
from catalog.tests.live.test_upstreams import PAGES

pytestmark = [pytest.mark.xdist_group("live"), pytest.mark.services, pytest.mark.processes]

SECONDS_AWAY = 15


class Redis:
    """One of our own, which keeps nothing on disk."""

    def __init__(self, folder: Path) -> None:
        self._command = shutil.which("redis-server") or absent("redis-server")
        self._folder, self.port = folder, free_port()
        self.url = f"redis://127.0.0.1:{self.port}"

    def start(self) -> None:
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self._folder)]
        self._process = subprocess.Popen([self._command, *options], stdout=subprocess.DEVNULL)
        wait_until(self._answers)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def _answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.url) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False


@pytest.fixture
def server(tmp_path) -> Iterator[Redis]:
    server = Redis(tmp_path)
    server.start()
    yield server
    server.kill()


def stored(folder: Path) -> list[tuple[int, str]]:
    with database(folder) as connection:
        found = "SELECT id, digest FROM catalog_storedposter WHERE digest != '' ORDER BY id"
        return connection.execute(found).fetchall()


def test_a_redis_that_is_killed_takes_nothing_along(sites, relay, server):
    """Lost: nothing. Tasks that were waiting are asked for again by the clock, answers by the next page that shows
    them; until Redis is back pages go on without it, and nobody has to start anything but Redis.
    """
    variables = relay.environment | {
        "CELERY_BROKER_URL": f"{server.url}/0",
        "CACHE_URL": f"{server.url}/1",
        "UPSTREAM_CACHE_URL": f"{server.url}/2",
    }
    env = environment(sites.folder, SECRET_KEY="x" * 50, WORKER_ALONE="true", **variables)
    (sites.folder / "queue").mkdir(exist_ok=True)
    log = sites.folder / "worker.log"
    with running("manage.py", "migrate", "--verbosity", "0", env=env, log=log) as step:
        assert step.wait(180) == 0, log.read_text()
    base = sites.start(**variables)
    with running(*WORKER, env=env, log=log) as worker:
        wait_until(lambda: len(stored(sites.folder)) > 10, 180)
        all_there(base)

        server.kill()
        gone, slowest = time.monotonic(), 0.0
        while time.monotonic() - gone < SECONDS_AWAY:
            for path in PAGES:
                began = time.monotonic()
                all_there(base, [path])
                slowest = max(slowest, time.monotonic() - began)
        assert slowest < 6, "the whole page's deadline"
        assert worker.poll() is None
        assert len(stored(sites.folder)) > 10
        with database(sites.folder) as connection:  # work for which no message is left
            one, digest = stored(sites.folder)[0]
            connection.execute(
                "UPDATE catalog_storedposter SET digest = '', etag = '', last_modified = '', next_try_at = ?,"
                " claimed_until = NULL WHERE id = ?",
                ("2000-01-01", one),
            )

        server.start()
        wait_until(lambda: (one, digest) in stored(sites.folder), 120)
        all_there(base)
        assert worker.poll() is None, "the worker that was there before did it"
    said = sites.log.read_text()
    assert "Traceback" not in said, said[said.index("Traceback") :][:4000]

"""Posters with real processes: a worker that is killed half-way, and a first start whose front page shows them soon."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread

import pytest
import requests
from PIL import Image

from catalog.services.posters.pictures import endings
from catalog.services.posters.storing import FETCHES, MAKERS
from catalog.tests.live.processes import environment, free_port, running, wait_for
from catalog.tests.services.posters.hostile import drawn, saved

pytestmark = [pytest.mark.xdist_group("live"), pytest.mark.processes]

POSTERS = 500
SIDES = (60, 86)
WORKER = (
    "-m", "celery", "--app", "animesite", "--quiet", "worker", "--beat", "--pool", "threads", "--concurrency", "4",
    "--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "warning",
)  # fmt: skip


class Gallery(ThreadingHTTPServer):
    """Every address has a picture of its own; ``asked`` counts how often it was sent."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: Counter[str] = Counter()
        self.picture = saved(drawn(*SIDES))

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Gallery

    def do_GET(self) -> None:
        self.server.asked[self.path] += 1
        time.sleep(0.02)
        content = self.server.picture + self.path.encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def gallery() -> Iterator[Gallery]:
    with Gallery() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@contextmanager
def database(folder: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(folder / "database.sqlite3", timeout=30)) as connection, connection:
        yield connection


def stored(folder: Path) -> dict[str, tuple[str, int]]:
    """Path of the source -> digest and width, of those that are there."""
    with database(folder) as connection:
        rows = connection.execute("SELECT source_url, digest, width FROM catalog_storedposter WHERE digest != ''")
        return {url[url.index("/", 8) :]: (digest, width) for url, digest, width in rows}


def wait_until_stored(folder: Path, amount: int, seconds: float) -> dict[str, tuple[str, int]]:
    ends = time.monotonic() + seconds
    while len(found := stored(folder)) < amount:
        assert time.monotonic() < ends, f"{len(found)} of {amount} posters were stored in {seconds} s"
        time.sleep(0.2)
    return found


def assert_whole(folder: Path) -> None:
    for path in (folder / "media" / "posters").glob("*/*"):
        with Image.open(BytesIO(path.read_bytes())) as picture:
            picture.load()


def test_a_killed_worker_leaves_nothing_half_done_and_the_next_one_finishes(tmp_path, gallery):
    dead = f"http://127.0.0.1:{free_port()}"
    env = environment(
        tmp_path,
        SECRET_KEY="x" * 50,
        ANILIBRIA_URL=f"{dead}/v2",
        ANILIBRIA_STATIC_URL=gallery.origin,
        ANIMELOOP_URL=dead,
        LOOPS_URL=dead,
    )
    for part in ("queue/messages", "queue/control"):
        (tmp_path / part).mkdir(parents=True)
    with running("manage.py", "migrate", "--verbosity", "0", env=env, log=tmp_path / "log") as step:
        assert step.wait(180) == 0, (tmp_path / "log").read_text()
    with database(tmp_path) as connection:
        connection.executemany(
            "INSERT INTO catalog_storedposter (kind, subject, source_url, rank, digest, made_of_url, etag,"
            " last_modified, width, height, colour, bytes, attempts, reason, next_try_at)"
            " VALUES ('title', ?, ?, 2, '', '', '', '', 0, 0, '', 0, 0, '', ?)",
            [(str(n), f"{gallery.origin}/{n}.jpg", datetime.now(UTC).isoformat(" ")) for n in range(POSTERS)],
        )
    worker = (*WORKER, "--schedule", str(tmp_path / "queue" / "beat"))
    with running(*worker, env=env, log=tmp_path / "log") as first:
        wait_until_stored(tmp_path, POSTERS // 4, 120)
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
    done = stored(tmp_path)
    assert len(done) < POSTERS
    assert_whole(tmp_path)
    with running(*worker, env=env, log=tmp_path / "log"):
        everything = wait_until_stored(tmp_path, POSTERS, 300)
    again = {path for path, times in gallery.asked.items() if times > 1}
    assert not again & done.keys()
    assert len(again) <= FETCHES + 2 * MAKERS  # on their way when the worker died, or made and not yet written down
    assert max(gallery.asked.values()) <= 2
    for digest, width in everything.values():
        for ending in endings(width):
            assert (tmp_path / "media" / "posters" / digest[:2] / f"{digest}-{ending}").stat().st_size
    assert_whole(tmp_path)


def test_the_first_pages_of_a_new_site_soon_show_stored_posters(tmp_path):
    port, log = free_port(), tmp_path / "up.log"
    with running("manage.py", "up", "--port", str(port), env=environment(tmp_path / "data"), log=log):
        base = f"http://127.0.0.1:{port}"
        wait_for(f"{base}/healthz", 120)
        ends = time.monotonic() + 30
        for path in ("/", "/catalog/"):
            page = _page_once(f"{base}{path}", lambda page: ".avif 240w" in page and ".webp 240w" in page, ends)
            assert 'width="350" height="500"' in page
            assert "--tint:#" in page
        for path in ("/", "/catalog/"):
            _page_once(f"{base}{path}", lambda page: 'src="/poster/' not in page, ends + 60)
        page = requests.get(f"{base}/catalog/", timeout=10).text
        address = re.search(r"(/media/posters/[0-9a-f]{2}/[0-9a-f]{32}-240\.avif) 240w", page)
        answer = requests.get(base + address[1], timeout=10)
        assert answer.headers["Content-Type"] == "image/avif"
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Content-Encoding" not in answer.headers
        validator = {"If-None-Match": answer.headers["ETag"]}
        assert requests.get(base + address[1], headers=validator, timeout=10).status_code == 304
        assert requests.head(base + address[1], timeout=10).headers["Content-Length"] == str(len(answer.content))
        assert requests.get(f"{base}/media/posters/00/{'0' * 32}-240.avif", timeout=10).status_code == 404


def _page_once(url: str, shows: Callable[[str], bool], ends: float) -> str:
    while not shows(page := requests.get(url, timeout=10).text):
        assert time.monotonic() < ends, f"{url} did not show it in time"
        time.sleep(0.5)
    return page

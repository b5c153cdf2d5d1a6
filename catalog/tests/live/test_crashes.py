"""What dies and what that costs: nothing. Real processes, killed without a word; upstreams away for an hour."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from threading import Event

import pytest
import requests
from celery import Celery
from requests_cache.backends.sqlite import SQLiteCache

from catalog.tests.live.processes import children, environment, free_port, pid_of, running, wait_for, wait_until
from catalog.tests.live.test_upstreams import AGE, PAGES

pytestmark = [pytest.mark.xdist_group("live"), pytest.mark.processes]

HOUR = timedelta(hours=1)
READERS = 8
SECONDS_AWAY = 20  # at most, on a busy machine, until whoever was killed answers again
WORKER = (
    "-m", "celery", "--app", "animesite", "--quiet", "worker", "--pool", "threads", "--concurrency", "2",
    "--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "warning",
)  # fmt: skip


@pytest.fixture(scope="module")
def static(tmp_path_factory) -> dict[str, str]:
    return {"STATIC_ROOT": str(tmp_path_factory.mktemp("static"))}


@contextmanager
def site(folder: Path, **variables: str) -> Iterator[tuple[int, str]]:
    """Everything that ``up`` runs: its process id and its address."""
    port, log = free_port(), folder.parent / "up.log"
    with running("manage.py", "up", "--port", str(port), env=environment(folder, **variables), log=log) as up:
        base = f"http://127.0.0.1:{port}"
        wait_for(f"{base}/healthz", 180)
        yield up.pid, base


@contextmanager
def database(folder: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(folder / "database.sqlite3", timeout=30)) as connection, connection:
        yield connection


def rows(folder: Path) -> dict[str, int]:
    """How many rows each table has."""
    with database(folder) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE name LIKE 'catalog_%' AND type = 'table'")
        return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for (name,) in tables}


def sound(folder: Path) -> bool:
    """Whether SQLite finds nothing wrong in either file."""
    said = []
    for name in ("database.sqlite3", "upstream/answers.sqlite3"):
        with closing(sqlite3.connect(folder / name, timeout=30)) as connection:
            said.append(connection.execute("PRAGMA integrity_check").fetchone())
    return said == [("ok",)] * 2


def get(url: str, **options) -> requests.Response:
    return requests.get(url, timeout=20, **options)


def all_there(base: str, paths: list[str] = PAGES) -> None:
    assert {path: get(base + path).status_code for path in paths} == dict.fromkeys(paths, 200)


def wait_for_the_index(base: str) -> None:
    wait_until(lambda: "The catalogue is complete" in get(f"{base}/catalog/indexing/").text, 180)


def logged_in(base: str, folder: Path) -> requests.Session:
    curator = requests.Session()
    form = curator.get(f"{base}/admin/login/", timeout=20).text
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)
    password = (folder / "curator_password").read_text().strip()
    data = {"username": "curator", "password": password, "csrfmiddlewaretoken": token[1], "next": "/admin/"}
    assert curator.post(f"{base}/admin/login/", data=data, timeout=20).url == f"{base}/admin/"
    return curator


class Readers:
    """Ask for one page after the other; ``failed``: the moments at which a page was not to be had."""

    def __init__(self, base: str) -> None:
        self.base, self.answered = base, 0
        self.failed: list[float] = []
        self._ends = Event()

    def __enter__(self) -> Readers:
        self._threads = ThreadPoolExecutor(READERS)
        for number in range(READERS):
            self._threads.submit(self._read, cycle(PAGES[number:] + PAGES[:number]))
        return self

    def __exit__(self, *args: object) -> None:
        self._ends.set()
        self._threads.shutdown()

    def _read(self, paths: Iterator[str]) -> None:
        for path in paths:
            if self._ends.is_set():
                return
            try:
                good = get(self.base + path).status_code == 200
            except requests.RequestException:
                good = False
            self.answered += good
            if not good:
                self.failed.append(time.monotonic())
                time.sleep(0.2)

    def go_on(self, answers: int = 3 * READERS) -> None:
        wanted = self.answered + answers
        wait_until(lambda: self.answered >= wanted, 60)


def test_web_processes_that_are_killed_under_load_are_replaced(tmp_path, relay, static):
    """Lost: nothing but the answers that the killed process was just giving, and of the visits, which are a rough
    count, those that it had not written down yet. Every row, every saved answer and the curator's session are there.
    """
    folder = tmp_path / "data"
    with site(folder, **relay.environment, **static) as (up, base):
        all_there(base)
        wait_for_the_index(base)
        curator, before = logged_in(base, folder), rows(folder)
        with Readers(base) as readers:
            readers.go_on()
            assert not readers.failed
            master = pid_of("gunicorn", up)
            one, other = children(master)
            os.kill(one, signal.SIGKILL)
            wait_until(lambda: len(children(master)) == 2 and one not in children(master), SECONDS_AWAY)
            readers.go_on()
            assert other in children(master)
            assert len(readers.failed) <= READERS, "the other process answered meanwhile"

            killed = time.monotonic()
            os.kill(master, signal.SIGKILL)
            wait_until(lambda: pid_of("gunicorn", up) not in {master, other, one}, SECONDS_AWAY)
            wait_for(f"{base}/healthz", SECONDS_AWAY)
            readers.go_on()
            back = max([killed, *readers.failed])
            assert back - killed < SECONDS_AWAY
        assert curator.get(f"{base}/admin/", timeout=20).url == f"{base}/admin/"
        relay.close()
        all_there(base)  # out of what was saved before
        after = rows(folder)
        assert {name: number for name, number in before.items() if after[name] < number} == {}
        assert sound(folder)


def test_a_worker_killed_while_it_looks_into_torrents_does_so_once_it_is_back(tmp_path, relay):
    """Lost: nothing. What was stored stays as it is, and what was not is looked at again."""
    env = environment(tmp_path, SECRET_KEY="x" * 50, **relay.environment)
    messages, control = tmp_path / "queue" / "messages", tmp_path / "queue" / "control"
    for part in (messages, control):
        part.mkdir(parents=True)
    log = tmp_path / "log"
    with running("manage.py", "migrate", "--verbosity", "0", env=env, log=log) as step:
        assert step.wait(180) == 0, log.read_text()
    folders = {"data_folder_in": str(messages), "data_folder_out": str(messages), "control_folder": str(control)}
    sender = Celery(broker="filesystem://", broker_transport_options=folders)

    def look_at(*ids: int) -> None:
        sender.send_task("catalog.tasks.torrents.look_at_torrents", [ids], queue="torrents")

    def stored() -> dict[int, str]:
        with database(tmp_path) as connection:
            return dict(connection.execute("SELECT title_id, max(looked_at) FROM catalog_storedtorrent GROUP BY 1"))

    known = [title["id"] for title in get(f"{relay.target}/anilibria/v2/getUpdates?limit=40&filter=id").json()]
    first, others = known[:1], known[1:]
    worker = (*WORKER, "--queues", "torrents")
    with running(*worker, env=env, log=log) as killed:
        look_at(*first)
        wait_until(lambda: stored().keys() == set(first), 60)
        relay.asked.clear()
        relay.latency = 30.0
        look_at(*others)
        wait_until(lambda: relay.asked, 60)
        os.killpg(killed.pid, signal.SIGKILL)
        killed.wait()
    relay.latency = 0.0
    done = stored()
    assert done.keys() == set(first)
    with database(tmp_path) as connection:  # three minutes later
        connection.execute("UPDATE catalog_torrentlook SET claimed_until = '2000-01-01' WHERE claimed_until NOT NULL")
    with running(*worker, env=env, log=log):
        look_at(*known)
        wait_until(lambda: stored().keys() == set(known), 60)
    assert stored()[first[0]] == done[first[0]], "what was stored already was looked into again"
    with database(tmp_path) as connection:
        assert connection.execute("SELECT DISTINCT state FROM catalog_storedtorrent").fetchall() == [("stored",)]
        assert not connection.execute("SELECT 1 FROM catalog_torrentlook WHERE claimed_until NOT NULL").fetchall()
    sender.close()


def test_a_clock_whose_file_cannot_be_written_goes_on_once_it_can(tmp_path, relay):
    """Lost: nothing. The worker goes on meanwhile, and what the clock asks for comes later."""
    env = environment(tmp_path, SECRET_KEY="x" * 50, WORKER_ALONE="true", LOG_LEVEL="info", **relay.environment)
    in_the_way, log = [tmp_path / "queue" / f"beat{ending}" for ending in ("", ".dat", ".db")], tmp_path / "log"
    for folder in (tmp_path / "queue" / "messages", tmp_path / "queue" / "control", *in_the_way):
        folder.mkdir(parents=True)
    with running(*WORKER, env=env, log=log) as worker:
        wait_until(lambda: "the clock has stopped" in log.read_text(), 60)
        assert "keep_warm" not in log.read_text()
        for folder in in_the_way:
            folder.rmdir()
        wait_until(lambda: "task=catalog.tasks.warm.keep_warm" in log.read_text(), 60)
        assert worker.poll() is None


def an_hour_passes(folder: Path) -> None:
    """For everything that is kept: what is an hour older now is as if it had come an hour ago."""
    answers = SQLiteCache(folder / "upstream" / "answers.sqlite3", wal=True, serializer="pickle")
    for key in list(answers.responses):
        saved = answers.get_response(key)
        saved.created_at -= HOUR
        answers.save_response(saved, key, saved.expires - HOUR)
    answers.close()
    with database(folder) as connection:
        for table in ("catalog_indexstate", "catalog_loopindexstate"):
            for moment in ("crawled_at", "refreshed_at", "failed_at"):
                connection.execute(f"UPDATE {table} SET {moment} = datetime({moment}, '-1 hour')")


def ages(base: str) -> dict[str, int]:
    """The oldest that each page says of anything on it; 0 where everything is fresh."""
    found = {}
    for path in PAGES:
        answer = get(base + path)
        assert answer.status_code == 200, path
        found[path] = max(map(int, AGE.findall(answer.text)), default=0)
    return found


def test_an_hour_without_upstreams_and_a_restart_in_it(tmp_path, relay, static):
    """Lost: nothing. Every page that was visited stands and says its age; each row of the index is still there."""
    folder = tmp_path / "data"
    with site(folder, **relay.environment, **static) as (_, base):
        all_there(base)
        wait_for_the_index(base)
        relay.close()
    before = rows(folder)
    an_hour_passes(folder)
    with site(folder, **relay.environment, **static, UPSTREAM_TTL_SCALE="0.1") as (_, base):
        old = ages(base)
        assert {path: age for path, age in old.items() if age < HOUR.total_seconds()} == {}
        assert {path: age for path, age in old.items() if age > HOUR.total_seconds() + 600} == {}
        after = rows(folder)
        assert {name: number for name, number in before.items() if after[name] < number} == {}
        relay.open()
        ends = time.monotonic() + 120
        while still := {path: age for path, age in ages(base).items() if age >= HOUR.total_seconds()}:
            assert time.monotonic() < ends, still
            time.sleep(0.5)

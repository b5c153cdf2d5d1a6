"""The durable copy, and pages going on when there is none to be had."""

from __future__ import annotations

import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import redis
from requests_cache.backends.sqlite import SQLiteCache

from catalog.services import transport
from catalog.services.transport import prune, reset
from catalog.services.transport.store import Copy, Store
from catalog.tests.services.transport.source import REDIS_URL, URL, ask

DAY = 86400
# requests-cache calls what redis-py would rather have called otherwise
pytestmark = pytest.mark.filterwarnings("ignore:Call to deprecated setex")


def copy(age_seconds: float = 0, *, status: int = 200, body: bytes = b"{}") -> Copy:
    fetched_at = datetime.now(UTC) - timedelta(seconds=age_seconds)
    headers = {"ETag": '"v1"', "Set-Cookie": "a=b"}
    return Copy(URL, status, headers, body, fetched_at)


@pytest.fixture(params=["sqlite://", pytest.param(REDIS_URL, marks=pytest.mark.services)], ids=["sqlite", "redis"])
def store(request, settings) -> Store:
    if request.param == REDIS_URL:
        request.getfixturevalue("redis_db")
    settings.UPSTREAM_CACHE_URL = request.param
    return Store()


def test_a_copy_comes_back_as_it_was(store):
    saved = copy(30)
    store.save("key", saved)
    loaded = store.load("key")
    assert (loaded.url, loaded.status, loaded.body) == (URL, 200, b"{}")
    assert loaded.fetched_at == saved.fetched_at
    assert not loaded.marked
    assert dict(loaded.headers) == {"ETag": '"v1"'}, "what nobody reads is not kept"
    assert store.load("another") is None


def test_an_empty_body_comes_back_too(store):
    store.save("key", copy(status=404, body=b""))
    assert store.load("key").body == b""


def test_a_copy_can_be_marked_stale(store):
    saved = copy(30)
    store.save("key", saved)
    store.mark_stale("key")
    store.mark_stale("another")
    assert store.load("key").marked
    assert store.load("key").fetched_at == saved.fetched_at
    store.save("key", copy())
    assert not store.load("key").marked


def test_a_copy_is_no_longer_used_after_thirty_days(store):
    store.save("old", copy(30 * DAY + 5))
    store.save("new", copy(30 * DAY - 5))
    assert store.load("old") is None
    assert store.load("new") is not None


@pytest.mark.services
def test_redis_lets_copies_go_by_itself(settings, redis_db):
    settings.UPSTREAM_CACHE_URL = REDIS_URL
    Store().save("key", copy(DAY))
    assert 29 * DAY - 5 <= redis_db.ttl("animesite-upstream:key") <= 29 * DAY
    assert prune() == 0


def test_pruning_deletes_what_is_too_old_and_counts_it(embedded, upstream, aged):
    upstream.get(URL, json={"number": 1})
    ask(a=1)
    ask(a=2)
    with aged(2 * DAY):
        ask(a=3)
    assert prune() == 0
    with aged(30 * DAY + 60):
        assert prune() == 2
        assert prune() == 0
    with aged(32 * DAY + 60):
        assert prune() == 1


def test_the_file_is_in_wal_mode_below_the_data_folder(embedded, upstream, settings):
    upstream.get(URL, json={"number": 1})
    ask()
    with sqlite3.connect(settings.DATA_DIR / "upstream" / "answers.sqlite3") as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("SELECT count(*) FROM responses").fetchone() == (1,)


@pytest.mark.parametrize("method", ["get_response", "save_response"])
@pytest.mark.parametrize("error", [sqlite3.DatabaseError("broken"), redis.ConnectionError("gone"), OSError("full")])
def test_a_storage_that_fails_takes_no_page_down(embedded, upstream, aged, monkeypatch, caplog, method, error):
    monkeypatch.setattr(transport.process, "LOOK_SECONDS", 0.01)
    upstream.get(URL, json={"number": 1})

    def fail(*args: object, **kwargs: object) -> None:
        raise error

    monkeypatch.setattr(SQLiteCache, method, fail)
    assert ask().value == 1
    time.sleep(0.02)  # until memory is compared with the storage again
    assert ask().value == 1
    assert upstream.call_count == 1
    assert str(error) in caplog.text
    assert all(record.exc_info is None for record in caplog.records)
    assert len(caplog.records) == 1, "once in a while is often enough"
    upstream.get(URL, status_code=500)
    with aged(61):
        assert ask().stale


def test_a_storage_that_failed_is_tried_again(embedded, upstream, monkeypatch):
    def fail(*args: object) -> None:
        raise sqlite3.DatabaseError("broken")

    monkeypatch.setattr(transport.store, "DOWN_SECONDS", 0.05)
    upstream.get(URL, json={"number": 1})
    with monkeypatch.context() as broken:
        broken.setattr(SQLiteCache, "get_response", fail)
        ask(a=1)
    time.sleep(0.05)
    ask(a=2)
    reset()
    ask(a=2)
    assert upstream.call_count == 2


@pytest.mark.parametrize("place", ["a file", "a folder", "below a file"])
def test_a_storage_that_cannot_be_opened_takes_no_page_down(embedded, upstream, settings, caplog, place):
    folder = settings.DATA_DIR / "upstream"
    if place == "below a file":
        folder.write_bytes(b"")
    elif place == "a folder":
        (folder / "answers.sqlite3").mkdir(parents=True)
    else:
        folder.mkdir()
        (folder / "answers.sqlite3").write_bytes(b"no database at all" * 100)
    upstream.get(URL, json={"number": 1})
    assert ask().value == 1
    assert len(caplog.records) == 1
    reset()


def test_whoever_finds_no_file_yet_waits_for_who_makes_it(embedded, settings, tmp_path, caplog):
    """A race, so many rounds of it: without turns some of the eighty are refused nearly every time."""
    for number in range(20):
        settings.DATA_DIR = tmp_path / str(number)
        stores = [Store() for _ in range(4)]
        begin = threading.Barrier(len(stores))

        def load(store: Store, begin: threading.Barrier = begin) -> None:
            begin.wait()
            assert store.load("key") is None

        with ThreadPoolExecutor(len(stores)) as threads:
            list(threads.map(load, stores))
        for store in stores:
            store.close()
    assert caplog.records == []


def test_an_unreadable_row_is_no_copy(embedded, upstream, settings):
    upstream.get(URL, json={"number": 1})
    ask()
    reset()
    with sqlite3.connect(settings.DATA_DIR / "upstream" / "answers.sqlite3") as connection:
        connection.execute("UPDATE responses SET value = ?", (b"no pickle",))
    assert ask().value == 1
    assert upstream.call_count == 2


def test_a_redis_that_is_down_takes_no_page_down(upstream, settings):
    settings.UPSTREAM_CACHE_URL = settings.CACHE_URL = "redis://127.0.0.1:9/0"
    upstream.get(URL, json={"number": 1})
    assert ask().value == 1
    assert ask().value == 1
    assert upstream.call_count == 1

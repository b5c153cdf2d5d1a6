from __future__ import annotations

import threading
import time

import pytest

from catalog.services.transport.locks import FileLocks, Locks, LockTimeout, RedisLocks
from catalog.tests.services.transport.source import REDIS_URL


@pytest.fixture(params=["files", pytest.param("redis", marks=pytest.mark.services)])
def locks(request, tmp_path) -> Locks:
    if request.param == "redis":
        request.getfixturevalue("redis_db")
        return RedisLocks(REDIS_URL)
    return FileLocks(tmp_path / "locks")


def test_a_key_is_held_by_one_and_given_up_after_the_wait(locks):
    with locks.hold("key", 1):
        begun = time.monotonic()
        with pytest.raises(LockTimeout), locks.hold("key", 0.2):
            pass
        assert time.monotonic() - begun > 0.15
    with locks.hold("key", 0):
        pass


@pytest.mark.parametrize("seconds", [0, -1])
def test_no_time_left_is_no_wait(locks, seconds, monkeypatch):
    monkeypatch.setattr(time, "sleep", lambda _: pytest.fail("it waits"))
    with locks.hold("key", 1), pytest.raises(LockTimeout), locks.hold("key", seconds):
        pass


def test_other_keys_are_free(locks):
    with locks.hold("key", 1), locks.hold("another", 0):
        pass


def test_an_error_inside_lets_go(locks):
    with pytest.raises(ZeroDivisionError), locks.hold("key", 1):
        raise ZeroDivisionError
    with locks.hold("key", 0):
        pass


def test_many_waiters_go_one_after_another(locks):
    inside, most, done = 0, 0, []

    def work() -> None:
        nonlocal inside, most
        with locks.hold("key", 5):
            inside += 1
            most = max(most, inside)
            time.sleep(0.005)
            inside -= 1
            done.append(1)

    threads = [threading.Thread(target=work) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most, len(done)) == (1, 12)


def test_no_file_stays(tmp_path):
    locks = FileLocks(tmp_path / "locks")
    for key in "abc":
        with locks.hold(key, 1):
            assert (tmp_path / "locks" / f"{key}.lock").exists()
    assert not list((tmp_path / "locks").iterdir())


def test_where_files_cannot_be_made_there_is_no_lock(tmp_path):
    (tmp_path / "locks").write_text("not a folder")
    with FileLocks(tmp_path / "locks").hold("key", 1):
        pass


def test_where_redis_does_not_answer_there_is_no_lock():
    with RedisLocks("redis://127.0.0.1:9/0").hold("key", 1):
        pass


@pytest.mark.services
def test_a_lock_in_redis_ends_by_itself(redis_db, settings):
    settings.UPSTREAM_DEADLINE_SECONDS = 0.2
    with RedisLocks(REDIS_URL).hold("key", 1):
        assert 0 < redis_db.pttl("animesite-lock:key") <= 1200
        redis_db.delete("animesite-lock:key")  # as if it had ended

"""The notice board, in files and in Redis."""

from __future__ import annotations

import threading

import pytest
import redis

from catalog.services.board import Board, FileBoard, RedisBoard
from catalog.tests.external import absent
from catalog.tests.services.transport.source import REDIS_URL


@pytest.fixture(params=["files", pytest.param("redis", marks=pytest.mark.services)])
def board(request, tmp_path) -> Board:
    if request.param == "files":
        return FileBoard(tmp_path / "board")
    with redis.Redis.from_url(REDIS_URL, socket_connect_timeout=0.5) as client:
        try:
            client.delete("animesite-board-tests")
        except redis.ConnectionError:
            absent("Redis")
    return RedisBoard(REDIS_URL, "tests")


def test_what_is_put_is_there_for_all(board):
    board.put("one", {"at": 1.5})
    board.put("animeloop files/../x", {"reason": "Привет"})
    board.put("one", {"at": 2})
    assert dict(board.facts()) == {"one": {"at": 2}, "animeloop files/../x": {"reason": "Привет"}}
    assert board.get("one") == {"at": 2}
    assert board.get("another") == {}


def test_many_writers_leave_a_whole_fact(board):
    def write(number: int) -> None:
        for _ in range(30):
            board.put("one", {"number": number, "words": "x" * 500})

    threads = [threading.Thread(target=write, args=[number]) for number in range(6)]
    for thread in threads:
        thread.start()
    seen = [board.get("one") for _ in range(200)]
    for thread in threads:
        thread.join()
    assert all(fact == {} or len(fact["words"]) == 500 for fact in seen)
    assert board.get("one")["number"] in range(6)


def test_a_redis_that_is_not_there_knows_nothing():
    board = RedisBoard("redis://127.0.0.1:9/0", "tests")
    board.put("one", {"at": 1})
    assert board.facts() == {}

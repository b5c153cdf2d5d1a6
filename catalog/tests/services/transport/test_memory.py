from __future__ import annotations

import timeit
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

from catalog.services.answer import Answer
from catalog.services.transport import memory
from catalog.services.transport.memory import Held, Memory, identity
from catalog.tests.services.transport.source import URL, ask, number


def held(weight: int = 0) -> Held[int]:
    now = datetime.now(UTC)
    return Held(fetched_at=now, marked=False, weight=weight, found=Answer(1, now), gone=None)


def test_what_was_used_longest_ago_goes_first(monkeypatch):
    monkeypatch.setattr(memory, "MEMORY_BYTES", 3 * (100 + memory.ENTRY_BYTES))
    kept = Memory()
    for key in "abc":
        kept.put(key, held(100))
    kept.get("a")
    kept.put("d", held(100))
    assert [key for key in "abcd" if kept.get(key)] == ["a", "c", "d"]


def test_an_entry_that_is_replaced_weighs_once(monkeypatch):
    monkeypatch.setattr(memory, "MEMORY_BYTES", 3 * (100 + memory.ENTRY_BYTES))
    kept = Memory()
    for _ in range(9):
        kept.put("a", held(100))
    kept.put("b", held(100))
    assert kept.get("a")
    assert kept.get("b")


def test_what_is_too_heavy_is_not_kept(monkeypatch):
    monkeypatch.setattr(memory, "MEMORY_BYTES", 5000)
    kept = Memory()
    kept.put("a", held(9000))
    assert kept.get("a") is None


def test_functions_that_read_alike_are_the_same():
    def closure(factor: Any) -> Callable[[int], int]:
        def parse(payload: int) -> int:
            return payload * int(str(factor))

        return parse

    assert identity(number) is number
    assert identity(partial(int, base=1)) == identity(partial(int, base=1))
    assert identity(partial(int, base=1)) != identity(partial(int, base=2))
    assert identity(partial(number, partial(number, 1))) == identity(partial(number, partial(number, 1)))
    assert identity(closure(1)) == identity(closure(1))
    assert identity(closure(1)) != identity(closure(2))
    assert identity(closure(closure(1))) == identity(closure(closure(1)))
    first, second = (lambda p: p + 1), (lambda p: p + 2)
    assert identity(first) != identity(second)
    assert identity(partial(number, [])) != identity(partial(number, []))


def test_a_hit_costs_microseconds(upstream):
    upstream.get(URL, json={"number": 1})
    ask(id=1, filter="names")
    best = min(timeit.repeat(lambda: ask(id=1, filter="names"), number=200, repeat=5)) / 200
    assert best < 100e-6

"""Keeping the file of saved answers small: what is oldest goes first, and the disk gets back what that took.

On a connection of its own, in short steps, so that pages can read and save in between.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from requests_cache.backends.sqlite import SQLiteCache

BATCH = 200
WAIT_SECONDS = 5.0
STEP_PAGES = 2000
INCREMENTAL = 2  # what PRAGMA auto_vacuum calls it


def shrink(cache: SQLiteCache, most_bytes: int) -> int:
    """Delete the answers that were confirmed longest ago until the others fit; return how many went."""
    removed, table = 0, cache.responses.table_name
    with _connection(cache) as connection:
        while (excess := _used(connection) - most_bytes) > 0:
            rows = connection.execute(f"SELECT key, LENGTH(value) FROM {table} ORDER BY expires LIMIT {BATCH}")  # noqa: S608
            keys = list(_as_many_as_weigh(excess, rows.fetchall()))
            if not keys:
                break
            marks = ",".join("?" * len(keys))
            removed += connection.execute(f"DELETE FROM {table} WHERE key IN ({marks})", keys).rowcount  # noqa: S608
    return removed


def give_back(cache: SQLiteCache) -> None:
    """Shorten the file by what is empty in it. The first time costs a rewrite; from then on it is done step by step."""
    with _connection(cache) as connection:
        if _pragma(connection, "auto_vacuum") != INCREMENTAL:
            connection.execute(f"PRAGMA auto_vacuum = {INCREMENTAL}")
            connection.execute("VACUUM")
        empty = _pragma(connection, "freelist_count")
        for _ in range(0, empty, STEP_PAGES):
            connection.executescript(f"PRAGMA incremental_vacuum({STEP_PAGES})")  # execute would free a single page
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def used_bytes(cache: SQLiteCache) -> int:
    with _connection(cache) as connection:
        return _used(connection)


def _as_many_as_weigh(wanted: int, rows: list[tuple[str, int]]) -> Iterator[str]:
    for key, size in rows:
        if wanted <= 0:
            return
        wanted -= size
        yield key


def _used(connection: sqlite3.Connection) -> int:
    pages = _pragma(connection, "page_count") - _pragma(connection, "freelist_count")
    return pages * _pragma(connection, "page_size")


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


@contextmanager
def _connection(cache: SQLiteCache) -> Iterator[sqlite3.Connection]:
    path = Path(cache.responses.db_path)
    with closing(sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)) as connection:
        yield connection

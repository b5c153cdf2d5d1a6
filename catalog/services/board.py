"""A notice board that all processes of the site share: one small fact under each name, the latest only.

It is neither the database nor a cache, so that it can be read when those are what does not work: files below DATA_DIR,
or a hash in the Redis of CACHE_URL. Where it cannot be written, nothing is known, and nothing else changes.
"""

from __future__ import annotations

import json
import os
import threading
from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import redis
from django.conf import settings

Fact = dict[str, Any]  # what JSON can hold


class Board(ABC):
    @abstractmethod
    def put(self, name: str, fact: Fact) -> None: ...

    @abstractmethod
    def facts(self) -> Mapping[str, Fact]: ...

    def get(self, name: str) -> Fact:
        return self.facts().get(name, {})


class FileBoard(Board):
    """A file for each name, replaced whole."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, name: str, fact: Fact) -> None:
        ours = self._folder / f".{os.getpid()}-{threading.get_ident()}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            ours.write_text(json.dumps(fact))
            ours.replace(self._folder / f"{quote(name, safe='')}.json")
        except OSError:
            with suppress(OSError):
                ours.unlink()

    def facts(self) -> Mapping[str, Fact]:
        return {unquote(path.stem): fact for path in self._folder.glob("*.json") if (fact := _read(path))}

    def get(self, name: str) -> Fact:
        return _read(self._folder / f"{quote(name, safe='')}.json")


class RedisBoard(Board):
    def __init__(self, url: str, kind: str) -> None:
        from catalog.services.transport.store import redis_client  # which begins with us

        self._client, self._key = redis_client(url), f"animesite-board-{kind}"

    def put(self, name: str, fact: Fact) -> None:
        try:
            self._client.hset(self._key, name, json.dumps(fact))
        except redis.RedisError:
            return

    def facts(self) -> Mapping[str, Fact]:
        try:
            found: Any = self._client.hgetall(self._key)
        except redis.RedisError:
            return {}
        return {name.decode(): fact for name, text in found.items() if (fact := _decoded(text))}


def board(kind: str) -> Board:
    if settings.CACHE_URL.startswith("redis"):
        return RedisBoard(settings.CACHE_URL, kind)
    return FileBoard(settings.DATA_DIR / "board" / kind)


def _read(path: Path) -> Fact:
    try:
        return _decoded(path.read_bytes())
    except OSError:
        return {}


def _decoded(text: bytes) -> Fact:
    try:
        fact = json.loads(text)
    except ValueError:
        return {}
    return fact if isinstance(fact, dict) else {}

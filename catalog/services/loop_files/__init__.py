"""The files of loops as our own: fetched once through the transport, verified, kept on disk and served from there.

A page of somebody else asks for them all at once and for as long as it stands, so its pictures must not depend on the
upstream being up, and an upstream must not be asked for the same file by every reader of that page.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from django.conf import settings

from catalog.domain.loops import LOOP_FILE_KEYS, Loop
from catalog.services import animeloop, loop_index
from catalog.services.animeloop import LoopFilter
from catalog.services.errors import UpstreamBadData, UpstreamError, UpstreamNotFound, UpstreamUnavailable
from catalog.services.loop_files import shelf
from catalog.services.loop_files.shelf import Kept, by_etag
from catalog.services.loop_files.verify import is_whole
from catalog.services.media import media_url
from catalog.services.transport import Upstream, download
from catalog.services.transport.locks import Locks, LockTimeout, new_locks

__all__ = ["CONTENT_TYPES", "LOOP_FILE_KEYS", "Kept", "by_etag", "draw", "key_of", "known", "of"]

NAME = "animeloop"
CONTENT_TYPES = {"gif": "image/gif", "jpg": "image/jpeg", "mp4": "video/mp4"}
FILES = Upstream("animeloop files", "ANIMELOOP_URL")  # apart from the API, which is up or down by itself
FILE_SECONDS = 10.0  # megabytes take longer than words
MOST_DRAWS = 4  # a loop may lack the file that is wanted
MOST_COMPARED = 500  # of the files that are here
MOST_ON_THEIR_WAY = 4  # files that one web process waits for at a time, so that threads are left for pages

_slots = threading.BoundedSemaphore(MOST_ON_THEIR_WAY)


class Busy(Exception):
    """As many files as may are on their way."""


def key_of(size: str, type: str) -> str | None:
    """The document's name of the form, such as "mp4_720p"; ``None`` for one that loops do not have."""
    key = f"{type}_{size}"
    return key if key in LOOP_FILE_KEYS else None


def known(loop_id: str, key: str) -> Kept | None:
    """The file where it is on disk already: then nobody need be asked what the loop is."""
    return shelf.find(loop_id.lower(), key) if animeloop.is_object_id(loop_id) else None


def of(loop: Loop, key: str, *, wait: bool = True) -> Kept:
    """The loop's file, from disk where it has been asked for before. Not ``wait``: raises Busy rather than queue."""
    kept = shelf.find(loop.id, key)
    if kept is not None:
        return kept
    with _slot(wait), _alone(loop.id, key):
        return shelf.find(loop.id, key) or _fetched(loop, key)


def draw(where: LoopFilter, key: str, seed: str | None = None) -> Kept:
    """The file of a random loop; UpstreamNotFound where none matches.

    Without a seed, a file that cannot be had gives way to one that is here and matches. A seed means one loop, so with
    it there is no substitute: a cache on the way would keep the wrong one.
    """
    try:
        loop = _loop(where, key, seed)
        return of(loop, key, wait=seed is not None)
    except Busy:
        return _kept_one(where, key) or of(loop, key)
    except UpstreamError:
        kept = _kept_one(where, key) if seed is None else None
        if kept is None:
            raise
        return kept


def _loop(where: LoopFilter, key: str, seed: str | None) -> Loop:
    """A loop that has such a file."""
    for draw in range(MOST_DRAWS):
        loop = loop_index.pick(where, seed=f"{seed}/{draw}" if seed is not None and draw else seed)
        if loop.url(key):
            return loop
    raise UpstreamNotFound(NAME, f"a random loop as {key}", "none of those that were drawn has such a file")


def _kept_one(where: LoopFilter, key: str) -> Kept | None:
    """One of the files that are here and match."""
    ids = shelf.loops_with(key)
    ids = loop_index.fitting(where, random.sample(ids, min(len(ids), MOST_COMPARED)))
    return shelf.find(random.choice(ids), key) if ids else None


def _fetched(loop: Loop, key: str) -> Kept:
    url, type = media_url(loop.url(key)), key.partition("_")[0]
    if url is None:
        raise UpstreamNotFound(NAME, f"{key} of loop {loop.id}", "the loop has no such file")
    file = download(FILES, url, max_bytes=settings.UPSTREAM_MAX_BYTES, seconds=FILE_SECONDS, accept=CONTENT_TYPES[type])
    if file is None or not is_whole(file.content, type):
        raise UpstreamBadData(NAME, url, f"what is no {type} file")
    try:
        return shelf.keep(loop.id, key, file.content)
    except OSError as error:
        raise UpstreamUnavailable(NAME, url, f"no room to keep it: {error}") from error


@contextmanager
def _slot(wait: bool) -> Iterator[None]:
    if not _slots.acquire(blocking=wait, timeout=FILE_SECONDS if wait else None):
        if not wait:
            raise Busy
        raise UpstreamUnavailable(NAME, "a file", "too many files are on their way")
    try:
        yield
    finally:
        _slots.release()


@contextmanager
def _alone(loop_id: str, key: str) -> Iterator[None]:
    """One request for one file, however many ask, across processes."""
    try:
        with _locks(settings.CACHE_URL, settings.DATA_DIR).hold(
            f"file-{key}-{loop_id}", settings.UPSTREAM_DEADLINE_SECONDS
        ):
            yield
    except LockTimeout:
        raise UpstreamUnavailable(NAME, f"{key} of loop {loop_id}", "another process is still waiting for it") from None


@cache
def _locks(cache_url: str, data_dir: Path) -> Locks:
    return new_locks()

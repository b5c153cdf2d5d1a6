"""Files of loops on this machine's disk: one of each loop and form, no more than fit, the longest unused go first.

``DATA_DIR/loop_files/<form>/<loop>/<digest of the content>``. What is here can always be fetched anew.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings

from catalog.domain.loops import LOOP_FILE_KEYS

ETAG = re.compile(r"([0-9a-f]{24})-([0-9a-f]{16})")
DIGEST_BYTES = 8
IN_USE_SECONDS = 60.0  # whoever found a file has this long to open it
TIDY_TO = 0.9  # of what may be kept, so that not every new file costs a look at all
UNFINISHED_SECONDS = 3600.0
PARTIAL = "partial"


@dataclass(frozen=True, slots=True)
class Kept:
    """A whole file; ``key`` is its name in the document, such as ``mp4_720p``."""

    path: Path
    key: str
    loop_id: str
    size: int

    @property
    def etag(self) -> str:
        """Names loop and content, so that a client that has a part can ask for another part of the same file."""
        return f"{self.loop_id}-{self.path.name}"


def find(loop_id: str, key: str) -> Kept | None:
    with suppress(FileNotFoundError, NotADirectoryError):
        for entry in os.scandir(_folder() / key / loop_id):
            _used(Path(entry.path), entry.stat())
            return Kept(Path(entry.path), key, loop_id, entry.stat().st_size)
    return None


def by_etag(etag: str, key: str) -> Kept | None:
    match = ETAG.fullmatch(etag)
    kept = find(match[1], key) if match else None
    return kept if kept and kept.etag == etag else None


def loops_with(key: str) -> list[str]:
    """The ids of all loops whose file of that form is here."""
    try:
        return os.listdir(_folder() / key)
    except FileNotFoundError:
        return []


def keep(loop_id: str, key: str, content: bytes) -> Kept:
    """Raises OSError where the disk will not have it."""
    partial = _folder() / PARTIAL
    partial.mkdir(parents=True, exist_ok=True)
    path = _folder() / key / loop_id / blake2b(content, digest_size=DIGEST_BYTES).hexdigest()
    with NamedTemporaryFile(dir=partial, delete=False) as file:
        try:
            file.write(content)
            file.flush()
            _put(Path(file.name), path)
        except OSError:
            os.unlink(file.name)
            raise
    _used(path, path.stat())
    _tidy()
    return Kept(path, key, loop_id, len(content))


def _used(path: Path, stat: os.stat_result) -> None:
    """Now; file systems themselves may note it as rarely as once a day."""
    with suppress(OSError):
        os.utime(path, (time.time(), stat.st_mtime))


def _put(file: Path, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        file.replace(path)
    except FileNotFoundError:  # tidied away in this very moment
        path.parent.mkdir(parents=True, exist_ok=True)
        file.replace(path)


def _tidy() -> None:
    """Drop the longest unused until the rest fits well."""
    if sum(stat.st_size for _, stat in _files()) > settings.LOOP_FILES_MAX_BYTES:
        shrink(int(settings.LOOP_FILES_MAX_BYTES * TIDY_TO))


def shrink(most_bytes: int) -> int:
    """Drop the longest unused until the others fit, but for what may be in use now; return how many bytes went."""
    files = list(_files())
    before = size = sum(stat.st_size for _, stat in files)
    unused = time.time() - IN_USE_SECONDS
    for path, stat in sorted(files, key=lambda file: file[1].st_atime):
        if size <= most_bytes or stat.st_atime > unused:
            break
        with suppress(OSError):
            path.unlink()
            size -= stat.st_size
            path.parent.rmdir()
    return before - size


def make_room(wanted_bytes: int) -> int:
    """Drop the longest unused until so much is free; return how many bytes went."""
    return shrink(max(0, sum(stat.st_size for _, stat in _files()) - wanted_bytes))


def remove_unfinished() -> int:
    """Delete what processes that were killed left half-written; return how many files there were."""
    removed, before = 0, time.time() - UNFINISHED_SECONDS
    for path in (_folder() / PARTIAL).glob("*"):
        with suppress(OSError):
            if path.stat().st_mtime < before:
                path.unlink()
                removed += 1
    return removed


def _files() -> Iterator[tuple[Path, os.stat_result]]:
    """With what a process left unfinished."""
    for key in (*LOOP_FILE_KEYS, PARTIAL):
        for path in (_folder() / key).glob("*" if key == PARTIAL else "*/*"):
            with suppress(FileNotFoundError):
                yield path, path.stat()


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "loop_files"

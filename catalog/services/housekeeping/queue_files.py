"""The embedded queue is a folder: what nobody will ever take from it has to be deleted by somebody."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

OLD_SECONDS = 2 * 86400.0  # a task that has waited for so long is asked for again by the clock
CONTROL_SECONDS = 3600.0  # of a word to workers, or their answer
MESSAGE_MAX_BYTES = 1024 * 1024
CONTROL = ("pidbox", "celeryev")  # in the names of queues of words to workers and of their events


def remove_old() -> int:
    """Delete tasks past their expiry or OLD_SECONDS, and what was said between workers; return how many files went."""
    return sum(map(_removed, [*_old_messages(), *_old_controls()]))


def _old_messages() -> Iterator[Path]:
    for path in (_queue() / "messages").glob("*.msg"):
        limit = CONTROL_SECONDS if any(word in path.name for word in CONTROL) else OLD_SECONDS
        if _is_older(path, limit) or _is_expired(path):
            yield path
    for unfinished in (_queue() / "messages").glob("*.unfinished"):
        if _is_older(unfinished, CONTROL_SECONDS):
            yield unfinished


def _old_controls() -> Iterator[Path]:
    """Lists of who waits for an answer, on which who asks again is put anew; and copies of messages that were taken."""
    for folder, pattern in (("control", "reply.*.exchange"), ("processed", "*.msg")):
        for path in (_queue() / folder).glob(pattern):
            if _is_older(path, OLD_SECONDS):
                yield path


def _is_expired(path: Path) -> bool:
    """Whether its own header says so. What cannot be read is left to who takes it."""
    try:
        with path.open("rb") as file:
            message: Any = json.loads(file.read(MESSAGE_MAX_BYTES))
        expires = datetime.fromisoformat(message["headers"]["expires"])
    except (OSError, ValueError, LookupError, TypeError):
        return False
    return expires.tzinfo is not None and expires < timezone.now()


def _is_older(path: Path, seconds: float) -> bool:
    with suppress(OSError):
        return path.stat().st_mtime < time.time() - seconds
    return False


def _removed(path: Path) -> bool:
    with suppress(OSError):  # a worker may have taken it
        path.unlink()
        return True
    return False


def _queue() -> Path:
    return Path(settings.DATA_DIR) / "queue"

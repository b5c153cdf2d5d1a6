"""How background tasks ended lately: the latest end of each, where all processes can read it."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime

from catalog.services.board import board

SHARE_SECONDS = 5.0  # between two notes of the same task that succeeds again and again
REASON_LENGTH = 300

_lock = threading.Lock()
_shared: dict[str, float] = {}


@dataclass(frozen=True, slots=True)
class TaskNote:
    """``ended_at``: of the last run that was noted; ``reason``: why the last that failed did, ``failed_at`` when."""

    name: str
    ended_at: datetime
    seconds: float
    failed_at: datetime | None = None
    reason: str = ""

    @property
    def short(self) -> str:
        return self.name.removeprefix("catalog.tasks.")

    @property
    def failed(self) -> bool:
        return self.failed_at is not None and self.failed_at >= self.ended_at


def note(name: str, seconds: float, failure: str = "") -> None:
    """A task of this name has ended; ``failure``: what stopped it."""
    with _lock:
        if not failure and time.monotonic() - _shared.get(name, -SHARE_SECONDS) < SHARE_SECONDS:
            return
        if failure:
            _shared.pop(name, None)  # that it succeeds again is told at once
        else:
            _shared[name] = time.monotonic()
    now = time.time()
    tasks = board("tasks")
    fact = tasks.get(name) | {"ended_at": now, "seconds": round(seconds, 3)}
    tasks.put(name, fact | ({"failed_at": now, "reason": failure[:REASON_LENGTH]} if failure else {}))


def notes() -> list[TaskNote]:
    """By name; what is no note of ours is left out."""
    found = []
    for name, fact in sorted(board("tasks").facts().items()):
        ended, failed = fact.get("ended_at"), fact.get("failed_at")
        if isinstance(ended, int | float):
            at = datetime.fromtimestamp(failed, UTC) if isinstance(failed, int | float) else None
            seconds, reason = float(fact.get("seconds", 0)), str(fact.get("reason", ""))
            found.append(TaskNote(name, datetime.fromtimestamp(ended, UTC), seconds, at, reason))
    return found

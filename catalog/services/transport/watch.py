"""How the upstreams have been lately, as all processes together know it.

Every exchange is noted in memory. The board learns of it when an upstream comes or goes, and otherwise once in
SHARE_SECONDS, so that a busy process does not write for each call.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median
from typing import Any

from catalog.services.board import Board, board

SHARE_SECONDS = 5.0
RECENT = 20  # exchanges whose durations count
REASON_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Health:
    """What is known of one upstream; ``milliseconds``: the median of its recent good answers.

    ``reason`` is why the last call that failed did, whether or not others succeeded since.
    """

    succeeded_at: datetime | None = None
    failed_at: datetime | None = None
    reason: str = ""
    milliseconds: int | None = None

    @property
    def answers(self) -> bool | None:
        """How the last call ended; None before there was one."""
        if self.succeeded_at is None and self.failed_at is None:
            return None
        return self.failed_at is None or (self.succeeded_at is not None and self.succeeded_at >= self.failed_at)


class Watch:
    """One process's notes."""

    def __init__(self) -> None:
        self._board = shared()
        self._lock = threading.Lock()
        self._known: dict[str, dict[str, Any]] = {}
        self._shared: dict[str, float] = {}

    def note(self, name: str, seconds: float, failure: str = "") -> None:
        """One exchange with the upstream of this name; ``failure``: why it is none that tells that all is well."""
        with self._lock:
            known = self._known.setdefault(name, {})
            before = _of(known).answers
            if failure:
                known |= {"failed_at": time.time(), "reason": failure[:REASON_LENGTH]}
            else:
                recent = [*known.get("recent", []), [time.time(), round(seconds * 1000)]]
                known |= {"succeeded_at": time.time(), "recent": recent[-RECENT:]}
            changed = before is not None and before != _of(known).answers
            if not changed and time.monotonic() - self._shared.get(name, -SHARE_SECONDS) < SHARE_SECONDS:
                return
            self._shared[name], ours = time.monotonic(), dict(known)
        self._board.put(name, _merged(self._board.get(name), ours))


def shared() -> Board:
    return board("upstreams")


def health() -> dict[str, Health]:
    """By the upstream's name, without those that were never asked."""
    return {name: _of(fact) for name, fact in shared().facts().items()}


def _merged(theirs: dict[str, Any], ours: dict[str, Any]) -> dict[str, Any]:
    """The later of each. Two processes that write in the same moment lose one of the two, until the next."""
    last = max(theirs, ours, key=lambda fact: fact.get("failed_at", 0.0))
    recent = {tuple(one) for fact in (theirs, ours) for one in fact.get("recent", [])}
    merged = {
        name: max(moments)
        for name in ("succeeded_at", "failed_at")
        if (moments := [fact[name] for fact in (theirs, ours) if name in fact])
    }
    return merged | {"reason": last.get("reason", ""), "recent": sorted(recent)[-RECENT:]}


def _of(fact: dict[str, Any]) -> Health:
    durations = [one[1] for one in fact.get("recent", [])]
    return Health(
        succeeded_at=_moment(fact.get("succeeded_at")),
        failed_at=_moment(fact.get("failed_at")),
        reason=str(fact.get("reason", "")),
        milliseconds=round(median(durations)) if durations else None,
    )


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)

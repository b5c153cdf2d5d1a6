"""Putting away what nobody needs any more, so that the site can run for years."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from catalog.services import lists, posters, transport
from catalog.services.housekeeping import queue_files, room, rows
from catalog.services.loop_files import shelf

log = logging.getLogger(__name__)

LEFT_SECONDS = 86400.0  # no lock is held and no note written for so long


def remove_leftovers() -> int:
    """Delete what processes that were killed left beside the saved answers and the board."""
    removed, before = 0, time.time() - LEFT_SECONDS
    folder = Path(settings.DATA_DIR)
    for pattern in ("upstream/locks/*.lock", "upstream/marks.[0-9]*", "board/*/.*"):
        for path in folder.glob(pattern):
            with suppress(OSError):
                if path.stat().st_mtime < before:
                    path.unlink()
                    removed += 1
    return removed


JOBS: tuple[tuple[str, Callable[[], int | None]], ...] = (
    ("answers", transport.prune),
    ("unused posters", posters.remove_unused),
    ("unfinished files", shelf.remove_unfinished),
    ("queue files", queue_files.remove_old),
    ("leftovers", remove_leftovers),
    ("sessions", rows.clear_sessions),
    ("visits", rows.remove_faded_visits),
    ("days of widgets", rows.add_up_old_views),
    ("addresses of lists", lists.remove_unused),
    ("bytes beyond the size", room.hold),
)


def tidy() -> dict[str, int]:
    """Do all of it; return what was removed, by its name. Where a part fails, the others are done."""
    done: dict[str, int] = {}
    for name, job in JOBS:
        try:
            if removed := job():
                done[name] = removed
        except Exception:
            log.exception("housekeeping failed for %s", name)
    return done

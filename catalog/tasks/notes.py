"""What every task leaves behind: how it ended and how long it took."""

from __future__ import annotations

import time
from typing import Any

from celery.signals import task_postrun, task_prerun

from catalog.services import metrics, task_notes

_began: dict[str, float] = {}


@task_prerun.connect
def begins(task_id: str, **_: Any) -> None:
    _began[task_id] = time.monotonic()


@task_postrun.connect
def ends(task_id: str, task: Any, state: str | None = None, retval: Any = None, **_: Any) -> None:
    began = _began.pop(task_id, None)
    if began is None:
        return
    seconds = time.monotonic() - began
    failure = f"{type(retval).__name__}: {retval}" if state == "FAILURE" else ""
    metrics.task(task.name, (state or "unknown").lower(), seconds)
    task_notes.note(task.name, seconds, failure)

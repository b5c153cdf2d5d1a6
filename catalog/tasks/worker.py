"""What the only worker does beside its tasks: keeping the clock, and listening to live notices.

In threads of its own, which weigh a megabyte; processes of their own would weigh sixty and eighty. Where there are
several workers, ``celery beat`` and ``manage.py listen`` run once beside them.
"""

from __future__ import annotations

import logging
import threading
from typing import Any

from celery.beat import Service
from celery.signals import worker_ready, worker_shutting_down
from django.conf import settings

from animesite import celery_app
from catalog.tasks.live import listen

log = logging.getLogger(__name__)

AGAIN_SECONDS = 5.0

_stop = threading.Event()


@worker_ready.connect
def begin(**_: Any) -> None:
    if not settings.WORKER_ALONE:
        return
    threading.Thread(target=_keep_the_clock, name="clock", daemon=True).start()
    threading.Thread(target=listen, args=[_stop], name="listener", daemon=True).start()


@worker_shutting_down.connect
def end(**_: Any) -> None:
    _stop.set()


def _keep_the_clock() -> None:
    """Again and again: a clock whose file cannot be written, as on a full disk, stops."""
    schedule = str(settings.DATA_DIR / "queue" / "beat")
    while not _stop.is_set():
        try:
            clock: Any = Service(celery_app, schedule_filename=schedule)
            clock.start()
        except Exception:
            log.exception("the clock has stopped; it goes on in %g s", AGAIN_SECONDS)
        _stop.wait(AGAIN_SECONDS)

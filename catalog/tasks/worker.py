"""What the only worker does beside its tasks: keeping the clock, and listening to live notices.

In threads of its own, which weigh a megabyte; processes of their own would weigh sixty and eighty. Where there are
several workers, ``celery beat`` and ``manage.py listen`` run once beside them.
"""

from __future__ import annotations

import threading
from typing import Any

from celery.beat import EmbeddedService
from celery.signals import worker_ready, worker_shutting_down
from django.conf import settings

from animesite import celery_app
from catalog.tasks.live import listen

_stop = threading.Event()


@worker_ready.connect
def begin(**_: Any) -> None:
    if not settings.WORKER_ALONE:
        return
    schedule = str(settings.DATA_DIR / "queue" / "beat")
    clock: Any = EmbeddedService(celery_app, thread=True, schedule_filename=schedule)
    clock.start()
    threading.Thread(target=listen, args=[_stop], name="listener", daemon=True).start()


@worker_shutting_down.connect
def end(**_: Any) -> None:
    _stop.set()

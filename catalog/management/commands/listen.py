"""``manage.py listen``: holds AniLibria's WebSocket open and renews what it says to have changed."""

from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand

from catalog.tasks.live import listen


class Command(BaseCommand):
    help = "Listen to AniLibria's live notices, until stopped. The worker of `up` does it by itself."

    def handle(self, *args: Any, **options: Any) -> None:
        def end(number: int, frame: FrameType | None) -> None:
            raise SystemExit(0)

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, end)
        listen(threading.Event())

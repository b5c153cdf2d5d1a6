"""``manage.py listen``: holds AniLibria's WebSocket open and renews what it says to have changed."""

from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from catalog.services import anilibria, live
from catalog.tasks.live import follow_up


class Command(BaseCommand):
    help = "Listen to AniLibria's live notices, until stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()

        def end(number: int, frame: FrameType | None) -> None:
            stop.set()
            raise SystemExit(0)

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, end)
        hearing, renewing, connections = live.Hearing(), live.Renewing(follow_up), 0

        def connected() -> None:
            nonlocal connections
            connections += 1
            if connections > 1:
                live.missed_some()

        for notice in anilibria.notices(settings.ANILIBRIA_SUBSCRIBE, connected, stop):
            if changed := hearing.change(notice):
                renewing.add(changed)

"""What takes longer once a title has changed, and its pages already show it."""

from __future__ import annotations

import logging
import threading
from itertools import count

from celery import current_app, shared_task
from django.conf import settings

from catalog.services import anilibria, index, live
from catalog.services.errors import UpstreamError

log = logging.getLogger(__name__)

BUSY_SECONDS, BUSY_TIMES = 3, 10
WORTH_SECONDS = 600


def listen(stop: threading.Event) -> None:
    """Follow the live notices until ``stop``."""
    hearing, renewing = live.Hearing(), live.Renewing(follow_up)
    times = count()

    def connected() -> None:
        if next(times):
            live.missed_some()

    for notice in anilibria.notices(settings.ANILIBRIA_SUBSCRIBE, connected, stop):
        if changed := hearing.change(notice):
            renewing.add(changed)
    renewing.stop()


def follow_up(ids: list[int]) -> None:
    """Enqueue the new rows of the index, which the posters follow, and the torrents of these titles."""
    refresh_titles_in_index.apply_async((ids,), expires=WORTH_SECONDS)
    current_app.send_task("catalog.tasks.torrents.look_at_torrents", (ids,), expires=WORTH_SECONDS)


@shared_task(bind=True, max_retries=BUSY_TIMES, default_retry_delay=BUSY_SECONDS)
def refresh_titles_in_index(self, ids: list[int]) -> None:  # type: ignore[no-untyped-def]
    """Read these titles into the index again, and have their posters looked at.

    The next look at what changed does it where this cannot.
    """
    try:
        if changed := index.refresh_titles(ids):
            log.info("%s titles of the index changed", changed)
            current_app.send_task("catalog.tasks.posters.enqueue_posters", expires=WORTH_SECONDS)
    except index.Busy as exc:
        raise self.retry(exc=exc) from exc
    except UpstreamError as exc:
        log.warning("changed titles cannot be read into the index: %s", exc)

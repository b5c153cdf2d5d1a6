"""Keeping fresh what pages are made of: the fixed pages and those visited most ask for nothing that is not there.

Each page's answers are renewed before the first of them expires, at a moment drawn by lot, so that what began together
does not stay together. Of one upstream never more than ``AT_ONCE`` answers are asked for at a time; one that is left
alone by the transport is not asked at all, and its pages are looked at again a little later.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial

from django.conf import settings
from django.db import DatabaseError

from catalog.services import anilibria, asked, transport, visits
from catalog.services.errors import UpstreamError
from catalog.services.together import together

log = logging.getLogger(__name__)

VISITED_PAGES = 40
DUE_SHARE = 0.6  # of a lifetime, after which a copy may be renewed ...
EARLIEST, LATEST = 0.62, 0.8  # ... and the shares between which its page's turn comes
LONGEST_PAUSE_SECONDS = 0.3  # between two pages
SETTLE_SECONDS = 6.0
AGAIN_SECONDS = 10.0  # after a failure; up to twice as long

Asking = Callable[[], asked.Calls]

FIXED: dict[str, Asking] = {
    "home": asked.home,
    "schedule": lambda: {"schedule": anilibria.schedule},
    "feed": lambda: {"feed": asked.feed},
    "clips": lambda: {"clips": asked.clips},
    "filters": asked.filters,
}


class Warmth:
    """When the turn of each page comes, as far as this process knows."""

    def __init__(self) -> None:
        self._turns: dict[str, float] = {}
        self._lock = threading.Lock()

    def keep(self, seconds: float) -> int:
        """Renew what is due, for about so long at most; return how many pages had their turn."""
        if not self._lock.acquire(blocking=False):
            return 0
        try:
            return self._keep(time.monotonic() + seconds)
        finally:
            self._lock.release()

    def _keep(self, until: float) -> int:
        pages = dict(_pages())
        self._turns = {name: self._turns.get(name, 0.0) for name in pages}
        done = 0
        for name in sorted(pages, key=lambda name: self._turns[name]):
            if self._turns[name] > time.time() or time.monotonic() > until:
                break
            self._turns[name] = time.time() + warm(pages[name]())
            done += 1
            time.sleep(random.uniform(0, LONGEST_PAUSE_SECONDS))
        return done


def warm(calls: asked.Calls) -> float:
    """Renew what of these answers is due; return in how many seconds their turn comes again."""
    with transport.renewing(transport.past_share(DUE_SHARE)) as renewal:
        together(**calls)
        whole = renewal.settle(SETTLE_SECONDS)
    with transport.renewing(lambda fetched_at, ttl: False) as held, transport.without_waiting():
        for call in calls.values():
            with suppress(UpstreamError, transport.NotReady):
                call()
    if not whole or held.expires is None:
        return random.uniform(1, 2) * AGAIN_SECONDS * settings.UPSTREAM_TTL_SCALE
    left = held.expires - time.time()
    return max(1.0 * settings.UPSTREAM_TTL_SCALE, random.uniform(EARLIEST, LATEST) * left)


def _pages() -> Iterator[tuple[str, Asking]]:
    yield from FIXED.items()
    try:
        visited = visits.most(VISITED_PAGES)
    except DatabaseError as exc:
        log.warning("the visits cannot be read: %s", exc)
        return
    for page in visited:
        yield f"{page.kind}/{page.key}", partial(asked.visited, page.kind, page.key)


_warmth = Warmth()
keep = _warmth.keep

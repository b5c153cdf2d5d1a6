"""What changed since the last look, and single titles that somebody knows to have changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from catalog.models import IndexState
from catalog.services import anilibria
from catalog.services.errors import UpstreamNotFound
from catalog.services.index.crawl import INDEX_FIELDS, newest
from catalog.services.index.lease import Lease
from catalog.services.index.rows import remove, store

CHANGED_AT_ONCE = 100
OVERLAP = timedelta(minutes=1)  # what was written in the same second, or late


def catch_up(lease: Lease) -> int:
    """Store what getChanges and getUpdates list since the last look; return how many titles said something new.

    Both, because a new torrent moves the time of a title's release and not that of its last edit.
    """
    written = _read_on(lease, "changes_seen_at") + _read_on(lease, "updates_seen_at")
    lease.update(refreshed_at=timezone.now(), failed_at=None)
    return written


def refetch(lease: Lease, ids: Iterable[int]) -> int:
    """Store these titles as they are now, and remove those that are no more."""
    wanted = sorted(set(ids))
    try:
        titles = anilibria.titles(ids=wanted, fields=INDEX_FIELDS, anew=True).value
    except UpstreamNotFound:
        titles = ()
    gone = set(wanted) - {title.id for title in titles}
    return store(lease, titles, seen_at=timezone.now()) + (remove(lease, gone) if gone else 0)


def _read_on(lease: Lease, clock: str) -> int:
    """``clock``: the field of the state that says how far this method has been read."""
    ask, moment = {
        "changes_seen_at": (anilibria.changes, "changed_at"),
        "updates_seen_at": (anilibria.updates, "updated_at"),
    }[clock]
    last = getattr(IndexState.objects.get(holder=lease.holder), clock)
    since = last - OVERLAP if last else None
    seen: set[int] = set()
    written, latest = 0, last
    while True:
        page = ask(CHANGED_AT_ONCE, after=len(seen), since=since, fields=INDEX_FIELDS, anew=True).value
        if not {title.id for title in page} - seen:
            break
        written += store(lease, page, seen_at=timezone.now())
        seen |= {title.id for title in page}
        latest = newest([latest, *(getattr(title, moment) for title in page)])
        lease.update()
    if latest != last:
        lease.update(**{clock: latest})
    return written

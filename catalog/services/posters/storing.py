"""Fetching posters: claimed, so that nobody else does the same; then fetched, encoded and stored side by side."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, Q, QuerySet
from django.utils import timezone

from catalog.models import StoredPoster
from catalog.services.errors import UpstreamError, UpstreamUnavailable
from catalog.services.media import media_url
from catalog.services.posters import files
from catalog.services.posters.pictures import Unusable, digest_of, pictures_of
from catalog.services.transport import Download, Upstream, download
from catalog.services.transport.upstream import origin

log = logging.getLogger(__name__)

POSTERS = Upstream("posters", "ANILIBRIA_STATIC_URL")
ACCEPT = "image/webp, image/jpeg, image/png, image/gif"
MAX_BYTES = 8 * 1024 * 1024
FETCH_SECONDS = 15.0
FETCHES = 4  # at a time from one origin
MAKERS = os.cpu_count() or 1
NICENESS = 5  # whoever waits for a page goes first
BATCH = 32
BATCH_SECONDS = 20.0  # then no other poster of the batch is begun
LEASE = timedelta(seconds=45)  # a batch, its last fetch and its last picture
RECHECK = timedelta(days=30)
DELAYS = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 2 * 60, 12 * 60, 24 * 60, 3 * 24 * 60, 7 * 24 * 60)]

_fetching: defaultdict[str, threading.BoundedSemaphore] = defaultdict(lambda: threading.BoundedSemaphore(FETCHES))
_making = threading.BoundedSemaphore(MAKERS)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What becomes of a row: ``changes`` to it, ``word`` for the log; nothing where it was not begun."""

    changes: dict[str, Any] = field(default_factory=dict)
    word: str = ""


def due(limit: int = BATCH) -> list[int]:
    """Ids of the posters to fetch next; none while somebody is at it."""
    if _claimed().exists():
        return []
    rows = StoredPoster.objects.filter(next_try_at__lte=timezone.now())
    return list(rows.order_by("rank", "pk").values_list("pk", flat=True)[:limit])


def store_posters(ids: Sequence[int]) -> int:
    """Fetch and store those of these that are due and nobody else has claimed; return how many were asked for."""
    rows = _claim(ids)
    if not rows:
        return 0
    until, words = time.monotonic() + BATCH_SECONDS, Counter[str]()
    with ThreadPoolExecutor(FETCHES + MAKERS, "posters", _give_way, (rows[0].rank,)) as threads:
        jobs = {threads.submit(_attempt, row, until): row for row in rows}
        for job in as_completed(jobs):
            outcome = job.result()
            _write(jobs[job], outcome)
            words[outcome.word] += 1
    log.info("posters: %s", ", ".join(f"{number} {word or 'left for later'}" for word, number in words.items()))
    return len(rows)


def ask_again(rows: Iterable[int]) -> int:
    """Have these posters fetched anew as soon as possible, whatever is stored of them; return how many there are."""
    return StoredPoster.objects.filter(pk__in=list(rows)).update(
        next_try_at=timezone.now(), attempts=0, reason="", etag="", last_modified=""
    )


def _claimed() -> QuerySet[StoredPoster]:
    return StoredPoster.objects.filter(claimed_until__gt=timezone.now())


def _claim(ids: Sequence[int]) -> list[StoredPoster]:
    """All that are due, or none while others are claimed: one batch at a time, wherever it runs."""
    now = timezone.now()
    mine = now + LEASE
    with transaction.atomic():
        rows = StoredPoster.objects.filter(pk__in=ids, next_try_at__lte=now)
        free = rows.filter(Q(claimed_until=None) | Q(claimed_until__lte=now)).exclude(Exists(_claimed()))
        claimed = list(free.select_for_update().values_list("pk", flat=True))
        StoredPoster.objects.filter(pk__in=claimed).update(claimed_until=mine)
    return list(StoredPoster.objects.filter(pk__in=claimed).order_by("rank", "pk"))


def _write(row: StoredPoster, outcome: _Outcome) -> None:
    """One that is wanted from elsewhere by now stays due."""
    rows = StoredPoster.objects.filter(pk=row.pk)
    same = rows.filter(source_url=row.source_url, source_updated_at=row.source_updated_at)
    if not same.update(claimed_until=None, **outcome.changes):
        rows.update(claimed_until=None)


def _give_way(rank: int) -> None:
    """On Linux a thread has a niceness of its own. What the first pages show is urgent, too."""
    if rank:
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)


def _attempt(row: StoredPoster, until: float) -> _Outcome:
    if time.monotonic() > until:
        return _Outcome()
    try:
        return _stored(row)
    except UpstreamUnavailable as exc:
        if exc.retry_after:  # it is left alone: this poster was not even asked for
            return _Outcome({"next_try_at": timezone.now() + timedelta(seconds=exc.retry_after)})
        return _failed(row, exc.message)
    except UpstreamError as exc:
        return _failed(row, f"{exc.code or ''} {exc.message}".strip())
    except Unusable as exc:
        return _failed(row, str(exc))
    except Exception as exc:  # a full disk, a bucket, a bug: whatever it is, the other posters go on
        log.exception("poster %s could not be stored", row)
        return _failed(row, f"cannot be stored: {exc}"[:200])


def _stored(row: StoredPoster) -> _Outcome:
    fetched = fetch(row)
    if fetched is None and row.digest and not files.are_there(row.digest, row.width):
        row.etag = row.last_modified = ""  # our files are lost, so that "unchanged" does not help
        fetched = fetch(row)
    good = {"attempts": 0, "reason": "", "next_try_at": timezone.now() + _scaled(RECHECK)}
    if fetched is None:
        return _Outcome(good, "unchanged")
    good |= {"etag": fetched.etag, "last_modified": fetched.last_modified, "made_of_url": row.source_url}
    digest = digest_of(fetched.content)
    if digest == row.digest and files.are_there(row.digest, row.width):
        return _Outcome(good, "the same")
    with _making:
        pictures = pictures_of(fetched.content)
        size = files.save(digest, pictures)
    made = {"digest": digest, "width": pictures.width, "height": pictures.height, "colour": pictures.colour}
    return _Outcome({**good, **made, "bytes": size, "stored_at": timezone.now()}, "stored")


def fetch(row: StoredPoster) -> Download | None:
    """What the source sends, or ``None`` where that has not changed; raises Unusable or an UpstreamError."""
    url = media_url(row.source_url)
    if url is None:
        raise Unusable("its address is on a host that is not configured")
    validators = {"etag": row.etag, "last_modified": row.last_modified} if row.made_of_url == row.source_url else {}
    with _fetching[origin(url)]:
        return download(POSTERS, url, max_bytes=MAX_BYTES, seconds=FETCH_SECONDS, accept=ACCEPT, **validators)


def _failed(row: StoredPoster, reason: str) -> _Outcome:
    """What is stored stays; with every failure the next attempt is further away."""
    delay = DELAYS[min(row.attempts, len(DELAYS) - 1)]
    changes = {
        "attempts": min(row.attempts + 1, 1000),
        "reason": reason or "failed",
        "next_try_at": timezone.now() + _scaled(delay),
    }
    return _Outcome(changes if row.stored_at else changes | {"stored_at": timezone.now()}, "failed")


def _scaled(span: timedelta) -> timedelta:
    return span * settings.UPSTREAM_TTL_SCALE

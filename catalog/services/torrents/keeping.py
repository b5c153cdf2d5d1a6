"""Looking at titles' torrents and storing what is in them, once for each."""

from __future__ import annotations

import logging
import random
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from catalog.domain.titles import Title, Torrent
from catalog.domain.torrent_files import flaw
from catalog.models import StoredTorrent, TorrentLook
from catalog.services import anilibria
from catalog.services.errors import UpstreamBadData, UpstreamError, UpstreamNotFound, UpstreamRejected
from catalog.services.torrents.outline import MOST_BYTES
from catalog.services.torrents.reading import Contents, read
from catalog.services.torrents.refusal import Refused
from catalog.services.transport import Unacceptable

log = logging.getLogger(__name__)

CLAIM = timedelta(minutes=3)  # longer than a task may take
FIRST_DELAY, LONGEST_DELAY = timedelta(minutes=5), timedelta(days=7)
FIELDS = ("torrents", "updated")

State = StoredTorrent.State


def look_at(ids: Iterable[int]) -> int:
    """Store what is in the torrents of these titles; return how many were stored or refused.

    Titles that somebody else is looking at are left to them. Never raises for an upstream that fails: what is missing
    is tried again after a while that grows.
    """
    claimed = _claim(sorted(set(ids)))
    if not claimed:
        return 0
    try:
        titles = {title.id: title for title in _ask(claimed)}
    except UpstreamError as exc:
        log.warning("torrents of %s titles cannot be looked at: %s", len(claimed), exc)
        for title_id in claimed:
            _note_failure(title_id, str(exc))
        return 0
    done = 0
    for title_id in claimed:
        title = titles.get(title_id)
        done += _look_at(title) if title else _forget(title_id)
    return done


def delay(attempts: int) -> timedelta:
    """How long to wait after so many failures in a row, never quite the same for two."""
    seconds = min(FIRST_DELAY.total_seconds() * 2 ** min(attempts - 1, 20), LONGEST_DELAY.total_seconds())
    return timedelta(seconds=seconds * random.uniform(0.8, 1.2))


def _claim(ids: Sequence[int]) -> list[int]:
    now = timezone.now()
    TorrentLook.objects.bulk_create([TorrentLook(title_id=title_id) for title_id in ids], ignore_conflicts=True)
    free = TorrentLook.objects.filter(Q(claimed_until=None) | Q(claimed_until__lt=now))
    return [title_id for title_id in ids if free.filter(pk=title_id).update(claimed_until=now + CLAIM)]


def _ask(ids: Sequence[int], *, with_files: bool = False) -> tuple[Title, ...]:
    include: tuple[anilibria.Include, ...] = ("raw_torrent",) if with_files else ("torrent_meta",)
    try:
        return anilibria.titles(ids=ids, fields=FIELDS, include=include, anew=True).value
    except UpstreamNotFound:
        return ()


def _look_at(title: Title) -> int:
    """Store the title's torrents that are not stored yet; those that are no more go."""
    known = StoredTorrent.objects.filter(title_id=title.id).in_bulk()
    StoredTorrent.objects.filter(title_id=title.id).exclude(pk__in=[each.id for each in title.torrents]).delete()
    now, stored, failures = timezone.now(), 0, []
    for torrent in title.torrents:
        row = known.get(torrent.id)
        if row is not None and is_of(row, torrent) and (row.state != State.FAILED or not _is_due(row, now)):
            if row.state == State.FAILED:
                failures.append(row.next_try_at or now)
            continue
        row = _store(title, torrent, row)
        stored += row.state != State.FAILED
        if row.state == State.FAILED:
            failures.append(row.next_try_at or now)
    TorrentLook.objects.filter(pk=title.id).update(
        seen_updated_at=title.updated_at,
        looked_at=now,
        attempts=0,
        reason="",
        next_try_at=min(failures, default=None),
        claimed_until=None,
    )
    return stored


def is_of(row: StoredTorrent, torrent: Torrent) -> bool:
    """Whether what is stored under the torrent's number is still about the same torrent."""
    return (row.url, row.declared_hash) == (torrent.url or "", _declared_hash(torrent))


def _declared_hash(torrent: Torrent) -> str:
    return torrent.info_hash or ""


def _is_due(row: StoredTorrent, now: datetime) -> bool:
    return row.next_try_at is None or row.next_try_at <= now


def _store(title: Title, torrent: Torrent, older: StoredTorrent | None) -> StoredTorrent:
    row = StoredTorrent(id=torrent.id, title_id=title.id, url=torrent.url or "", declared_hash=_declared_hash(torrent))
    try:
        _fill(row, title, torrent)
    except (Refused, UpstreamBadData, UpstreamRejected, Unacceptable) as exc:
        row.state, row.reason = State.REFUSED, _in_words(exc)
        log.warning("torrent %s of title %s is refused: %s", torrent.id, title.id, row.reason)
    except UpstreamError as exc:
        row.attempts = 1 + (older.attempts if older is not None and is_of(older, torrent) else 0)
        row.state, row.reason = State.FAILED, _in_words(exc)
        row.next_try_at = timezone.now() + delay(row.attempts)
    row.save()
    return row


def _fill(row: StoredTorrent, title: Title, torrent: Torrent) -> None:
    """Raise Refused or an UpstreamError."""
    row.state = State.STORED
    metadata = torrent.metadata
    if metadata is not None and metadata.files:
        row.source = StoredTorrent.Source.METADATA
        if metadata.info_hash and torrent.info_hash and metadata.info_hash != torrent.info_hash:
            raise Refused(f"the list is of {metadata.info_hash}, the torrent is {torrent.info_hash}")
        if trouble := flaw(metadata.files):
            raise Refused(trouble)
        _take(row, Contents(version="v1", metadata=metadata))
        row.version = ""  # the list does not say
        row.info_hash = metadata.info_hash or torrent.info_hash or ""
        return
    _take(row, read(_file_of(title, torrent), declared_hash=torrent.info_hash))


def _file_of(title: Title, torrent: Torrent) -> bytes:
    if torrent.url:
        return anilibria.torrent_file(torrent.url, max_bytes=MOST_BYTES)
    again = next((other for other in _ask([title.id], with_files=True)), None)
    raws = {each.id: each.raw for each in again.torrents} if again else {}
    if (raw := raws.get(torrent.id)) is None:
        raise Refused("the upstream gives neither a list of files, nor an address, nor the file")
    return raw


def _take(row: StoredTorrent, contents: Contents) -> None:
    metadata = contents.metadata
    row.version = contents.version
    row.reason = "" if contents.version != "v2" else "version 2 alone: clients that know only version 1 cannot open it"
    row.info_hash, row.info_hash_v2 = metadata.info_hash or "", metadata.info_hash_v2 or ""
    row.name, row.trackers, row.created_at = metadata.name or "", list(metadata.trackers), metadata.created_at
    row.files = [[file.name, file.size, file.offset] for file in metadata.files]
    row.size = contents.size


def _in_words(exc: Exception) -> str:
    return (str(exc) or type(exc).__name__)[:500]


def _forget(title_id: int) -> int:
    """The upstream has no such title any more."""
    StoredTorrent.objects.filter(title_id=title_id).delete()
    TorrentLook.objects.filter(pk=title_id).delete()
    return 0


def _note_failure(title_id: int, reason: str) -> None:
    look = TorrentLook.objects.get(pk=title_id)
    look.attempts += 1
    look.reason, look.claimed_until = reason[:500], None
    look.next_try_at = timezone.now() + delay(look.attempts)
    look.save()

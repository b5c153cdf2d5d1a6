"""Addresses where programs read the titles of somebody's list: who holds one can neither change nor revoke it.

Whatever asks the database raises ``UpstreamUnavailable`` while that is away.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import DatabaseError
from django.db.models import Q
from django.utils import timezone

from catalog.domain.lists import Entry
from catalog.models import ListAddress
from catalog.services.errors import UpstreamUnavailable

log = logging.getLogger(__name__)

MOST_TITLES = 500  # of one list; the latest changed
MOST_ADDRESSES = 100_000
UNUSED_DAYS = 400
UNREAD_DAYS = 30  # after which nobody will begin to

_signer = Signer(salt="catalog.my.feed", sep="~")  # both are fit for a path


class NoTitles(ValueError):
    """There is nothing on the list that could have news."""


class NoRoom(Exception):
    """As many addresses are kept as may be."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """``titles``: the ids of those that are followed, which dropped ones are not."""

    titles: tuple[int, ...]
    changed_at: datetime


@contextmanager
def _at_hand() -> Iterator[None]:
    """A database that is away is a source that does not answer."""
    try:
        yield
    except DatabaseError as exc:
        log.warning("the addresses of lists are not at hand: %s", exc)
        raise UpstreamUnavailable(settings.SITE_NAME, "addresses of lists", "the database is away") from exc


def token(public_id: str) -> str:
    """What stands in the address that programs read."""
    return _signer.sign(public_id)


def public_id(token: str) -> str | None:
    """The same read back; nothing for what was never signed here."""
    try:
        return _signer.unsign(token)
    except BadSignature:
        return None


@_at_hand()
def make(entries: Iterable[Entry]) -> str:
    """Keep the titles among them under a new public id. Raises ``NoTitles`` or ``NoRoom``."""
    titles = _titles(entries)
    if not titles:
        raise NoTitles
    if ListAddress.objects.count() >= MOST_ADDRESSES:
        raise NoRoom
    return ListAddress.objects.create(entries=titles).public_id


@_at_hand()
def renew(public_id: str, entries: Iterable[Entry]) -> bool:
    """What the list has now, which is written down only if it is news; false where there is no such address."""
    row = ListAddress.objects.filter(pk=public_id).first()
    if row is None:
        return False
    titles = _titles(entries)
    if titles == row.entries:
        return True
    return bool(ListAddress.objects.filter(pk=public_id).update(entries=titles, updated_at=timezone.now()))


@_at_hand()
def revoke(public_id: str) -> None:
    ListAddress.objects.filter(pk=public_id).delete()


@_at_hand()
def is_there(public_id: str) -> bool:
    return ListAddress.objects.filter(pk=public_id).exists()


@_at_hand()
def subscription(public_id: str) -> Subscription | None:
    """What is followed at that address, noted as read today; nothing where it was revoked."""
    row = ListAddress.objects.filter(pk=public_id).first()
    if row is None:
        return None
    today = timezone.now().date()
    if row.read_at != today:
        ListAddress.objects.filter(pk=public_id).update(read_at=today)
    return Subscription(tuple(id for id, state in row.entries if state != "dropped"), row.updated_at)


def remove_unused() -> int:
    """Delete what nobody read or changed for UNUSED_DAYS; what was never read, when UNREAD_DAYS brought no change."""
    now = timezone.now()
    unused, unread = now - timedelta(days=UNUSED_DAYS), now - timedelta(days=UNREAD_DAYS)
    forgotten = Q(read_at=None, updated_at__lt=unread) | Q(read_at__lt=unused.date(), updated_at__lt=unused)
    return ListAddress.objects.filter(forgotten).delete()[0]


def _titles(entries: Iterable[Entry]) -> list[list[int | str]]:
    titles: list[list[int | str]] = [
        [int(entry.subject), entry.state] for entry in entries if entry.kind == "title" and entry.kept
    ]
    return titles[:MOST_TITLES]

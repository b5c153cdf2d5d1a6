"""Posters that go when the disk is full: those that no page has shown for longest, as far as that is known."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from django.core.files.storage import FileSystemStorage, default_storage
from django.db.models import QuerySet
from django.utils import timezone

from catalog.models import StoredPoster
from catalog.services import visits
from catalog.services.posters.files import names
from catalog.services.posters.wanted import REST

AGAIN = timedelta(days=30)  # until when the drawn poster stands in
BATCH = 100
VISITED = 500  # titles whose posters stay
REASON = "put away, for want of room"


def make_room(wanted_bytes: int) -> int:
    """Put stored posters away until so much is free; return how many.

    Neither those of the front page and of titles that are running nor those of the titles visited most.
    """
    if not isinstance(default_storage, FileSystemStorage):
        return 0  # a bucket is not this disk
    gone = 0
    while wanted_bytes > 0 and (rows := list(_candidates()[:BATCH])):
        for row in rows:
            if wanted_bytes > 0:
                wanted_bytes -= _put_away(row)
                gone += 1
    return gone


def _candidates() -> QuerySet[StoredPoster]:
    """The ones stored longest ago first: nothing new has come of them since."""
    visited = [str(pk) for pk in visits.titles(VISITED)]
    rows = StoredPoster.objects.filter(rank=REST, claimed_until=None).exclude(digest="")
    return rows.exclude(kind=StoredPoster.Kind.TITLE, subject__in=visited).order_by("stored_at", "pk")


def _put_away(row: StoredPoster) -> int:
    """How many bytes that freed; none where another poster is the same picture."""
    StoredPoster.objects.filter(pk=row.pk, digest=row.digest).update(
        digest="", etag="", last_modified="", made_of_url="", bytes=0, reason=REASON,
        stored_at=timezone.now(), next_try_at=timezone.now() + AGAIN,
    )  # fmt: skip
    if StoredPoster.objects.filter(digest=row.digest).exists():
        return 0
    for name in names(row.digest, row.width):
        with suppress(FileNotFoundError):
            default_storage.delete(name)
    return int(row.bytes)

"""Writing rows: only what differs, all of one answer at once, under a new revision."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import DatabaseError, transaction

from catalog.domain.titles import Title
from catalog.models import IndexState, TitleRow
from catalog.services.index.lease import Lease

log = logging.getLogger(__name__)

BOOKKEEPING = {"seen_at", "revision"}
FIELDS = [field.name for field in TitleRow._meta.concrete_fields]
FACTS = [name for name in FIELDS if name not in BOOKKEEPING]


def store(lease: Lease, titles: Iterable[Title], *, seen_at: datetime) -> int:
    """Write those that say something new, note that the others are still there; return how many were written."""
    rows = {title.id: TitleRow.of(title, seen_at=seen_at, revision=0) for title in titles}
    known = TitleRow.objects.in_bulk(rows)
    differing = [row for row in rows.values() if row.id not in known or _facts(known[row.id]) != _facts(row)]
    with transaction.atomic():
        if differing:
            revision = lease.next_revision()
            for row in differing:
                row.revision = revision
            written = [name for name in FIELDS if name != "id"]
            TitleRow.objects.bulk_create(
                differing, update_conflicts=True, unique_fields=["id"], update_fields=written, batch_size=100
            )
        TitleRow.objects.filter(pk__in=rows.keys() - {row.id for row in differing}).update(seen_at=seen_at)
    return len(differing)


def cards(ids: Sequence[int]) -> tuple[Title, ...]:
    """What cards show of these titles, in this order; one that was removed meanwhile is missing."""
    found = TitleRow.objects.in_bulk(ids)
    return tuple(found[title_id].title for title_id in ids if title_id in found)


def card(asked: int | str) -> Title | None:
    """What a card shows of the title with this id (a number) or code; nothing where the database fails."""
    found = TitleRow.objects.filter(pk=asked) if isinstance(asked, int) else TitleRow.objects.filter(code=asked)
    try:
        row = found.first()
    except DatabaseError as exc:
        log.warning("the index cannot be read: %s", exc)
        return None
    return row.title if row else None


def remove(lease: Lease, ids: Iterable[int]) -> int:
    """Remove titles that the upstream no longer has; return how many there were."""
    doomed = list(ids)
    with transaction.atomic():
        count, _ = TitleRow.objects.filter(pk__in=doomed).delete()
        if count:
            revision = lease.next_revision()
            IndexState.objects.filter(holder=lease.holder).update(removed_revision=revision)
    return count


def _facts(row: TitleRow) -> list[object]:
    return [getattr(row, name) for name in FACTS]

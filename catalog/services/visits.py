"""Which pages are asked for most: counted by address in memory, without a person and without a write for each visit.

At most MOST_KEPT of them are remembered, and older visits count less and less.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from catalog.models import PageVisits, TitleRow
from catalog.services.tally import Tally

MOST_COUNTED = 2000  # different addresses between two flushes; further ones are not counted
MOST_KEPT = 1000
HALF_LIFE = timedelta(days=1)

_PAGE = re.compile(r"/(?:ru/)?(title|loops|series|videos)/([^/]{1,200})/")
_NOT_A_PAGE = {"random"}


@dataclass(frozen=True, slots=True)
class Visited:
    """``kind``: the first part of the address: title, loops, series, videos; ``key``: what follows it."""

    kind: str
    key: str


def count(path: str) -> None:
    """One more visit to this path, if it is a page of a kind that is counted."""
    if _PAGE.match(path):
        _tally.count(path)


def flush() -> int:
    return _tally.flush()


def forget() -> None:
    _tally.forget()


def most(amount: int) -> list[Visited]:
    """The pages visited most lately."""
    now = timezone.now()
    rows = sorted(PageVisits.objects.all(), key=lambda row: -_faded(row, now))
    return [Visited(*row.path.split("/", 1)) for row in rows[:amount]]


def titles(amount: int = 50) -> list[int]:
    """Ids of the titles visited most lately, in this order."""
    keys = [visited.key for visited in most(amount * 2) if visited.kind == "title"][:amount]
    ids = dict(TitleRow.objects.filter(code__in=keys).values_list("code", "pk"))
    return [ids[key] for key in keys if key in ids]


def _add(paths: Counter[str]) -> None:
    pages: Counter[str] = Counter()
    for path, seen in paths.items():
        found = _PAGE.match(path)
        if found and found[2] not in _NOT_A_PAGE:
            pages[f"{found[1]}/{found[2]}"] += seen
    now = timezone.now()
    with transaction.atomic():
        known = PageVisits.objects.in_bulk(pages)
        rows = [
            PageVisits(path=path, score=(_faded(known[path], now) if path in known else 0.0) + seen, counted_at=now)
            for path, seen in pages.items()
        ]
        PageVisits.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["path"], update_fields=["score", "counted_at"]
        )
        _trim(now)


def _trim(now: datetime) -> None:
    if PageVisits.objects.count() <= MOST_KEPT:
        return
    rows = sorted(PageVisits.objects.all(), key=lambda row: -_faded(row, now))
    PageVisits.objects.filter(pk__in=[row.path for row in rows[MOST_KEPT:]]).delete()


def _faded(row: PageVisits, now: datetime) -> float:
    return float(row.score * 0.5 ** ((now - row.counted_at) / HALF_LIFE))


_tally: Tally[str] = Tally("visits", _add, most=MOST_COUNTED)

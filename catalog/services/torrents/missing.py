"""Which titles' torrents are still to be looked at, the most wanted first."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from catalog.models import TitleRow, TorrentLook


def missing(most: int, *, first: list[int] | None = None) -> list[int]:
    """Ids of titles never looked at, released since, or due for another try: ``first``, then by their release."""
    now = timezone.now()
    looks = TorrentLook.objects.filter(pk=OuterRef("pk"))
    claimed = Q(claimed_until__gt=now)
    resting = Q(next_try_at__gt=now) & (Q(seen_updated_at=OuterRef("updated_at")) | Q(looked_at=None))
    settled = (
        Q(next_try_at=None)
        & Q(looked_at__isnull=False)
        & (Q(seen_updated_at=OuterRef("updated_at")) | Q(seen_updated_at=None))
    )
    left_alone = looks.filter(claimed | resting | settled)
    wanted = TitleRow.objects.filter(~Exists(left_alone)).order_by(F("updated_at").desc(nulls_last=True), "-pk")
    visited = first or []
    found = list(wanted.filter(pk__in=visited).values_list("pk", flat=True))
    found.sort(key=visited.index)
    return [*found, *wanted.exclude(pk__in=found).values_list("pk", flat=True)[: max(0, most - len(found))]][:most]

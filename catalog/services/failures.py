"""What could not be stored, by its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from catalog.models import StoredPoster, StoredTorrent

MOST = 10  # reasons of each kind


@dataclass(frozen=True, slots=True)
class Failure:
    reason: str
    times: int


def of_posters() -> list[Failure]:
    return _counted(StoredPoster.objects.exclude(reason="").values_list("reason"))


def of_torrents() -> list[Failure]:
    """Refused for good, or to be tried again."""
    return _counted(StoredTorrent.objects.exclude(state=StoredTorrent.State.STORED).values_list("reason"))


def _counted(reasons: QuerySet[Any, Any]) -> list[Failure]:
    rows = reasons.annotate(times=Count("pk")).order_by("-times", "reason")[:MOST]
    return [Failure(reason, times) for reason, times in rows]

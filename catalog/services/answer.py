"""An upstream's answer together with its age."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """``fetched_at``: when the upstream last said or confirmed ``value``; ``stale``: a saved copy past its lifetime."""

    value: T
    fetched_at: datetime
    stale: bool = False

    @property
    def age_seconds(self) -> int:
        return max(0, int((datetime.now(UTC) - self.fetched_at).total_seconds()))

    def map(self, change: Callable[[T], U]) -> Answer[U]:
        """The same answer, its value replaced by ``change(value)``."""
        return Answer(change(self.value), self.fetched_at, self.stale)

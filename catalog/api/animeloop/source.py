"""What a source of loops must be able to answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from catalog.domain.loops import Loop, LoopCollection, LoopEpisode, LoopSeries, LoopTag


@dataclass(frozen=True, slots=True)
class Between:
    """An open interval: neither bound belongs to it."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        return self.low < value < self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopQuery:
    """``duration`` in seconds; what is ``None`` does not matter."""

    series_id: str | None = None
    episode_id: str | None = None
    collection_id: int | None = None
    duration: Between | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeQuery:
    series_id: str | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesQuery:
    """``season`` as (year, month). Each of ``words`` must stand, whatever its case, in a name, the description, a
    genre or the type."""

    type: str | None = None
    season: tuple[int, int] | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TagQuery:
    loop_id: str | None = None
    type: str | None = None
    source: str | None = None
    confidence: Between | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionQuery:
    """Exactly one of the three is given."""

    id: int | None = None
    name: str | None = None
    user_id: int | None = None


class LoopSource(Protocol):
    """Loops come with their episode and series, episodes with their series.

    The sequences may be lazy: only their length, a slice and single entries are asked for. Nothing promises an order,
    but the same question must get the same order, or pages would repeat entries.
    """

    def loop(self, loop_id: str) -> Loop | None: ...

    def loops(self, query: LoopQuery) -> Sequence[Loop]: ...

    def episode(self, episode_id: str) -> LoopEpisode | None: ...

    def episodes(self, query: EpisodeQuery) -> Sequence[LoopEpisode]: ...

    def series(self, series_id: str) -> LoopSeries | None: ...

    def serieses(self, query: SeriesQuery) -> Sequence[LoopSeries]: ...

    def seasons(self) -> Sequence[str]:
        """Every season there is a series of, as "2014-4"; repetitions are allowed."""
        ...

    def tags(self, query: TagQuery) -> Sequence[LoopTag]: ...

    def collections(self, query: CollectionQuery) -> Sequence[LoopCollection]: ...

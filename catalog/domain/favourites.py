"""Shelves that curators fill: what stands on them, and how sure it is that it is still there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from catalog.domain.loops import Loop, LoopSeries
from catalog.domain.titles import Title
from catalog.domain.videos import Video

Item = Title | Loop | LoopSeries | Video
SOURCES = {"title": "AniLibria", "loop": "Animeloop", "series": "Animeloop", "video": "Loops"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Favourite:
    """``item``: as its source told of it at ``as_of``; ``silent``: the source did not answer when last asked,
    ``gone``: it answered that there is no such thing any more. ``shown_at``: since when readers see it."""

    kind: str
    subject: str
    item: Item
    shown_at: datetime
    as_of: datetime
    note: str = ""
    silent: bool = False
    gone: bool = False

    @property
    def source(self) -> str:
        return SOURCES[self.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A collection, its words in the reader's language."""

    slug: str
    name: str
    text: str
    changed_at: datetime
    favourites: tuple[Favourite, ...] = ()
    cover: Favourite | None = None

    @property
    def cover_first(self) -> tuple[Favourite, ...]:
        """All that stands on it, each once."""
        return (*filter(None, [self.cover]), *(one for one in self.favourites if one is not self.cover))

    @property
    def silent(self) -> dict[str, datetime]:
        """The sources that do not answer, each with the age of the oldest thing it told."""
        oldest: dict[str, datetime] = {}
        for favourite in self.favourites:
            if favourite.silent:
                oldest[favourite.source] = min(favourite.as_of, oldest.get(favourite.source, favourite.as_of))
        return oldest

"""What a source of videos must be able to answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from catalog.domain.videos import Account, Video

POPULAR_LIKES = 10
POPULAR_POOL = 60


@dataclass(frozen=True, slots=True)
class DeadVideo:
    """What is left in a list when a video died: one whose author is gone, or (``None``) nothing but its place."""

    video: Video | None = None


Entry = Video | DeadVideo


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """``count``: how many videos carry it; guests are not shown those of a sensitive tag."""

    id: int
    name: str
    count: int
    is_sensitive: bool = False


class VideoSource(Protocol):
    """Each method may raise a ``Refusal`` instead of answering."""

    def video(self, video_id: str) -> Video | None: ...

    def popular(self) -> Sequence[Entry]:
        """The ``POPULAR_POOL`` most liked local videos that are not sensitive and have ``POPULAR_LIKES`` likes."""
        ...

    def account(self, username: str) -> Account | None: ...

    def account_videos(self, account_id: str) -> Sequence[Video] | None:
        """All videos of an account in any order, or ``None`` where there is no such account."""
        ...

    def trending_tags(self) -> Sequence[Tag]:
        """The tags in fashion, the most used first."""
        ...

    def tag(self, name: str) -> Tag | None: ...

    def tagged(self, name: str) -> Sequence[Entry]:
        """What carries the tag, the newest first."""
        ...

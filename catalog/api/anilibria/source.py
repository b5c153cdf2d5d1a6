"""What a source of titles must be able to answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from catalog.domain.titles import CachingNode, Clip, SeedStat, Team, Title


class TitleSource(Protocol):
    """Titles carry their torrents' metadata and all forms of their description; files are asked for one by one."""

    def titles(self) -> Sequence[Title]: ...

    def clips(self) -> Sequence[Clip]: ...

    def team(self) -> Team: ...

    def seed_stats(self) -> Sequence[SeedStat]:
        """All tracker users, in the order in which they are answered when no other is asked for."""

    def caching_nodes(self) -> Sequence[CachingNode]: ...

    def poster_file(self, title_id: int) -> bytes | None: ...

    def torrent_file(self, torrent_id: int) -> bytes | None: ...

"""What the demo's WebSocket has to say, and when."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha1
from typing import Any

from catalog.api.anilibria.live import playlist_change_json, title_change_json
from catalog.demo.titles import DemoTitles
from catalog.demo.titles.changes import MOST, Change
from catalog.domain.titles import PlaylistChange, Title, TitleChange

LATE = timedelta(seconds=MOST)  # what lies further back, as after a computer's sleep, is no news


class Notices:
    """One listener's place in the endless line of notices."""

    def __init__(self, titles: DemoTitles) -> None:
        self._titles = titles
        self._last = titles.now()
        self._waiting: deque[tuple[datetime, dict[str, Any]]] = deque()

    def next(self) -> tuple[float, dict[str, Any]]:
        """The next notice, and in how many seconds it is due: from then on the catalogue answers what it says."""
        if not self._waiting:
            change, title = self._titles.next_change(max(self._last, self._titles.now() - LATE))
            self._last = change.at
            self._waiting.extend((change.at, self._json(notice)) for notice in notices_of(change, title))
        at, notice = self._waiting.popleft()
        return max(0.0, (at - self._titles.now()).total_seconds()), notice

    def _json(self, notice: TitleChange | PlaylistChange) -> dict[str, Any]:
        if isinstance(notice, TitleChange):
            return title_change_json(notice, self._titles)
        return playlist_change_json(notice)


def notices_of(change: Change, title: Title) -> Iterator[TitleChange | PlaylistChange]:
    """``title`` as it is after the change. A notice that is sent twice has the same hash both times."""
    if change.episode is not None:
        yield PlaylistChange(title_id=title.id, episode_number=change.episode, episodes=title.player.episodes)
    if change.kind != "replacement":
        notice = TitleChange(hash=_hash(change), title=title)
        yield notice
        if change.repeated:
            yield notice


def _hash(change: Change) -> str:
    return sha1(f"{change.title_id} {change.at.timestamp()}".encode(), usedforsecurity=False).hexdigest()

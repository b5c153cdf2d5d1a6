"""The document's WebSocket: the JSON of notices, and what a client asked to be told."""

from __future__ import annotations

import json
from typing import Any

from catalog.api.anilibria.documents import playlist_document, title_document
from catalog.api.anilibria.parameters import TitleForm
from catalog.api.anilibria.source import TitleSource
from catalog.domain.titles import PlaylistChange, TitleChange

MAX_FILTERS = 100  # a client's; the rest are ignored


def title_change_json(change: TitleChange, source: TitleSource) -> dict[str, Any]:
    return {"hash": change.hash, "title": title_document(change.title, TitleForm(), source)}


def playlist_change_json(change: PlaylistChange) -> dict[str, Any]:
    return {
        "id": change.title_id,
        "serie": change.episode_number,
        "playlist": playlist_document(change.episodes),
    }


class Subscriber:
    """One client. Its filters are partial objects of a notice, or of the title in it; one that fits is enough."""

    def __init__(self) -> None:
        self._filters: list[dict[str, Any]] = []

    def command(self, text: str) -> None:
        """Add what ``{"subscribe": {...}}`` asks for; anything else a client may say is ignored."""
        try:
            said = json.loads(text)
        except (ValueError, RecursionError):
            return
        subscription = said.get("subscribe") if isinstance(said, dict) else None
        asked = subscription if isinstance(subscription, list) else [subscription]
        self._filters += [wanted for wanted in asked if isinstance(wanted, dict)]
        del self._filters[MAX_FILTERS:]

    def wants(self, notice: dict[str, Any]) -> bool:
        """Everything, until there is a filter."""
        subjects = (notice, notice.get("title"))
        return not self._filters or any(_fits(subject, wanted) for wanted in self._filters for subject in subjects)


def _fits(value: Any, wanted: Any) -> bool:
    """``wanted``'s keys and list entries must be there; what else there is does not matter."""
    if isinstance(wanted, dict):
        return isinstance(value, dict) and all(key in value and _fits(value[key], wanted[key]) for key in wanted)
    if isinstance(wanted, list):
        return isinstance(value, list) and all(any(_fits(item, part) for item in value) for part in wanted)
    return type(value) is type(wanted) and value == wanted

"""What a card needs of a favourite, as JSON and back."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from typing import Any

from cattrs.errors import BaseValidationError
from cattrs.preconf.json import make_converter

from catalog.domain.favourites import Item
from catalog.domain.loops import Loop, LoopSeries
from catalog.domain.titles import Description, Player, Team, Title
from catalog.domain.videos import Video

log = logging.getLogger(__name__)

CLASSES: dict[str, type[Item]] = {"title": Title, "loop": Loop, "series": LoopSeries, "video": Video}
LONGEST_CAPTION = 1000
MOST_WORDS = 30  # genres or hashtags

_converter = make_converter()
_converter.register_unstructure_hook(timedelta, timedelta.total_seconds)
_converter.register_structure_hook(timedelta, lambda seconds, _: timedelta(seconds=seconds))


def taken(item: Item) -> dict[str, Any]:
    """What is worth keeping: no episodes, torrents or long texts."""
    kept: dict[str, Any] = _converter.unstructure(_pruned(item))
    return kept


def drawn(kind: str, snapshot: object) -> Item | None:
    """The thing as it was told of; None for what nothing was told of, or nothing that can be read any more."""
    if not snapshot:
        return None
    try:
        return _converter.structure(snapshot, CLASSES[kind])
    except (BaseValidationError, KeyError, TypeError, ValueError) as exc:
        log.warning("the snapshot of a %s cannot be read: %r", kind, exc)
        return None


def _pruned(item: Item) -> Item:
    match item:
        case Title():
            return replace(
                item,
                description=Description(),
                genres=item.genres[:MOST_WORDS],
                team=Team(),
                poster=replace(item.poster, raw=None),
                player=Player(range=item.player.range),
                torrents=(),
            )
        case Loop():
            series = replace(item.series, description=None) if item.series else None
            episode = replace(item.episode, series=None) if item.episode else None
            return replace(item, series=series, episode=episode)
        case LoopSeries():
            return replace(item, description=None, genres=item.genres[:MOST_WORDS])
        case Video():
            caption = item.caption[:LONGEST_CAPTION] if item.caption else None
            return replace(item, caption=caption, mentions=(), tags=item.tags[:MOST_WORDS])

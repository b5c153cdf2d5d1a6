"""The paths of ``filter`` and ``remove``: ``names.ru``, ``team.voice[0]``, ``torrents.list[*].torrent_id``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

Path = tuple[str, ...]
Paths = tuple[Path, ...]

ANY = "*"
WHOLE: Path = ()
_NOTHING = object()
_SEGMENT = re.compile(r"[^.\[\]]+")


def parse_paths(texts: Iterable[str]) -> Paths:
    """``list[*].id`` and ``list.*.id`` are the same path."""
    paths = (tuple(_SEGMENT.findall(text)) for text in texts)
    return tuple(path for path in paths if path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """An empty ``only`` keeps everything; what ``without`` names goes in any case. A path to nothing is ignored."""

    only: Paths = ()
    without: Paths = ()

    def wants(self, key: str) -> bool:
        """Whether anything below the object's ``key`` can be left, so that only that needs to be built."""
        kept = not self.only or any(path[0] in (key, ANY) for path in self.only)
        return kept and WHOLE not in _below(self.without, key)

    def apply(self, value: dict[str, Any]) -> dict[str, Any]:
        kept = _keep(value, self.only) if self.only else value
        return {} if kept is _NOTHING else _drop(kept, self.without)

    def inside(self, key: str) -> Selection:
        """The selection for the object at ``key``, its paths being given from there or in full."""
        return replace(self, only=_unprefixed(self.only, key), without=_unprefixed(self.without, key))


def _unprefixed(paths: Paths, key: str) -> Paths:
    return tuple(path[1:] if path[0] == key and len(path) > 1 else path for path in paths)


def _keep(value: Any, paths: Paths) -> Any:
    if isinstance(value, dict):
        return dict(_kept(value.items(), paths)) or _NOTHING
    if isinstance(value, list):
        return [item for _, item in _kept(_numbered(value), paths)] or _NOTHING
    return _NOTHING


def _kept(items: Iterable[tuple[str, Any]], paths: Paths) -> Iterator[tuple[str, Any]]:
    for key, item in items:
        below = _below(paths, key)
        kept = item if WHOLE in below else _keep(item, below) if below else _NOTHING
        if kept is not _NOTHING:
            yield key, kept


def _drop(value: Any, paths: Paths) -> Any:
    if not paths:
        return value
    if isinstance(value, dict):
        return dict(_left(value.items(), paths))
    if isinstance(value, list):
        return [item for _, item in _left(_numbered(value), paths)]
    return value


def _left(items: Iterable[tuple[str, Any]], paths: Paths) -> Iterator[tuple[str, Any]]:
    for key, item in items:
        below = _below(paths, key)
        if WHOLE not in below:
            yield key, _drop(item, below)


def _numbered(items: list[Any]) -> Iterator[tuple[str, Any]]:
    return ((str(index), item) for index, item in enumerate(items))


def _below(paths: Paths, key: str) -> Paths:
    """What is left of the paths that lead through ``key``, which may itself hold a dot: the playlist's "12.5"."""
    own = tuple(key.split("."))
    through = [path[len(own) :] for path in paths if path[: len(own)] == own]
    return (*through, *(path[1:] for path in paths if path[:1] == (ANY,)))

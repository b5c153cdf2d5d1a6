"""What is inside a torrent: its files as a tree, and which of them is an episode."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from catalog.domain.titles import Number, Torrent, TorrentFile

DEEPEST = 6  # folders in folders; what lies deeper keeps the rest of its path in its name
_SEPARATORS = re.compile(r"[/\\]+")
_VIDEO = re.compile(r"\.(?:mkv|mp4|avi|ts|m4v|webm|mov)$", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\[(?:e|ep|s\d{1,2}e)?\s?(\d{1,4}(?:\.\d{1,2})?)(?:v\d)?\]", re.IGNORECASE)
_BY_ITSELF = re.compile(
    r"(?:^|[\s_.\-–—#])(?:e|ep|episode|s\d{1,2}e|серия)?[\s_.]?(\d{1,4}(?:\.\d{1,2})?)(?:v\d)?(?=$|[\s_.\-–—\[(])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Leaf:
    """``place``: which of the torrent's files it is, from 0; ``offset``: the byte at which it begins there."""

    name: str
    size: int
    place: int
    offset: int = 0


@dataclass(slots=True)
class Folder:
    name: str = ""
    size: int = 0
    folders: dict[str, Folder] = field(default_factory=dict)
    files: list[Leaf] = field(default_factory=list)


def tree(files: Iterable[TorrentFile]) -> Folder:
    """The files by their paths' folders, each with the size of what is in it; "." and ".." in a path lead nowhere."""
    root = Folder()
    for place, file in enumerate(files):
        *parents, name = _path(file.name)
        folder = root
        folder.size += file.size
        for parent in parents:
            folder = folder.folders.setdefault(parent, Folder(parent))
            folder.size += file.size
        folder.files.append(Leaf(name, file.size, place, file.offset))
    return root


def has_known_places(files: Sequence[TorrentFile]) -> bool:
    """Whether the list is whole and in the torrent's own order, so that a place in it means that file to a client."""
    starts = accumulate((file.size for file in files), initial=0)
    return all(file.offset == start for file, start in zip(files, starts, strict=False))


def file_of(files: Sequence[TorrentFile], number: Number) -> int | None:
    """The place of the one film whose name has this number of an episode."""
    films = [(place, _stem(file.name)) for place, file in enumerate(files) if _VIDEO.search(file.name)]
    for pattern, which in ((_IN_BRACKETS, 0), (_BY_ITSELF, -1)):  # "Show 2 - 01": the last is the episode's
        figures = [(place, pattern.findall(stem)) for place, stem in films]
        found = [place for place, texts in figures if texts and float(texts[which]) == number]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def magnet_of_file(torrent: Torrent, place: int) -> str | None:
    """The magnet link that asks for that file alone (BEP 53)."""
    known = torrent.magnet is not None and torrent.metadata is not None and has_known_places(torrent.metadata.files)
    return f"{torrent.magnet}&so={place}" if known else None


def magnet_of_episode(torrent: Torrent, number: Number | None) -> str | None:
    files = torrent.metadata.files if torrent.metadata else ()
    place = file_of(files, number) if number is not None and len(files) > 1 else None
    return magnet_of_file(torrent, place) if place is not None else None


def _path(name: str) -> list[str]:
    parts = [part for part in _SEPARATORS.split(name) if part.strip() not in ("", ".", "..")] or [name]
    return parts if len(parts) <= DEEPEST else [*parts[: DEEPEST - 1], "/".join(parts[DEEPEST - 1 :])]


def _stem(name: str) -> str:
    return _VIDEO.sub("", _SEPARATORS.split(name)[-1])


ORDERS: dict[str, Callable[[Torrent], tuple[float, ...]]] = {
    "quality": lambda torrent: (torrent.quality.resolution or 0, torrent.size),
    "size": lambda torrent: (torrent.size,),
    "seeders": lambda torrent: (torrent.seeders, torrent.leechers),
    "date": lambda torrent: (torrent.uploaded_at.timestamp() if torrent.uploaded_at else 0,),
}


def in_order(torrents: Sequence[Torrent], order: str) -> tuple[Torrent, ...]:
    """By a key of ``ORDERS``, the most first, with ``-`` before it the least; as sent by any other word."""
    key = ORDERS.get(order.removeprefix("-"))
    return tuple(sorted(torrents, key=key, reverse=not order.startswith("-"))) if key else tuple(torrents)

"""The bytes of a .torrent file -> what is in it, of version 1 (BEP 3), of version 2 (BEP 52) or of both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha1, sha256
from itertools import accumulate
from typing import Any, Literal

import bencode2

from catalog.domain.titles import TorrentFile, TorrentMetadata
from catalog.domain.torrent_files import DEEPEST, MOST_BYTES, MOST_FILES, flaw, flaw_of_part
from catalog.services.torrents.outline import info_span
from catalog.services.torrents.refusal import Refused

Version = Literal["v1", "v2", "hybrid"]
Table = Mapping[bytes, Any]

MOST_TRACKERS = 50
TRACKER_SCHEMES = ("http://", "https://", "udp://", "ws://", "wss://")
LATEST_MOMENT = 2**33
HASH_SIZE = 20  # of one piece of version 1
SHORTENED = 40  # hexadecimal signs that trackers keep of a hash of version 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """``metadata.info_hash`` is that of version 1, and ``None`` where there is no version 1."""

    version: Version
    metadata: TorrentMetadata

    @property
    def size(self) -> int:
        return sum(file.size for file in self.metadata.files)


def read(data: bytes, *, declared_hash: str | None = None) -> Contents:
    """Raise Refused for what is no torrent, is hostile, or has another info hash than ``declared_hash``."""
    start, end = info_span(data)
    try:
        outer = bencode2.bdecode(data)
    except (ValueError, RecursionError) as exc:
        raise Refused(f"not a torrent: {exc}"[:200]) from exc
    info = outer[b"info"]
    if not isinstance(info, dict):
        raise Refused("its info is no table")
    version = _version(info)
    raw = data[start:end]
    of_v1 = sha1(raw, usedforsecurity=False).hexdigest() if version != "v2" else None
    of_v2 = sha256(raw).hexdigest() if version != "v1" else None
    _compare_hashes(declared_hash, of_v1, of_v2)
    return Contents(
        version=version,
        metadata=TorrentMetadata(
            info_hash=of_v1,
            info_hash_v2=of_v2,
            name=_name(info),
            trackers=tuple(_trackers(outer)),
            created_at=_moment(outer.get(b"creation date")),
            files=_files(info, version),
        ),
    )


def _version(info: Table) -> Version:
    has_v1, has_v2 = b"pieces" in info, b"file tree" in info
    declared = info.get(b"meta version", 1)
    if has_v2 and declared != 2:
        raise Refused(f"a version that nobody knows: {declared!r}"[:80])
    if not has_v1 and not has_v2:
        raise Refused("it has neither pieces nor a file tree")
    return "hybrid" if has_v1 and has_v2 else "v1" if has_v1 else "v2"


def _compare_hashes(declared: str | None, of_v1: str | None, of_v2: str | None) -> None:
    known = {of_v1, of_v2, of_v2[:SHORTENED] if of_v2 else None} - {None}
    if declared and declared.lower() not in known:
        raise Refused(f"its info hash is {of_v1 or of_v2}, the upstream says {declared[:64]}")


def _name(info: Table) -> str:
    name = _text(info.get(b"name.utf-8", info.get(b"name")), "name")
    if trouble := flaw_of_part(name):
        raise Refused(f"the torrent’s name: {trouble}")
    return name


def _files(info: Table, version: Version) -> tuple[TorrentFile, ...]:
    listed = list(_listed_v1(info)) if version != "v2" else []
    grown = list(_listed_v2(info)) if version != "v1" else []
    if listed:
        _compare_pieces(info, sum(size for _, size, _ in listed))
    whole = listed or [(name, size, False) for name, size in grown]
    starts = accumulate((size for _, size, _ in whole), initial=0)
    files = tuple(
        TorrentFile(name=name, size=size, offset=start)
        for (name, size, padding), start in zip(whole, starts, strict=False)
        if not padding
    )
    if trouble := flaw(files):
        raise Refused(trouble)
    if listed and grown and {(file.name, file.size) for file in files} != set(grown):
        raise Refused("its two lists of files differ")
    return files


def _listed_v1(info: Table) -> Iterator[tuple[str, int, bool]]:
    """Path, size, and whether the file only fills a piece up (BEP 47)."""
    if b"files" not in info:
        yield _name(info), _size(info.get(b"length")), False
        return
    entries = info[b"files"]
    if not isinstance(entries, list):
        raise Refused("its files are no list")
    if len(entries) > MOST_FILES:
        raise Refused(f"{len(entries)} files, more than {MOST_FILES}")
    for entry in entries:
        file = entry if isinstance(entry, dict) else {}
        size = _size(file.get(b"length"))
        yield _path(file.get(b"path.utf-8", file.get(b"path"))), size, b"p" in _bytes(file.get(b"attr", b""))


def _listed_v2(info: Table) -> Iterator[tuple[str, int]]:
    """Folders are tables by name; under the empty name a table stands for the file itself."""
    todo: list[tuple[tuple[str, ...], Any]] = [((), info[b"file tree"])]
    found = 0
    while todo:
        parts, node = todo.pop()
        if not isinstance(node, dict) or not node:
            raise Refused("its file tree is no tree")
        if len(parts) > DEEPEST:
            raise Refused(f"folders nested more than {DEEPEST} deep")
        for name, below in reversed(node.items()):
            if name == b"":
                found += 1
                if found > MOST_FILES:
                    raise Refused(f"more than {MOST_FILES} files")
                yield _checked(parts), _size(below.get(b"length") if isinstance(below, dict) else None)
            else:
                todo.append(((*parts, _text(name, "name")), below))


def _path(value: Any) -> str:
    if not isinstance(value, list):
        raise Refused("a file without a name")
    return _checked([_text(part, "name") for part in value])


def _checked(parts: Sequence[str]) -> str:
    if not parts:
        raise Refused("a file without a name")
    for part in parts:
        if trouble := flaw_of_part(part):
            raise Refused(trouble)
    return "/".join(parts)


def _compare_pieces(info: Table, total: int) -> None:
    length, pieces = info.get(b"piece length"), _bytes(info[b"pieces"])
    if not isinstance(length, int) or not 0 < length <= 2**32:
        raise Refused(f"pieces of an impossible length: {length!r}"[:80])
    if len(pieces) != HASH_SIZE * -(-total // length):
        raise Refused("its pieces do not add up to its files")


def _size(value: Any) -> int:
    if not isinstance(value, int):
        raise Refused("a file without a size")
    if value < 0:
        raise Refused(f"a negative size: {value}"[:80])
    if value > MOST_BYTES:
        raise Refused(f"an impossible size: {value}"[:80])
    return value


def _text(value: Any, what: str) -> str:
    """Old clients wrote other encodings than UTF-8; what cannot be read is shown as such."""
    if not isinstance(value, bytes):
        raise Refused(f"no {what}")
    return value.decode(errors="replace")


def _bytes(value: Any) -> bytes:
    return value if isinstance(value, bytes) else b""


def _trackers(outer: Table) -> Iterator[str]:
    tiers = outer.get(b"announce-list")
    listed = [url for tier in tiers if isinstance(tier, list) for url in tier] if isinstance(tiers, list) else []
    urls = dict.fromkeys(_bytes(url).decode(errors="replace") for url in (outer.get(b"announce"), *listed))
    good = [url for url in urls if url.startswith(TRACKER_SCHEMES) and url.isprintable() and len(url) <= 300]
    yield from good[:MOST_TRACKERS]


def _moment(value: Any) -> datetime | None:
    return datetime.fromtimestamp(value, UTC) if isinstance(value, int) and 0 < value < LATEST_MOMENT else None

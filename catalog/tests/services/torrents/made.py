""".torrent files made for tests: good ones of every version, and hostile ones with the reason each is refused for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import bencode2

PIECE = 2**14
NAME = b"Show"

Files = Sequence[tuple[Sequence[bytes], int]]


def info_v1(files: Files = (((b"01.mkv",), 100), ((b"extra", b"02.mkv"), 200)), **changes: Any) -> dict[bytes, Any]:
    total = sum(size for _, size in files if isinstance(size, int))
    return {
        b"files": [{b"length": size, b"path": list(path)} for path, size in files],
        b"name": NAME,
        b"piece length": PIECE,
        b"pieces": b"h" * 20 * max(0, -(-min(total, 2**30) // PIECE)),
    } | {key.encode(): value for key, value in changes.items()}


def single(size: int = 5, **changes: Any) -> dict[bytes, Any]:
    info = info_v1([((b"x",), size)], **changes)
    del info[b"files"]
    return info | {b"length": size, b"name": b"film.mkv"}


def info_v2(tree: Any = None, **changes: Any) -> dict[bytes, Any]:
    """``tree``: folders by name; of the default, 100 and 200 bytes as in ``info_v1``."""
    tree = tree or {b"01.mkv": leaf(100), b"extra": {b"02.mkv": leaf(200)}}
    return {b"file tree": tree, b"meta version": 2, b"name": NAME, b"piece length": PIECE} | {
        key.encode(): value for key, value in changes.items()
    }


def leaf(size: int) -> dict[bytes, Any]:
    return {b"": {b"length": size, b"pieces root": b"r" * 32}}


def hybrid() -> dict[bytes, Any]:
    return info_v1() | info_v2()


def encoded(info: Any, **outer: Any) -> bytes:
    return bencode2.bencode({b"info": info} | {key.encode(): value for key, value in outer.items()})


def nested(depth: int) -> Any:
    tree: Any = leaf(1)
    for _ in range(depth):
        tree = {b"f": tree}
    return tree


def hostile() -> Iterator[tuple[str, bytes, str]]:
    """Name, bytes, and words of the reason."""

    def named(*path: bytes) -> bytes:
        return encoded(info_v1([(path, 100)]))

    yield "parent", named(b"..", b"..", b"etc"), "“..”"
    yield "here", named(b".", b"a"), "“.”"
    yield "absolute", named(b"/etc/passwd"), "an absolute path"
    yield "backslash", named(b"\\\\host\\share"), "an absolute path"
    yield "drive", named(b"C:evil.exe"), "an absolute path"
    yield "separator", named(b"a/../../b"), "a separator"
    yield "null", named(b"a\0b"), "control characters"
    yield "newline", named(b"a\nb"), "control characters"
    yield "escape", named(b"\x1b[2Ja"), "control characters"
    yield "turned", named("film\u202e4pm.exe".encode()), "control characters"
    yield "empty", named(b""), "an empty name"
    yield "no path", named(), "without a name"
    yield "long", named(b"a" * 256), "more than 255 bytes"
    yield "long path", named(*[b"a" * 200] * 10), "more than 1024 bytes"
    yield "deep", named(*[b"a"] * 17), "nested more than 16"
    yield "name", encoded(info_v1(name=b"../../x")), "the torrent’s name"
    yield "no name", encoded({key: value for key, value in info_v1().items() if key != b"name"}), "no name"
    yield "same", encoded(info_v1([((b"a",), 1), ((b"a",), 2)])), "two files of one name"
    yield "negative", encoded(info_v1([((b"a",), -1)])), "a negative size"
    yield "huge", encoded(info_v1([((b"a",), 2**60)], pieces=b"")), "an impossible size"
    yield "sum", encoded(info_v1([((b"%d" % n,), 2**49) for n in range(3)], pieces=b"")), "do not add up"
    yield "no size", encoded({b"name": b"a", b"piece length": 1, b"pieces": b""}), "without a size"
    yield "text size", encoded(info_v1([((b"a",), b"1")])), "without a size"  # type: ignore[list-item]
    yield "pieces", encoded(single(pieces=b"h" * 40)), "do not add up"
    yield "piece length", encoded(single() | {b"piece length": 0}), "impossible length"
    yield "no pieces", encoded({b"name": b"a", b"length": 1}), "neither pieces nor a file tree"
    yield "files is text", encoded(info_v1() | {b"files": b"x"}), "no list"
    yield "5001 files", encoded(info_v1([((b"%d" % n,), 1) for n in range(5001)])), "5001 files"
    yield "no info", bencode2.bencode({b"announce": b"http://a/"}), "it has no info"
    yield "info is text", bencode2.bencode({b"info": b"x"}), "no table"
    yield "a list", b"l4:infoe", "not bencoded"
    yield "page", b"<!doctype html><title>404</title>", "not bencoded"
    yield "nothing", b"", "not bencoded"
    yield "cut off", encoded(info_v1())[:-30], "cut off"
    yield "more behind", encoded(info_v1()) + b"x", "not a torrent"
    yield "two infos", b"d4:infode4:infodee", "not a torrent"
    yield "unsorted", b"d4:infode3:abci1ee", "not a torrent"
    yield "nested lists", b"d1:a" + b"l" * 2_000_000 + b"e" * 2_000_000 + b"e", "nested more than 64"
    yield "many lists", b"d1:al" + b"le" * 2_000_000 + b"ee", "more than 150000 values"
    yield "many tables", b"d1:al" + b"d0:lee" * 650_000 + b"ee", "more than 150000 values"
    yield "huge number", b"d1:ai" + b"9" * 4_000_000 + b"ee", "far too long"
    yield "long text", b"d1:a999999999:xe", "cut off"
    yield "too long text", b"d1:a99999999999:xe", "not bencoded"
    yield "5 MB", b"d1:a5000000:" + b"x" * 5_000_000 + b"e", "more than 4 MB"
    yield "tree parent", encoded(info_v2({b"..": {b"a": leaf(1)}})), "“..”"
    yield "tree absolute", encoded(info_v2({b"/a": leaf(1)})), "an absolute path"
    yield "tree deep", encoded(info_v2(nested(20))), "nested more than 16"
    yield "tree of texts", encoded(info_v2({b"a": b"x"})), "no tree"
    yield "empty tree", encoded(info_v2({b"a": {}})), "no tree"
    yield "version 3", encoded(info_v2() | {b"meta version": 3}), "a version that nobody knows"
    yield "disagreeing", encoded(hybrid() | {b"file tree": {b"other.mkv": leaf(300)}}), "differ"

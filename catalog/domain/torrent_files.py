"""Which lists of a torrent's files may be shown: nothing in a name may lead elsewhere, lie or overflow."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from catalog.domain.titles import TorrentFile

MOST_FILES = 5000
DEEPEST = 16  # parts of one path
LONGEST_PART = 255  # bytes, as in file systems
LONGEST_PATH = 1024
MOST_BYTES = 2**50  # of all files together
SHOWN = 60  # characters of a name in a reason

_DRIVE = re.compile(r"[A-Za-z]:")
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # what reorders text


def flaw_of_part(part: str) -> str | None:
    """What is wrong with one name: a file's, a folder's or the torrent's own."""
    if not part.strip():
        return "an empty name"
    if part in {".", ".."}:
        return f"a path with “{part}” in it"
    if any(unicodedata.category(sign) == "Cc" or sign in _TURNING for sign in part):
        return f"control characters in {part[:SHOWN]!a}"
    if part[0] in "/\\" or _DRIVE.match(part):
        return f"an absolute path: {part[:SHOWN]!a}"
    if "/" in part or "\\" in part:
        return f"a separator inside a name: {part[:SHOWN]!a}"
    if len(part.encode(errors="replace")) > LONGEST_PART:
        return f"a name of more than {LONGEST_PART} bytes"
    return None


def flaw_of_path(parts: Sequence[str]) -> str | None:
    if not parts:
        return "a file without a name"
    if len(parts) > DEEPEST:
        return f"folders nested more than {DEEPEST} deep"
    if len("/".join(parts).encode(errors="replace")) > LONGEST_PATH:
        return f"a path of more than {LONGEST_PATH} bytes"
    return next(filter(None, map(flaw_of_part, parts)), None)


def flaw(files: Sequence[TorrentFile]) -> str | None:
    """Why this list is not to be shown, in a few words for the curator; ``None`` where nothing is wrong with it."""
    if not files:
        return "no files"
    if len(files) > MOST_FILES:
        return f"{len(files)} files, more than {MOST_FILES}"
    if any(file.size < 0 for file in files):
        return "a negative size"
    if sum(file.size for file in files) > MOST_BYTES:
        return "impossibly large files"
    if len({file.name for file in files}) < len(files):
        return "two files of one name"
    if any(file.name.startswith(("/", "\\")) for file in files):
        return "an absolute path"
    return next(filter(None, (flaw_of_path(file.name.split("/")) for file in files)), None)

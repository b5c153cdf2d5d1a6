"""A visitor's own list: what is on it, its file, and what two lists say together."""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from itertools import chain
from typing import Any, Final

from catalog.domain import videos
from catalog.domain.loops import Loop
from catalog.domain.titles import Number, Title
from catalog.domain.videos import Video

VERSION: Final = 1
FILE_KIND: Final = "animesite-list"
STATES: Final = ("watching", "planned", "watched", "dropped")
MOST_ENTRIES: Final = 5000
MOST_BYTES: Final = 1_000_000
LAST_MOMENT: Final = 2**33  # unix seconds: the year 2242
LAST_EPISODE: Final = 1_000_000

_TITLE_ID = re.compile(r"[1-9][0-9]{0,8}")
_LOOP_ID = re.compile(r"[0-9a-f]{24}")


def _is_shortcode(subject: str) -> bool:
    try:
        return videos.shortcode(videos.video_id(subject)) == subject
    except ValueError:
        return False


SUBJECTS: Final = {
    "title": lambda subject: _TITLE_ID.fullmatch(subject) is not None,
    "loop": lambda subject: _LOOP_ID.fullmatch(subject) is not None,
    "video": _is_shortcode,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """``subject``: a title's id, a loop's id, a video's shortcode; ``state``: of STATES, for titles alone, or "".

    ``seen``: the number of the last episode there was when the visitor last saw the title, which changes nothing of
    the entry: ``changed`` is when heart or state did, and ``added`` when they came, in unix seconds. What has neither
    is on no list.
    """

    kind: str
    subject: str
    heart: bool = False
    state: str = ""
    seen: float | None = None
    added: int = 0
    changed: int = 0

    @property
    def key(self) -> tuple[str, str]:
        return self.kind, self.subject

    @property
    def kept(self) -> bool:
        return self.heart or bool(self.state)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An entry with what it stands for; ``item`` is ``None`` where nobody told."""

    entry: Entry
    item: Title | Loop | Video | None = None

    @property
    def last(self) -> Number | None:
        """The title's last episode now."""
        return self.item.player.range.last if isinstance(self.item, Title) else None

    @property
    def seen(self) -> Number | None:
        """What there is of the title to see now: 0 before its first episode, nothing where nobody told."""
        return max(0, self.last or 0) if isinstance(self.item, Title) else None

    @property
    def seen_to(self) -> Number | None:
        """What the visitor has seen of the title, or what lies before its first episode: a later season's is 13."""
        if self.entry.seen is None or not isinstance(self.item, Title):
            return None
        return max(self.entry.seen, math.ceil(self.item.player.range.first or 1) - 1)

    @property
    def new(self) -> int:
        """How many episodes came out since the visitor last saw the title."""
        if self.seen_to is None or self.last is None or self.entry.state == "dropped":
            return 0
        return max(0, math.ceil(self.last - self.seen_to))


class Unreadable(ValueError):
    """A file that is no list; ``reason`` is one of: json, kind, version, entries, bytes, many."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Refused(ValueError):
    """An entry that is none; ``reason`` is what of it is wrong: object, or a field's name."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Read:
    """``entries``: each thing once; ``refused``: (place from 0, reason) of what was left out."""

    entries: tuple[Entry, ...]
    refused: tuple[tuple[int, str], ...] = ()


def known(kind: str, subject: str) -> bool:
    """Whether there can be such a thing."""
    return kind in SUBJECTS and SUBJECTS[kind](subject)


def written(entries: Iterable[Entry]) -> dict[str, Any]:
    """The list as its file has it."""
    return {"version": VERSION, "kind": FILE_KIND, "entries": [asdict(entry) for entry in entries]}


def read(content: bytes, most_bytes: int = MOST_BYTES, most_entries: int = MOST_ENTRIES) -> Read:
    """What such a file says. Raises ``Unreadable``; a single bad entry is only left out."""
    if len(content) > most_bytes:
        raise Unreadable("bytes")
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as exc:
        raise Unreadable("json") from exc
    if not isinstance(document, dict) or document.get("kind") != FILE_KIND:
        raise Unreadable("kind")
    if type(document.get("version")) is not int or document["version"] != VERSION:
        raise Unreadable("version")
    given = document.get("entries")
    if not isinstance(given, list):
        raise Unreadable("entries")
    if len(given) > most_entries:
        raise Unreadable("many")
    return _read_entries(given)


def read_entry(given: object) -> Entry:
    """What claims to come from the future comes from now. Raises ``Refused``."""
    if not isinstance(given, Mapping):
        raise Refused("object")
    kind, subject, state, heart = (given.get(name) for name in ("kind", "subject", "state", "heart"))
    if not isinstance(kind, str) or kind not in SUBJECTS:
        raise Refused("kind")
    if not isinstance(subject, str) or not known(kind, subject):
        raise Refused("subject")
    if not isinstance(heart, bool):
        raise Refused("heart")
    if state != "" and (kind != "title" or state not in STATES):
        raise Refused("state")
    if not heart and not state:
        raise Refused("nothing")
    return Entry(
        kind=kind,
        subject=subject,
        heart=heart,
        state=state,
        seen=_seen(given.get("seen")),
        added=_moment(given, "added"),
        changed=_moment(given, "changed"),
    )


def merged(*lists: Iterable[Entry]) -> tuple[Entry, ...]:
    """All of them, each thing once, the latest first: what was changed last counts, and what was seen stays seen.

    Of two that were changed at once the first counts.
    """
    entries: dict[tuple[str, str], Entry] = {}
    for entry in chain(*lists):
        held = entries.get(entry.key)
        entries[entry.key] = entry if held is None else _joined(held, entry)
    return tuple(sorted(entries.values(), key=lambda entry: -entry.changed))


def _joined(held: Entry, other: Entry) -> Entry:
    later = other if other.changed > held.changed else held
    return replace(later, seen=max((one.seen for one in (held, other) if one.seen is not None), default=None))


def _read_entries(given: list[object]) -> Read:
    entries, refused = [], []
    for place, one in enumerate(given):
        try:
            entries.append(read_entry(one))
        except Refused as exc:
            refused.append((place, exc.reason))
    return Read(merged(entries), tuple(refused))


def _seen(value: object) -> float | None:
    """What came before the first episode, a prologue numbered below it too, leaves all of them new."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= LAST_EPISODE:
        raise Refused("seen")
    return max(0, value)


def _moment(given: Mapping[str, object], name: str) -> int:
    value = given.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= LAST_MOMENT:
        raise Refused(name)
    return min(int(value), int(time.time()))

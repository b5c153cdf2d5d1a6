"""Query parameters: what a method does not know, and values it cannot read, are refused with 412."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.http import QueryDict

from catalog.api.anilibria.envelope import rejected
from catalog.api.anilibria.selection import Selection, parse_paths

T = TypeVar("T")

DEFAULT_LIMIT = 5
EVERYTHING = -1  # the limit that means none
INCLUDES = ("raw_poster", "raw_torrent", "torrent_meta")
DESCRIPTION_TYPES = ("plain", "html", "no_view_order")
PLAYLIST_TYPES = ("object", "array")

_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")


class Query:
    """The request's parameters; a parameter given more than once is one longer list."""

    def __init__(self, given: QueryDict, known: frozenset[str]) -> None:
        if unknown := sorted(set(given) - known):
            raise rejected(f"Unknown parameters: {', '.join(unknown)}")
        self._given = given

    def __contains__(self, name: str) -> bool:
        return name in self._given

    def text(self, name: str) -> str | None:
        return self._given.get(name) or None

    def words(self, name: str, allowed: Sequence[str] = ()) -> tuple[str, ...]:
        found = [word.strip() for text in self._given.getlist(name) for word in text.split(",")]
        words = tuple(dict.fromkeys(word for word in found if word))
        if allowed and not set(words) <= set(allowed):
            raise self._unreadable(name)
        return words

    def one_of(self, name: str, allowed: Sequence[str]) -> str | None:
        value = self.text(name)
        if value is not None and value not in allowed:
            raise self._unreadable(name)
        return value

    def number(self, name: str, *, low: int = 0, high: int | None = None) -> int | None:
        value = self.text(name)
        return None if value is None else self._number(name, value, low, high)

    def numbers(self, name: str, *, low: int = 0, high: int | None = None) -> tuple[int, ...]:
        return tuple(self._number(name, word, low, high) for word in self.words(name))

    def window(self, entries: Sequence[T]) -> Sequence[T]:
        """The slice that ``limit`` and ``after`` ask for."""
        limit = self.number("limit", low=EVERYTHING)
        limit = DEFAULT_LIMIT if limit is None else limit
        after = self.number("after") or 0
        return entries[after:] if limit == EVERYTHING else entries[after : after + limit]

    def selection(self) -> Selection:
        return Selection(only=parse_paths(self.words("filter")), without=parse_paths(self.words("remove")))

    def _number(self, name: str, value: str, low: int, high: int | None) -> int:
        number = int(value) if _INTEGER.fullmatch(value) else None
        if number is None or number < low or (high is not None and number > high):
            raise self._unreadable(name)
        return number

    def _unreadable(self, name: str) -> Exception:
        return rejected(f"Invalid value of parameter: {name}")


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleForm:
    """How titles are to be answered."""

    selection: Selection = field(default_factory=Selection)
    include: tuple[str, ...] = ()
    description: str = "plain"
    playlist_as_array: bool = False

    @classmethod
    def asked(cls, query: Query) -> TitleForm:
        return cls(
            selection=query.selection(),
            include=query.words("include", INCLUDES),
            description=query.one_of("description_type", DESCRIPTION_TYPES) or "plain",
            playlist_as_array=query.one_of("playlist_type", PLAYLIST_TYPES) == "array",
        )

"""Filters with counts: the titles of every value of every facet are one integer, a bit for each title."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from itertools import compress, islice
from operator import and_, or_
from typing import Any, NamedTuple

from catalog.models import TitleRow

ROLES = ("voice", "translator", "editing", "decor", "timing")
FACETS = ("year", "season", "genre", "type", "status", "weekday", *ROLES, "letter")
ORDERS = ("updated", "new", "name", "popular")
OTHER_LETTERS = "#"
COUNTS_REMEMBERED = 256
BITS_AS_BYTES = bytes.maketrans(b"01", b"\x00\x01")
SPARSE = 16  # one title in as many: then sorting those found is quicker than walking through all

Bits = int
Counts = Mapping[str, Mapping[str, int]]


class Facts(NamedTuple):
    """What filters, order and search need of a title; facet values as an address holds them."""

    id: int
    names: tuple[str, ...]
    values: tuple[tuple[str, str], ...]
    sort_name: str
    updated: float
    newness: tuple[int, int, int]
    popularity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """``picks``: values by facet; those of one facet are alternatives, but for genres when ``all_genres``.

    ``years``: from and to, either perhaps open; also an alternative to the years picked.
    """

    text: str = ""
    picks: tuple[tuple[str, tuple[str, ...]], ...] = ()
    years: tuple[int | None, int | None] = (None, None)
    all_genres: bool = True
    order: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """``ids``: of the page asked for; ``counts``: how many titles each value would leave, by facet."""

    ids: tuple[int, ...]
    total: int
    counts: Counts = field(repr=False)


def facts(row: TitleRow) -> Facts:
    team = ((role, person) for role in ROLES for person in row.team.get(role, ()))
    numbers = ((name, getattr(row, name)) for name in ("year", "season", "type", "status", "weekday"))
    values = [(name, str(number)) for name, number in numbers if number is not None]
    values += [("genre", genre) for genre in row.genres]
    values += [*team, ("letter", letter(row.sort_name))]
    return Facts(
        id=row.id,
        names=tuple(filter(None, (row.name_ru, row.name_en, row.name_alternative))),
        values=tuple(dict.fromkeys(values)),
        sort_name=row.sort_name,
        updated=row.updated_at.timestamp() if row.updated_at else 0.0,
        newness=(row.year or 0, row.season or 0, row.id),
        popularity=row.in_favourites,
    )


def letter(sort_name: str) -> str:
    first = sort_name[:1].upper()
    return first if "A" <= first <= "Z" or "А" <= first <= "Я" else OTHER_LETTERS


class Facets:
    """Titles stand in the order of their latest updates; a title's place there is its bit."""

    def __init__(self, titles: Iterable[Facts]) -> None:
        placed = sorted(titles, key=lambda title: (-title.updated, -title.id))
        self.ids = [title.id for title in placed]
        self.places = {title_id: place for place, title_id in enumerate(self.ids)}
        self.everything: Bits = (1 << len(placed)) - 1
        self.values = _values(placed)
        self._ranks = {
            "new": _ranks(placed, lambda title: tuple(-part for part in title.newness)),
            "name": _ranks(placed, lambda title: (title.sort_name, title.id)),
            "popular": _ranks(placed, lambda title: (-title.popularity, -title.id)),
        }
        self._ordered = {name: sorted(range(len(placed)), key=ranks.__getitem__) for name, ranks in self._ranks.items()}
        self._totals = {
            name: {value: bits.bit_count() for value, bits in values.items()} for name, values in self.values.items()
        }
        self.vocabulary = {
            name: tuple(sorted(totals, key=_place_of(name, totals))) for name, totals in self._totals.items()
        }
        self.counts = lru_cache(COUNTS_REMEMBERED)(self._counts)

    def __len__(self) -> int:
        return len(self.ids)

    def groups(self, wanted: Wanted) -> tuple[tuple[str, Bits], ...]:
        """What each facet in use allows."""
        allowed: dict[str, Bits] = {}
        for name, picked in wanted.picks:
            sets = [self.values[name].get(value, 0) for value in picked]
            if sets:
                allowed[name] = reduce(and_ if name == "genre" and wanted.all_genres else or_, sets)
        if wanted.years != (None, None):
            low, high = (wanted.years[0] or 0, wanted.years[1] or 9999)
            between = [bits for year, bits in self.values["year"].items() if low <= int(year) <= high]
            allowed["year"] = reduce(or_, between, allowed.get("year", 0))
        return tuple(allowed.items())

    def matching(self, groups: Iterable[tuple[str, Bits]], among: Bits) -> Bits:
        return reduce(and_, (bits for _, bits in groups), among)

    def bits(self, ids: Iterable[int]) -> Bits:
        """The set of these titles, as far as they are here."""
        return _bits((place for title_id in ids if (place := self.places.get(title_id)) is not None), len(self))

    def page(self, bits: Bits, order: str, start: int, amount: int) -> tuple[int, ...]:
        """Ids of the titles in ``bits``, from the ``start``-th in that order."""
        return tuple(self.ids[place] for place in islice(self._in_order(bits, order), start, start + amount))

    def neighbours(self, title_id: int, order: str) -> tuple[int | None, int | None]:
        """The titles before and after this one."""
        place = self.places.get(title_id)
        if place is None:
            return None, None
        rank, ordered = self._ranks[order][place], self._ordered[order]
        before = self.ids[ordered[rank - 1]] if rank else None
        return before, self.ids[ordered[rank + 1]] if rank + 1 < len(ordered) else None

    def present(self, bits: Bits) -> bytes:
        """1 or 0 for every place."""
        return f"{bits:0{len(self) or 1}b}".encode()[::-1].translate(BITS_AS_BYTES)

    def _in_order(self, bits: Bits, order: str) -> Iterator[int]:
        present = self.present(bits)
        if order not in self._ranks:
            return compress(range(len(self)), present)
        if bits.bit_count() * SPARSE < len(self):
            return iter(sorted(compress(range(len(self)), present), key=self._ranks[order].__getitem__))
        ordered = self._ordered[order]
        return compress(ordered, map(present.__getitem__, ordered))

    def _counts(self, groups: tuple[tuple[str, Bits], ...], among: Bits, all_genres: bool) -> Counts:
        """How many titles each value would leave; genres picked stay in force when all of them must fit."""
        found = self.matching(groups, among)
        counts = {}
        for name, values in self.values.items():
            own = any(group == name for group, _ in groups) and not (name == "genre" and all_genres)
            base = self.matching((group for group in groups if group[0] != name), among) if own else found
            if base == self.everything:
                counts[name] = self._totals[name]
            else:
                counts[name] = {value: (base & bits).bit_count() for value, bits in values.items()}
        return counts


def _place_of(name: str, totals: Mapping[str, int]) -> Callable[[str], Any]:
    """Years: the newest first; genres and people: the most frequent; numbers and letters ascending."""
    if name == "year":
        return lambda value: -int(value)
    if name == "genre" or name in ROLES:
        return lambda value: (-totals[value], value)
    return lambda value: (value == OTHER_LETTERS, value)


def _values(placed: Sequence[Facts]) -> dict[str, dict[str, Bits]]:
    places: dict[str, dict[str, list[int]]] = {name: {} for name in FACETS}
    for place, title in enumerate(placed):
        for name, value in title.values:
            places[name].setdefault(value, []).append(place)
    return {name: {value: _bits(of, len(placed)) for value, of in values.items()} for name, values in places.items()}


def _ranks(placed: Sequence[Facts], key: Callable[[Facts], Any]) -> list[int]:
    """Where each place comes in another order."""
    ranks = [0] * len(placed)
    for rank, place in enumerate(sorted(range(len(placed)), key=lambda place: key(placed[place]))):
        ranks[place] = rank
    return ranks


def _bits(places: Iterable[int], amount: int) -> Bits:
    octets = bytearray(amount // 8 + 1)
    for place in places:
        octets[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(octets, "little")

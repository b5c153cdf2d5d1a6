"""Whether a series of loops is a title of the catalogue: names of several languages, seasons, years."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, utils

from catalog.domain.loops import LoopSeries
from catalog.domain.titles import Names

SAME_NAME = 93  # of 100
IDENTICAL = 100.0
MONTHS_A_SEASON = 3

_WORDS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}
_DIGITS = r"(?P<n>\d{1,2})"
_SEASON = (  # how names say which season it is
    rf"\b{_DIGITS}(?:st|nd|rd|th)[\s-]+season\b",
    rf"\b(?P<n>{'|'.join(_WORDS)})\s+season\b",
    rf"\b(?:season|сезон|tv)[\s-]*{_DIGITS}\b",
    rf"\bseason\s+(?P<n>{'|'.join(_ROMAN)})\b",
    rf"\b{_DIGITS}(?:-?(?:й|ый|ой|ий))?\s+сезон\b",
    rf"第?\s*{_DIGITS}\s*期",
    rf"\bs{_DIGITS}$",
    rf"(?<=\s){_DIGITS}$",
    r"(?<=\s)(?P<n>ii|iii|iv|vi?)$",
)
_PART = (rf"\b(?:part|cour|часть)[\s-]*{_DIGITS}\b", rf"\b{_DIGITS}(?:nd|rd|th)\s+(?:part|cour)\b")
_ASIDE = re.compile(r"[(\[](?:tv|тв|\d{4}|movie|film|фильм)[)\]]|\b(?:the\s+)?animation$")


@dataclass(frozen=True, slots=True)
class Identity:
    """``names`` without what says the season, folded; ``place``: season and part, the first where none is said.

    ``year`` and ``season`` (1 winter to 4 autumn) where they are known.
    """

    names: tuple[str, ...]
    place: tuple[int, int]
    year: int | None
    season: int | None


def of_series(series: LoopSeries) -> Identity:
    year, _, month = (series.season or "").partition("-")
    known = year.isdigit() and month.isdigit() and 1 <= int(month) <= 12
    season = (int(month) - 1) // MONTHS_A_SEASON + 1 if known else None
    names = (series.title_romaji, series.title_english, series.title, series.title_japanese)
    return _identity(names, int(year) if year.isdigit() else None, season)


def of_title(names: Names, year: int | None, season: int | None) -> Identity:
    return _identity((names.en, names.alternative, names.ru), year, season)


def likeness(one: Identity, other: Identity) -> float:
    """0 to 100; 0 where season, part or year differ. Where only the quarter differs the names must be identical."""
    if one.place != other.place or (one.year and other.year and one.year != other.year):
        return 0.0
    best = max((fuzz.ratio(mine, theirs) for mine in one.names for theirs in other.names), default=0.0)
    differ = one.season is not None and other.season is not None and one.season != other.season
    return 0.0 if differ and best < IDENTICAL else best


def _identity(names: Iterable[str | None], year: int | None, season: int | None) -> Identity:
    told, places = [], [(1, 1)]
    for name in names:
        folded = " ".join(_ASIDE.sub(" ", unicodedata.normalize("NFKC", name or "").casefold()).split())
        folded, part = _taken(folded, _PART)
        folded, number = _taken(folded, _SEASON)
        told.append(utils.default_process(folded))
        places.append((number, part))
    place = max(number for number, _ in places), max(part for _, part in places)
    return Identity(tuple(dict.fromkeys(filter(None, told))), place, year, season)


def _taken(name: str, patterns: Iterable[str]) -> tuple[str, int]:
    """The name without what the first pattern that fits says, and the number it says."""
    for pattern in patterns:
        match = re.search(pattern, name)
        if match and (rest := f"{name[: match.start()]} {name[match.end() :]}").strip(" :-"):
            return " ".join(rest.split()), _number(match["n"])
    return name, 1


def _number(word: str) -> int:
    read: Callable[[str], int] = int
    return _WORDS.get(word) or _ROMAN.get(word) or read(word)

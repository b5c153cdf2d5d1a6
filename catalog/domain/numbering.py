"""Seasons as names tell them: here each is a title of its own, while other programs count the seasons of a series."""

from __future__ import annotations

import re
from dataclasses import dataclass

from catalog.domain.titles import Number, Title, Torrent

FIRST = 1
MOST = 20
FILM = 0  # the type's code

_ROMAN = {"II": 2, "III": 3, "IV": 4, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}
_WORDS = {
    "second": 2, "third": 3, "fourth": 4, "fifth": 5, "втор": 2, "трет": 3, "четв": 4, "пят": 5,
}  # fmt: skip
_NO_SEASONS = "".join(rf"(?<!\b{word})" for word in ("part", "movie", "cour", "film", "часть", "фильм"))
_SAID = [  # "Season 2", "2nd season", "S2", "2 сезон", "сезон 2", "второй сезон", "[ТВ-2]"
    re.compile(r"[\s:,(\[-]*\bseason\s*(?P<number>\d{1,2})\b[)\]]?", re.IGNORECASE),
    re.compile(r"[\s:,(\[-]*\b(?P<number>\d{1,2})(?:st|nd|rd|th)\s+season\b[)\]]?", re.IGNORECASE),
    re.compile(r"[\s:,(\[-]*\b(?P<word>second|third|fourth|fifth)\s+season\b[)\]]?", re.IGNORECASE),
    re.compile(r"[\s:,(\[-]+s(?P<number>\d{1,2})(?=\s|[)\]]|$)[)\]]?", re.IGNORECASE),
    re.compile(r"[\s:,(\[-]*\bсезон\s*(?P<number>\d{1,2})\b[)\]]?", re.IGNORECASE),
    re.compile(r"[\s:,(\[-]*\b(?P<number>\d{1,2})(?:-?й)?\s+сезон\b[)\]]?", re.IGNORECASE),
    re.compile(r"[\s:,(\[-]*\b(?P<word>втор|трет|четв|пят)\w*\s+сезон\b[)\]]?", re.IGNORECASE),
    re.compile(r"[\s:,(\[-]*\b(?:тв|tv)[\s-]*(?P<number>\d{1,2})\b[)\]]?", re.IGNORECASE),
]
_MEANT = [  # "Overlord III", "Mob Psycho 100 II", "Non Non Biyori 2"
    re.compile(r"\s+(?P<roman>VIII|VII|VI|IV|IX|III|II)(?=\s*(?:[:(\[-]|$))"),
    re.compile(rf"(?<=\S){_NO_SEASONS}\s+(?P<number>[2-9])\s*$", re.IGNORECASE),
]
_RANGE = re.compile(r"(\d{1,4})\s*[-–—]\s*(\d{1,4})|(\d{1,4})")


@dataclass(frozen=True, slots=True)
class Numbering:
    """A series' name without its season, and the season's number."""

    series: str
    season: int


def numbering(title: Title) -> Numbering:
    """What is said in any name beats what a number or a numeral at the end of one may mean; nothing: the first."""
    series = " ".join((title.names.en or title.name).split())
    names = [name for name in (title.names.en, title.names.alternative, title.names.ru) if name]
    for patterns in (_SAID, _MEANT):
        for name in names:
            for pattern in patterns:
                if (found := pattern.search(name)) and (season := _number(found)):
                    return Numbering(_without_season(series), season)
    return Numbering(series, FIRST)


def episodes(torrent: Torrent) -> tuple[int, int] | None:
    """The first and the last episode in it; ``None`` where neither numbers nor words tell whole ones."""
    first, last = _whole(torrent.range.first), _whole(torrent.range.last)
    if first is None and last is None and (found := _RANGE.fullmatch((torrent.range.text or "").strip())):
        first, last = (int(found[1]), int(found[2])) if found[1] else (int(found[3]), int(found[3]))
    first, last = first if first is not None else last, last if last is not None else first
    return (first, last) if first is not None and last is not None and 0 <= first <= last else None


def _without_season(name: str) -> str:
    for pattern in (*_SAID, *_MEANT):
        if (found := pattern.search(name)) and _number(found):
            rest = f"{name[: found.start()]} {name[found.end() :]}"
            return " ".join(rest.split()).strip(" :-,") or name
    return name


def _number(found: re.Match[str]) -> int | None:
    groups = found.groupdict()
    if groups.get("word"):
        return _WORDS[groups["word"].lower()]
    if groups.get("roman"):
        return _ROMAN[groups["roman"]]
    return number if FIRST <= (number := int(groups["number"])) <= MOST else None


def _whole(number: Number | None) -> int | None:
    return int(number) if number is not None and number == int(number) else None

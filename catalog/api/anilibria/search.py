"""Finding titles by what somebody remembers of their names or description, typing errors included."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from catalog.domain.titles import Names, Title

ENOUGH = 60  # of 100: two words need both, three may miss one
SAME_NAME = 85  # of 100, spaces aside: "nani ka" is "Nanika"
SAME_WORD = 72  # of 100: one wrong letter in four, two in seven
SHORTEST_MISTYPED = 4  # letters: in shorter words another letter makes another word
SHORTEST_BEGINNING = 3
BEGINNING = 95
DESCRIPTION_WEIGHT = 0.75

_WORD = re.compile(r"\w+")


class _Text(NamedTuple):
    name_words: tuple[str, ...]
    description_words: tuple[str, ...]
    joined_names: tuple[str, ...]


def find(titles: Iterable[Title], phrases: Iterable[str]) -> list[Title]:
    """The titles that resemble any of ``phrases``, the likeliest first."""
    asked = [words for words in map(_words, phrases) if words]
    scored = [(sum(_score(words, title) for words in asked), title) for title in titles]
    scored.sort(key=lambda pair: (-pair[0], -pair[1].in_favourites))
    return [title for score, title in scored if score]


def _score(words: tuple[str, ...], title: Title) -> float:
    """0, or at least ``ENOUGH``."""
    text = _text(title.names, title.description.plain)
    by_word = sum(
        max(_likeness(word, text.name_words), DESCRIPTION_WEIGHT * _likeness(word, text.description_words))
        for word in words
    ) / len(words)
    by_name = max((fuzz.ratio("".join(words), name, score_cutoff=SAME_NAME) for name in text.joined_names), default=0.0)
    score = max(by_word, by_name)
    return score if score >= ENOUGH else 0.0


def _likeness(word: str, words: tuple[str, ...]) -> float:
    """Of 100, to the most similar of ``words``."""
    if word in words:
        return 100
    if len(word) >= SHORTEST_BEGINNING and any(other.startswith(word) for other in words):
        return BEGINNING
    if len(word) < SHORTEST_MISTYPED:
        return 0
    best = process.extractOne(word, words, scorer=fuzz.ratio, score_cutoff=SAME_WORD)
    return best[1] if best else 0


@lru_cache(maxsize=4096)
def _text(names: Names, description: str | None) -> _Text:
    by_name = [_words(name) for name in (names.ru, names.en, names.alternative) if name]
    return _Text(
        name_words=tuple({word for words in by_name for word in words}),
        description_words=tuple(set(_words(description or ""))),
        joined_names=tuple("".join(words) for words in by_name),
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold().replace("ё", "е")))

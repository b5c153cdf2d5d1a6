"""Where in a name the words are that somebody typed."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from rapidfuzz.distance import OSA

from catalog.services.search.intentions import intentions
from catalog.services.search.spelling import Word, sound, words

ALIKE_ENOUGH = 0.66


class Span(NamedTuple):
    """A piece of a text, and whether it is what was typed."""

    text: str
    marked: bool


def marked(name: str, query: str) -> tuple[Span, ...]:
    """``name`` in pieces; put together they are ``name`` with composed accents."""
    name = unicodedata.normalize("NFC", name)
    readings = [[_found(word, name, reading) for word in words(name)] for reading in intentions(query)]
    best = max(readings, key=lambda found: sum(end - start for start, end in found), default=[])
    pieces, place = [], 0
    for start, end in best:
        if start < end:
            pieces += [Span(name[place:start], False), Span(name[start:end], True)]
            place = end
    return tuple(piece for piece in (*pieces, Span(name[place:], False)) if piece.text)


def _found(word: Word, name: str, reading: list[str]) -> tuple[int, int]:
    """How much of the word was typed: its beginning, all of it when it was typed with errors, or nothing."""
    if word.sound in reading:
        return word.start, word.end
    for typed in sorted(reading, key=len, reverse=True):
        if word.sound.startswith(typed):
            ends = range(word.start + 1, word.end)
            return word.start, next((end for end in ends if sound(name[word.start : end]).startswith(typed)), word.end)
        if len(typed) > 2 and OSA.normalized_similarity(typed, word.sound) >= ALIKE_ENOUGH:
            return word.start, word.end
    return word.start, word.start

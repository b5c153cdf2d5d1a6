"""Titles by what somebody remembers of a name: exact and beginning names first, then whole words, then likenesses.

Names are kept as they sound. Each is listed under its words, found by their beginning, and under its trigrams: those
of all its letters in a row, so that a space more or less changes nothing, and how each of its words begins, so that
their order hardly matters. The rarest trigrams of a query call up candidates, which rapidfuzz then compares with it.
"""

from __future__ import annotations

import heapq
import sys
from array import array
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from heapq import merge
from itertools import chain, islice
from operator import itemgetter
from typing import NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from catalog.services.search.intentions import intentions
from catalog.services.search.spelling import sounds

EXACT, BEGINNING, WORDS, ALIKE = 4, 3, 2, 1
CERTAIN = ALIKE + 0.9  # so good that another reading need not be tried
UNBROKEN = 0.5  # what it is worth when the last word is one of the name's, and not only the beginning of one
BESIDE_WORDS = ALIKE + 0.8  # what a name needs that is only alike, where others have just these words
LEAST_LIKENESS = 0.6
MUCH_STRANGER = 0.25
SAME_NAME = 0.9
BEGUN, PART, REORDERED = 0.97, 0.9, 0.98  # what it is worth to be like a beginning, a part, the words in another order
OTHER_READING = 0.97  # what the likeness to another layout or script is worth
SHORT = 2  # letters that resemble too much
SHORT_NAME = 9  # letters
ERRORS = 2
PLENTY = 30  # names with just these words: nobody needs others
RAREST = 16  # trigrams that call up names ...
COUNTED_MOST = 4500  # ... until so many were counted
CALLED_MOST = 600  # names, those with the most trigrams, of which ...
COMPARED_MOST = 60  # ... the shortest are looked at closely
LISTED_MOST = 500  # names found by the beginning of one word, the most popular first
FEW = 64  # lists that are quicker merged than united
NOTHING = (0.0, 0)
TRIGRAM = 3
LAST_SIGN = chr(sys.maxunicode)


class Hit(NamedTuple):
    """``rank``: EXACT to ALIKE; ``likeness``: of 1."""

    title_id: int
    rank: int
    likeness: float


class Engine:
    """``add`` the most popular titles first: that is the order among equals."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._letters: list[str] = []  # the names without spaces
        self._lengths: dict[int, tuple[list[str], list[int]]] = {}  # letters and places of short names
        self._titles: list[int] = []
        self._places: dict[int, list[int]] = {}
        self._dead: set[int] = set()
        self._words: dict[str, array[int]] = {}
        self._vocabulary: list[str] = []
        self._trigrams: dict[str, array[int]] = {}

    @classmethod
    def of(cls, names: Mapping[int, Iterable[str]]) -> Engine:
        engine = cls()
        for title_id, of_title in names.items():
            engine._append(title_id, of_title)
        engine._vocabulary = sorted(engine._words)
        return engine

    def __len__(self) -> int:
        return len(self._places)

    @property
    def wasted(self) -> float:
        """The share of names that belong to nothing any more."""
        return len(self._dead) / max(1, len(self._names))

    def add(self, title_id: int, names: Iterable[str]) -> None:
        """Add a title, or give it other names. Safe beside searches."""
        self.remove(title_id)
        for word in self._append(title_id, names):
            insort(self._vocabulary, word)

    def remove(self, title_id: int) -> None:
        self._dead.update(self._places.pop(title_id, ()))

    def find(self, query: str, limit: int) -> list[Hit]:
        """The best first. A reading less familiar than another counts only where that one leads nowhere."""
        best: dict[int, tuple[float, int]] = {}
        readings = sorted(((self._strangeness(reading), reading) for reading in intentions(query)), key=itemgetter(0))
        for strangeness, reading in readings:
            if best and (strangeness > readings[0][0] + MUCH_STRANGER or max(best.values())[0] >= CERTAIN):
                break
            worth = 1.0 if reading is readings[0][1] else OTHER_READING
            for name, score in self._search(reading):
                found = (score if score >= WORDS else score * worth, -name)
                title_id = self._titles[name]
                if found > best.get(title_id, NOTHING) and name not in self._dead:
                    best[title_id] = found
        if best and max(best.values())[0] >= WORDS:
            best = {title_id: found for title_id, found in best.items() if found[0] >= BESIDE_WORDS}
        top = heapq.nlargest(limit, best.items(), key=itemgetter(1))
        return [Hit(title_id, int(score), min(1.0, score - ALIKE)) for title_id, (score, _) in top]

    def _append(self, title_id: int, names: Iterable[str]) -> list[str]:
        """The words that were not known."""
        fresh = []
        spoken = dict.fromkeys(" ".join(sounds(name)) for name in names)
        for name in filter(None, spoken):
            place = len(self._names)
            self._names.append(name)
            letters = name.replace(" ", "")
            self._letters.append(letters)
            if len(letters) <= SHORT_NAME + ERRORS:
                of_this_length = self._lengths.setdefault(len(letters), ([], []))
                of_this_length[1].append(place)
                of_this_length[0].append(letters)
            self._titles.append(title_id)
            for word in set(name.split()):
                if word not in self._words:
                    self._words[word] = array("I")
                    fresh.append(word)
                self._words[word].append(place)
            for trigram in trigrams(name.split()):
                self._trigrams.setdefault(trigram, array("I")).append(place)
            self._places.setdefault(title_id, []).append(place)
        return fresh

    def _search(self, reading: list[str]) -> Iterator[tuple[int, float]]:
        """Names with their scores: the rank, and for names that are only alike 1 and the likeness of 1."""
        joined, whole = "".join(reading), f" {' '.join(reading)} "
        found = self._with_words(reading)
        for name in found:
            letters = self._letters[name]
            rank = EXACT if letters == joined else BEGINNING if letters.startswith(joined) else WORDS
            yield name, rank + UNBROKEN if rank < EXACT and whole in f" {self._names[name]} " else rank
        if len(joined) > SHORT and len(found) < PLENTY:
            best = 0.0
            for name, score in self._alike(reading, joined):
                if name not in found:
                    best = max(best, score)
                    yield name, score
            if not found and best < CERTAIN and len(joined) <= SHORT_NAME:
                yield from self._whole(joined)

    def _strangeness(self, reading: list[str]) -> float:
        """The share of trigrams that no name has."""
        keys = [key for key in trigrams(reading) if len(key) == TRIGRAM]
        return sum(key not in self._trigrams for key in keys) / len(keys) if keys else 0.0

    def _with_words(self, reading: list[str]) -> set[int]:
        """The names in which every word of the reading begins a word; of those with one short word only the popular."""
        first, *others = sorted(reading, key=len, reverse=True)
        lists = self._beginning_with(first)
        if not others and len(lists) < FEW:
            return {*islice(merge(*lists), LISTED_MOST), *self._words.get(first, ())}
        found = set(chain(*lists))
        for beginning in (f" {word}" for word in others):
            found = {name for name in found if beginning in f" {self._names[name]}"}
        return found

    def _beginning_with(self, word: str) -> list[array[int]]:
        """The lists of names, ascending, that together are those with a word that begins so."""
        if len(word) < TRIGRAM:
            return [names for key, names in list(self._trigrams.items()) if key.startswith(f" {word}")]
        start = bisect_left(self._vocabulary, word)
        end = bisect_left(self._vocabulary, word + LAST_SIGN, start)
        return [self._words[known] for known in self._vocabulary[start:end]]

    def _alike(self, reading: list[str], joined: str) -> Iterator[tuple[int, float]]:
        spaced, ordered = " ".join(reading), " ".join(sorted(reading))
        length, several = len(joined), len(reading) > 1
        for name in self._candidates(reading, length):
            letters = self._letters[name]
            likeness = OSA.normalized_similarity(joined, letters)
            if likeness < SAME_NAME:
                known = self._names[name]
                if len(letters) > length:
                    likeness = max(likeness, OSA.normalized_similarity(joined, letters[:length]) * BEGUN)
                words = known.split()
                if several:
                    part = fuzz.partial_ratio(spaced, known) / 100 * PART if len(letters) > length else 0.0
                    reordered = OSA.normalized_similarity(ordered, " ".join(sorted(words))) * REORDERED
                    likeness = max(likeness, part, reordered)
                elif len(words) > 1:
                    likeness = max(likeness, *(OSA.normalized_similarity(joined, word) * PART for word in words))
            if likeness >= LEAST_LIKENESS:
                yield name, EXACT if likeness == 1 else ALIKE + likeness

    def _whole(self, joined: str) -> Iterator[tuple[int, float]]:
        """All names of about this length that are alike: of few letters, two wrong ones leave no trigram."""
        for length in range(len(joined) - ERRORS, len(joined) + ERRORS + 1):
            letters, names = self._lengths.get(length, ([], []))
            alike = process.extract(
                joined, letters, scorer=OSA.normalized_similarity, score_cutoff=LEAST_LIKENESS, limit=COMPARED_MOST
            )
            yield from ((names[place], ALIKE + likeness) for _, likeness, place in alike)

    def _candidates(self, reading: list[str], length: int) -> set[int]:
        """The names that share the most of the rarest trigrams: some as short as what was typed, some popular."""
        lists = sorted((self._trigrams[key] for key in trigrams(reading) if key in self._trigrams), key=len)
        counts: Counter[int] = Counter()
        counted = 0
        for names in lists[:RAREST]:
            if counted and counted + len(names) > COUNTED_MOST:
                break
            counts.update(names)
            counted += len(names)
        shared = Counter(counts.values())
        least = max(shared, default=1)
        enough = 0
        while least > 1 and (enough := enough + shared[least]) < CALLED_MOST:
            least -= 1
        called = [name for name, times in counts.items() if times > least]
        called += islice((name for name, times in counts.items() if times == least), CALLED_MOST)
        alike = heapq.nlargest(
            COMPARED_MOST, called, key=lambda name: counts[name] / (length + len(self._letters[name]))
        )
        popular = heapq.nlargest(COMPARED_MOST, called, key=lambda name: (counts[name], -name))
        return {*alike, *popular}


def trigrams(words: list[str]) -> set[str]:
    joined = "".join(words)
    return {joined[place : place + TRIGRAM] for place in range(len(joined) - TRIGRAM + 1)} | {
        f" {word[:2]}" for word in words
    }

"""Made-up names in the manner of real ones, for measuring the search."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from itertools import accumulate

Vocabulary = tuple[list[str], list[float]]

SYLLABLES = [
    "a",
    "i",
    "u",
    "e",
    "o",
    "ka",
    "ki",
    "ku",
    "ke",
    "ko",
    "sa",
    "shi",
    "su",
    "se",
    "so",
    "ta",
    "chi",
    "tsu",
    "te",
    "to",
    "na",
    "ni",
    "nu",
    "ne",
    "no",
    "ha",
    "hi",
    "fu",
    "he",
    "ho",
    "ma",
    "mi",
    "mu",
    "me",
    "mo",
    "ya",
    "yu",
    "yo",
    "ra",
    "ri",
    "ru",
    "re",
    "ro",
    "wa",
    "ga",
    "gi",
    "gu",
    "ge",
    "go",
    "za",
    "ji",
    "zu",
    "ze",
    "zo",
    "da",
    "de",
    "do",
    "ba",
    "bi",
    "bu",
    "be",
    "bo",
    "kyo",
    "sho",
    "cho",
    "ryu",
    "kyu",
    "shu",
    "ju",
    "jo",
    "ryo",
    "gyo",
    "n",
]
ONSETS = [
    "б",
    "в",
    "г",
    "д",
    "ж",
    "з",
    "к",
    "л",
    "м",
    "н",
    "п",
    "р",
    "с",
    "т",
    "х",
    "ч",
    "ш",
    "бл",
    "вр",
    "гр",
    "др",
    "кл",
    "кр",
    "пр",
    "св",
    "ск",
    "сл",
    "ст",
    "тр",
    "хр",
    "зв",
]
VOWELS = ["а", "о", "и", "е", "у", "ы", "я", "ю", "ё"]
CODAS = ["", "", "", "", "н", "р", "л", "с", "т", "к", "м", "й", "ст", "рн"]
ENDINGS = ["", "а", "ы", "ов", "ный", "ная", "ного", "ский", "ом", "ами", "ик", "ка", "ница", "ание", "ие", "ость", "ь"]
VOCABULARY = 6000  # words of each language; few of them are common, as in any language
SHORTEST = 5  # letters: of names as short as these a typing error makes another one


def generated_names(amount: int, seed: int = 7) -> dict[int, tuple[str, str]]:
    """Russian and romanised names by title id, from 1; no name is given twice."""
    rnd = random.Random(seed)
    russian = _vocabulary(rnd, _russian_word)
    romaji = _vocabulary(rnd, _romaji_word)
    taken: set[str] = set()
    named: dict[int, tuple[str, str]] = {}
    while len(named) < amount:
        pair = _name(rnd, russian), _name(rnd, romaji)
        if taken.isdisjoint(pair):
            taken.update(pair)
            named[len(named) + 1] = pair
    return named


def _vocabulary(rnd: random.Random, word: Callable[[random.Random], str]) -> Vocabulary:
    """Words and how often each is used, the commonest first: the n-th 1/sqrt(n) times as often as the first."""
    words = list(dict.fromkeys(word(rnd) for _ in range(VOCABULARY * 2)))[:VOCABULARY]
    return words, list(accumulate(1 / math.sqrt(place) for place in range(1, len(words) + 1)))


def _russian_word(rnd: random.Random) -> str:
    syllables = (
        rnd.choice(ONSETS) + rnd.choice(VOWELS) + rnd.choice(CODAS) for _ in range(rnd.choice((1, 1, 2, 2, 3)))
    )
    return "".join(syllables) + rnd.choice(ENDINGS)


def _romaji_word(rnd: random.Random) -> str:
    return "".join(rnd.choices(SYLLABLES, k=rnd.choice((2, 2, 3, 3, 4))))


def _name(rnd: random.Random, vocabulary: Vocabulary) -> str:
    words, weights = vocabulary
    while True:
        name = " ".join(rnd.choices(words, cum_weights=weights, k=rnd.choice((1, 2, 2, 3, 3, 4, 5, 6))))
        if len(name) > SHORTEST:
            return name.capitalize()

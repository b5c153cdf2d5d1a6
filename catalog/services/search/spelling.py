"""One spelling for words that sound alike: Cyrillic or Latin, Hepburn or Polivanov, whatever the romanisation.

"Наруто" and "Naruto" both become "naruto", "Синдзи" and "Shinji" both "sinzi"; "ё", which many type as "е", is one
with "yo" and "io". The spelling is for comparing only.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

WORDS_REMEMBERED = 1 << 16

WORD = re.compile(r"[^\W_]+(?:['’`ʼ][^\W_]+)*")
_CYRILLIC = re.compile(r"[а-яёіїєґ]")
_LATIN = re.compile(r"[a-z]")

_LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia",
    "і": "i", "ї": "i", "є": "e", "ґ": "g",
}  # fmt: skip
TRANSLITERATION = str.maketrans(_LETTERS)
LATIN_LOOKALIKES = str.maketrans("aceopxykmtbh", "асеорхукмтвн")  # the last five as capitals
CYRILLIC_LOOKALIKES = str.maketrans("асеорхукмтвн", "aceopxykmtbh")
SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"o[uh](?![aeiou])", "o"),
        (r"(?:shch|sch|sh)o", "sio"),
        (r"t?cho", "tio"),
        (r"(?:dzh|dj|zh|j)o", "zio"),
        (r"shch|sch|sh", "s"),
        (r"tch|ch|ts|tz|th", "t"),
        (r"dzh|dz|dj|zh|j", "z"),
        (r"kh", "h"),
        (r"ph", "f"),
        (r"gh", "g"),
        (r"ck|c|q", "k"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"y", "i"),
        (r"m(?=[bp])", "n"),
        (r"io", "e"),
        (r"(?<=[stz])i(?=[aou])", ""),
        (r"(?<=^)ie", "e"),
        (r"([a-z])\1(?!\1)", r"\1"),
    )
]


class Word(NamedTuple):
    """A word of a text: where it stands there, and how it sounds."""

    start: int
    end: int
    sound: str


def words(text: str) -> list[Word]:
    return [Word(match.start(), match.end(), sound(match[0])) for match in WORD.finditer(text)]


def sounds(text: str) -> list[str]:
    return [sound(word) for word in WORD.findall(text)]


@lru_cache(WORDS_REMEMBERED)
def sound(word: str) -> str:
    folded = unicodedata.normalize("NFKC", word).casefold()
    folded = "".join(sign for sign in folded if sign.isalnum())
    if _CYRILLIC.search(folded):
        if _LATIN.search(folded):
            folded = of_one_script(folded)
        folded = folded.translate(TRANSLITERATION)
    bare = "".join(sign for sign in unicodedata.normalize("NFD", folded) if not unicodedata.combining(sign))
    for pattern, replacement in SOUNDS:
        bare = pattern.sub(replacement, bare)
    return bare or folded or word


def of_one_script(word: str) -> str:
    """Two scripts in a word are a slip, as in "Hаруто": all Cyrillic where the Latin letters allow it, else Latin."""
    cyrillic = word.translate(LATIN_LOOKALIKES)
    return word.translate(CYRILLIC_LOOKALIKES) if _LATIN.search(cyrillic) else cyrillic

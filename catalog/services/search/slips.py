"""What people type with a name in mind, made by rule: for measuring the search."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping

from catalog.services.search.intentions import TO_ENGLISH, TO_RUSSIAN
from catalog.services.search.spelling import CYRILLIC_LOOKALIKES, LATIN_LOOKALIKES, TRANSLITERATION

LATIN, RUSSIAN = "abcdefghijklmnopqrstuvwxyz", "абвгдежзийклмнопрстуфхцчшщъыьэюя"
KANA = {
    "shi": "си", "sha": "ся", "shu": "сю", "sho": "сё", "chi": "ти", "cha": "тя", "chu": "тю", "cho": "тё", "tsu": "цу",
    "ji": "дзи", "ja": "дзя", "ju": "дзю", "jo": "дзё", "ya": "я", "yu": "ю", "yo": "ё", "fu": "фу", "ye": "е",
} | dict(zip("abcdefghijklmnopqrstuvwxyz", "абкдэфгхижклмнопкрстуввкйз", strict=True))  # fmt: skip
_KANA = re.compile("|".join(sorted(KANA, key=len, reverse=True)))

Slip = Callable[[str, random.Random], str]


def edit(name: str, rnd: random.Random) -> str:
    """One letter left out, put in, replaced, or two swapped."""
    letters = RUSSIAN if _is_russian(name) else LATIN
    place = rnd.randrange(len(name) - 1)
    head, here, after, tail = name[:place], name[place], name[place + 1], name[place + 2 :]
    return rnd.choice(
        (
            head + after + tail,
            head + rnd.choice(letters) + here + after + tail,
            head + rnd.choice(letters) + after + tail,
            head + after + here + tail,
        )
    )


def other_layout(name: str, rnd: random.Random) -> str:
    return name.lower().translate(TO_ENGLISH if _is_russian(name) else TO_RUSSIAN)


def other_script(name: str, rnd: random.Random) -> str:
    if _is_russian(name):
        return name.lower().translate(TRANSLITERATION)
    return _KANA.sub(lambda match: KANA[match[0]], name.lower())


def look_alikes(name: str, rnd: random.Random) -> str:
    """Every other letter in the script where it looks the same."""
    table = CYRILLIC_LOOKALIKES if _is_russian(name) else LATIN_LOOKALIKES
    return "".join(sign.translate(table) if place % 2 else sign for place, sign in enumerate(name.lower()))


def other_order(name: str, rnd: random.Random) -> str:
    words = name.split()
    rnd.shuffle(words)
    return " ".join(words)


def loose_spaces(name: str, rnd: random.Random) -> str:
    """One space fewer, or one more in a name of one word."""
    if " " in name:
        return name.replace(" ", "", 1)
    place = rnd.randrange(2, len(name) - 1)
    return f"{name[:place]} {name[place:]}"


SLIPS: Mapping[str, Slip] = {
    "as it is": lambda name, rnd: name,
    "1 edit": edit,
    "2 edits": lambda name, rnd: edit(edit(name, rnd), rnd),
    "two words, 1 edit": lambda name, rnd: edit(" ".join(name.split()[:2]), rnd),
    "other layout": other_layout,
    "other layout, 1 edit": lambda name, rnd: other_layout(edit(name, rnd), rnd),
    "other script": other_script,
    "look-alikes": look_alikes,
    "word order": other_order,
    "spaces": loose_spaces,
}


def _is_russian(name: str) -> bool:
    return any("а" <= sign <= "я" or sign == "ё" for sign in name.lower())

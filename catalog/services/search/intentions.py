"""What somebody may have meant to type: the words as they are, in the other keyboard layout, in the other script."""

from __future__ import annotations

from catalog.services.search.spelling import CYRILLIC_LOOKALIKES, LATIN_LOOKALIKES, sounds

_ENGLISH_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>"
_RUSSIAN_KEYS = "ёйцукенгшщзхъфывапролджэячсмитьбюЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ"
TO_RUSSIAN = str.maketrans(_ENGLISH_KEYS, _RUSSIAN_KEYS)
TO_ENGLISH = str.maketrans(_RUSSIAN_KEYS, _ENGLISH_KEYS)


def intentions(query: str) -> list[list[str]]:
    """The sounds of each reading, the likeliest first; readings that sound alike are one."""
    readings = [sounds(reading) for reading in _readings(query)]
    return [reading for place, reading in enumerate(readings) if reading and reading not in readings[:place]]


def _readings(query: str) -> list[str]:
    lowered = query.lower()
    letters = {sign for sign in lowered if sign.isalpha()}
    latin = any("a" <= sign <= "z" for sign in letters)
    cyrillic = any("а" <= sign <= "я" or sign == "ё" for sign in letters)
    readings = [query]
    if not cyrillic:
        readings.append(query.translate(TO_RUSSIAN))
    if cyrillic and not latin:
        readings.append(query.translate(TO_ENGLISH))
    for lookalikes in (LATIN_LOOKALIKES, CYRILLIC_LOOKALIKES):
        if letters and all(ord(sign) in lookalikes for sign in letters):
            readings.append(lowered.translate(lookalikes))
    return readings

"""A first look at bencoded bytes before anything is made of them: how much there is, how deep, and where ``info`` lies.

The decoder proper builds whatever it is told to: four megabytes of empty lists would weigh thirty times as much.
"""

from __future__ import annotations

import re

from catalog.services.torrents.refusal import Refused

MOST_BYTES = 4 * 1024 * 1024
MOST_VALUES = 150_000  # numbers, texts, lists and tables: a torrent of 5,000 files has about 80,000
DEEPEST = 64
LONGEST_NUMBER = 20  # digits with the sign

_TEXT = re.compile(rb"(\d{1,9}):")
_NUMBER = re.compile(rb"i-?\d{1,%d}e" % LONGEST_NUMBER)


def info_span(data: bytes) -> tuple[int, int]:
    """Where the value of the outer table's ``info`` begins and ends; raise Refused for what is no torrent."""
    if len(data) > MOST_BYTES:
        raise Refused(f"more than {MOST_BYTES // 2**20} MB")
    if not data.startswith(b"d"):
        raise Refused("not a torrent: it is not bencoded")
    place, depth, values, is_key = 1, 1, 1, True
    begins, span = 0, (0, 0)
    while depth:
        values += 1
        if values > MOST_VALUES:
            raise Refused(f"more than {MOST_VALUES} values")
        if depth > DEEPEST:
            raise Refused(f"lists nested more than {DEEPEST} deep")
        start, sign = place, data[place : place + 1]
        if sign in {b"l", b"d"}:
            place, depth = place + 1, depth + 1
        elif sign == b"e":
            place, depth = place + 1, depth - 1
        elif found := _TEXT.match(data, place):
            place = found.end() + int(found[1])
        elif found := _NUMBER.match(data, place):
            place = found.end()
        else:
            raise Refused(_complaint(data, place))
        if depth == 1:  # a key or a whole value of the outer table has just ended
            if is_key:
                begins = place if data[start:place] == b"4:info" else 0
            elif begins:
                span, begins = (begins, place), 0
            is_key = not is_key
    if place > len(data):
        raise Refused("it is cut off")
    if not span[1]:
        raise Refused("it has no info")
    return span


def _complaint(data: bytes, place: int) -> str:
    if place >= len(data):
        return "it is cut off"
    if data[place : place + 1] == b"i":
        return "a number that is none, or far too long"
    return f"not a torrent: what stands at byte {place} is not bencoded"

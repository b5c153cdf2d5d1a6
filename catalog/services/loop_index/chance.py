"""One loop by chance: each as likely as any other that fits, and the same seed the same loop.

A draw looks into slots of the index, one after the other in the seed's own order, and takes the k-th loop that fits
there, k being chance too; where there is no k-th, it goes on with the next. So every loop is equally likely, a draw
reads a few rows however many there are, and one more loop changes the outcome of hardly any seed. Where few loops fit,
slots would be empty for long: then all that fit are compared, and the one wins that likes the seed best.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from random import Random
from typing import TypeVar

from django.db.models import QuerySet

from catalog.models import LoopRow
from catalog.models.loops import SLOTS, key_of

T = TypeVar("T")

LOOKS = (16, 112, 384)  # into how many slots, at each attempt
FEW = 1000  # loops in all: comparing them is quicker than looking for one
CROWDED = 32  # loops in a slot at most ...
ROOMY = 12  # ... while this many are in it on the average


def drawn(rows: QuerySet[LoopRow], seed: str, held: int) -> str | None:
    """The id of one of ``rows``; ``held``: how many loops there are in all."""
    if held < FEW:
        return among(rows, seed, held)
    dice = Random(seed)
    room = CROWDED
    while held > room * SLOTS * ROOMY / CROWDED:
        room *= 2
    for looks in LOOKS:
        wanted = [(dice.randrange(SLOTS), dice.randrange(room)) for _ in range(looks)]
        slots = _by_slot(rows, {slot for slot, _ in wanted})
        for slot, place in wanted:
            if place < len(slots.get(slot, ())):
                return slots[slot][place]
    return among(rows, seed, held)


def among(rows: QuerySet[LoopRow], seed: str, held: int) -> str | None:
    """The same of few rows: all of them are read."""
    return favourite(rows.values_list("id", flat=True).iterator(), seed, str)


def favourite(things: Iterable[T], seed: str, name: Callable[[T], str]) -> T | None:
    """The one whose name likes the seed best, whatever others there are."""
    return max(things, key=lambda thing: (key_of(f"{seed} {name(thing)}"), name(thing)), default=None)


def _by_slot(rows: QuerySet[LoopRow], slots: Iterable[int]) -> Mapping[int, Sequence[str]]:
    found: dict[int, list[str]] = {}
    for slot, loop_id in sorted(rows.filter(slot__in=list(slots)).values_list("slot", "id")):
        found.setdefault(slot, []).append(loop_id)
    return found

"""A title set like a wood-type broadside: lines broken to equal measure, each scaled to the full width."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from catalog.art.lettering import CAP_HEIGHT, has_letter, measure, set_line

MOST_LINES = 5
MOST_UNITS = 16  # what line breaks fall between; with more, the ways to break run into tens of thousands
TAILED = frozenset("ДЩЦ,;QJ/")
ACCENTED = frozenset("ЁЙ")
STAND_INS = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‘": "’", "−": "–", "×": "X", "І": "I", "Ї": "I", "Є": "Е", "Ґ": "Г"}
)


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    size: float
    gap_below: float


@dataclass(frozen=True, slots=True)
class TitleBlock:
    lines: tuple[Line, ...]
    height: float

    @property
    def overhang(self) -> float:
        """How far the last line's tails hang below the block."""
        last = self.lines[-1]
        return last.size * 0.1 if TAILED.intersection(last.text) else 0

    @property
    def headroom(self) -> float:
        """How far the first line's accents rise above the block."""
        first = self.lines[0]
        return first.size * 0.06 if ACCENTED.intersection(first.text) else 0

    def draw(self, x: float, y: float, colour: str) -> str:
        """The block with its top left corner at ``x``, ``y``."""
        drawn = ""
        for line in self.lines:
            y += line.size * CAP_HEIGHT
            drawn += set_line(line.text, x - line.size * 0.02, y, line.size, colour)
            y += line.gap_below
        return drawn


def settable(name: str) -> str:
    """``name`` in the capitals the face has: accents it lacks are dropped, so are signs with no likeness in it."""
    capitals = unicodedata.normalize("NFC", name).upper().translate(STAND_INS)
    return " ".join("".join(_likeness(character) for character in capitals).split())


def _likeness(character: str) -> str:
    if has_letter(character) or character.isspace():
        return character
    return "".join(part for part in unicodedata.normalize("NFKD", character) if has_letter(part))


def fit_title(title: str, width: float, max_height: float, *, max_size: float = 210, gap: float = 8) -> TitleBlock:
    """Break and scale a settable, non-empty ``title`` to fill ``width`` and come near ``max_height``."""
    best_score, best_lines, best_sizes = math.inf, [""], [0.0]
    for lines in _breaks(_units(title), MOST_LINES):
        sizes = [min(max_size, width * 1000 / max(1, measure(line))) for line in lines]
        height = sum(size * CAP_HEIGHT for size in sizes) + sum(_gaps(lines, sizes, gap))
        shrink = min(1, max_height / height)
        score = _badness(lines, sizes, height, shrink, max_height)
        if score < best_score:
            best_score, best_lines, best_sizes = score, lines, [size * shrink for size in sizes]
    gaps = _gaps(best_lines, best_sizes, gap)
    return TitleBlock(
        lines=tuple(map(Line, best_lines, best_sizes, gaps)),
        height=sum(size * CAP_HEIGHT for size in best_sizes) + sum(gaps),
    )


def _units(title: str) -> list[str]:
    """The words; in a very long title the shortest neighbours are kept together."""
    units = title.split()
    while len(units) > MOST_UNITS:
        at = min(range(len(units) - 1), key=lambda index: len(units[index]) + len(units[index + 1]))
        units[at : at + 2] = [" ".join(units[at : at + 2])]
    return units


def _breaks(units: Sequence[str], most_lines: int) -> Iterator[list[str]]:
    """Every way to set the units in at most so many lines."""
    yield [" ".join(units)]
    if most_lines > 1:
        for taken in range(1, len(units)):
            first = " ".join(units[:taken])
            for rest in _breaks(units[taken:], most_lines - 1):
                yield [first, *rest]


def _gaps(lines: Sequence[str], sizes: Sequence[float], gap: float) -> list[float]:
    """The space below each line: even, and opened only where a tail would meet an accent."""
    gaps = []
    for index, line in enumerate(lines[:-1]):
        space = gap
        if TAILED.intersection(line):
            space += sizes[index] * 0.075
        if ACCENTED.intersection(lines[index + 1]):
            space += sizes[index + 1] * 0.14
        gaps.append(space)
    return [*gaps, 0]


def _badness(lines: Sequence[str], sizes: Sequence[float], height: float, shrink: float, max_height: float) -> float:
    """Lower is better: fill the height, do not shrink, keep sizes alike, end no line on a short word."""
    score = abs(math.log(height * shrink / max_height)) * 1.2 + (1 - shrink) * 3.5
    score += 0.55 * math.log(max(sizes) / min(sizes))
    score += sum(0.5 for line in lines[:-1] if len(line.split()[-1]) < 3)
    score += sum(0.6 for line in lines if len(line) < 3 and len(lines) > 1)
    return score

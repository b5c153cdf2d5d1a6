"""Titles like another one, and its neighbours by name: as far as the index knows."""

from __future__ import annotations

from collections import defaultdict
from itertools import compress
from math import log
from typing import NamedTuple

from catalog.domain.titles import Title
from catalog.services.index import Catalogue, cards, catalogue, progress

ALIKE = ("genre", "voice", "translator")
LEAST_GENRES = 2  # shared ones; a title of one genre needs that one


class Surroundings(NamedTuple):
    """``before`` and ``after`` by name."""

    similar: tuple[Title, ...] = ()
    before: Title | None = None
    after: Title | None = None


def around(title: Title, most: int) -> Surroundings:
    """Nothing while there is no index."""
    known = catalogue(progress())
    if known is None:
        return Surroundings()
    similar = alike(known, title, most)
    before, after = known.facets.neighbours(title.id, "name")
    by_id = {card.id: card for card in cards([*similar, *filter(None, (before, after))])}
    found = tuple(by_id[title_id] for title_id in similar if title_id in by_id)
    return Surroundings(found, by_id.get(before or 0), by_id.get(after or 0))


def alike(known: Catalogue, title: Title, most: int) -> tuple[int, ...]:
    """Those that share its genres and its voices, what is rare counting more."""
    facets = known.facets
    own = {"genre": title.genres, "voice": title.team.voice, "translator": title.team.translator}
    scores: dict[int, float] = defaultdict(float)
    genres: dict[int, int] = defaultdict(int)
    for name in ALIKE:
        for value in own[name]:
            bits = facets.values[name].get(value, 0)
            weight = log((len(known) + 1) / (bits.bit_count() or 1)) / (1 if name == "genre" else 2)
            for place in compress(range(len(known)), facets.present(bits)):
                scores[place] += weight
                genres[place] += name == "genre"
    needed = min(LEAST_GENRES, len(title.genres))
    places = [place for place in scores if genres[place] >= needed and facets.ids[place] != title.id]
    best = sorted(places, key=lambda place: (-scores[place], place))[:most]
    return tuple(facets.ids[place] for place in best)

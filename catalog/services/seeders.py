"""The tracker's users found by part of a name, which the upstream itself cannot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from catalog.domain.titles import SeedStat
from catalog.services import anilibria
from catalog.services.answer import Answer

LISTED_MOST = 20_000  # users read for a search; who comes later can be found by the whole name

Stats = Answer[tuple[SeedStat, ...]]
Order = Literal["downloaded", "uploaded", "user"]


def seeders(
    names: Sequence[str] = (),
    *,
    sort_by: Order | None = None,
    ascending: bool | None = None,
    limit: int,
    after: int = 0,
) -> Stats:
    """Users whose name has one of ``names`` in it, whatever their case; without names all of them."""
    if not names:
        return anilibria.seed_stats((), sort_by, ascending, limit, after)
    everyone = anilibria.seed_stats((), sort_by, ascending, LISTED_MOST)
    found = tuple(stat for stat in everyone.value if any(_is_in(name, stat) for name in names))
    unmet = [name for name in names if not any(_is_in(name, stat) for stat in found)]
    if unmet:
        found += anilibria.seed_stats(unmet, sort_by, ascending, len(unmet)).value
    return replace(everyone, value=found[after : after + limit])


def _is_in(name: str, stat: SeedStat) -> bool:
    return name.casefold() in stat.user.casefold()

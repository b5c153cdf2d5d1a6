"""The tracker's users and what they gave and took."""

from __future__ import annotations

from catalog.demo.titles.plan import dice
from catalog.domain.titles import SeedStat

USERS = 120
GIB = 2**30

_FIRST = (
    "Neko", "Tihiy", "Kuro", "Sever", "Hoshi", "Baikal", "Yume", "Lunny", "Kaze", "Ryzhiy", "Momo", "Polar",
    "Sakura", "Vechny", "Ronin", "Zhuk",
)  # fmt: skip
_LAST = (
    "fan", "seed", "otaku", "84", "_spb", "kun", "2007", "_ural", "san", "chan", "_nsk", "77", "senpai", "ka", "_msk",
    "99",
)  # fmt: skip


def seed_stats() -> tuple[SeedStat, ...]:
    """The most generous first; one of them is the document's."""
    draw = dice("audience")
    names = [first + last for first in _FIRST for last in _LAST]
    stats = [_stat(name, draw.uniform(-1, 4), draw.uniform(0.02, 3)) for name in draw.sample(names, USERS - 1)]
    stats.append(SeedStat(user="T1MOX4", downloaded=72110162198, uploaded=1163165762554))
    return tuple(sorted(stats, key=lambda stat: -stat.uploaded))


def _stat(user: str, magnitude: float, ratio: float) -> SeedStat:
    """``magnitude``: the power of ten of GiB downloaded."""
    downloaded = int(10**magnitude * GIB)
    return SeedStat(user=user, downloaded=downloaded, uploaded=int(downloaded * ratio))

"""The titles that the API's document shows, with its figures. Hosts are the demo's, and so is what is said in prose.

One figure cannot be the document's: the info hash, which here follows from the file that is served.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from catalog.demo.titles.build import built, covered
from catalog.demo.titles.finished import weekly
from catalog.demo.titles.plan import FINISHED, Plan
from catalog.demo.titles.players import Site, player_of
from catalog.demo.titles.prose import described
from catalog.demo.titles.torrents import WEB, file_name, torrent, with_files
from catalog.domain.titles import CachingNode, Names, Team, Title, Torrent

NANATSU, APOCRYPHA, KEEPER = 8500, 4212, 8644

CACHING_NODES = tuple(
    CachingNode(name=name, weight=weight)
    for name, weight in {"de4": 10, "de6": 10, "de1": 10, "de3": 10, "de10": 10, "de2": 10, "static": 5}.items()
)

_NANATSU_TEAM = Team(
    voice=("Kari", "Anzen", "Sharon", "Cleo-chan", "Hekomi"),
    translator=("Anku",),
    editing=("mutagenb",),
    timing=("Alkhorus",),
)
_TORRENT_BYTES = 35521275317
_FIRST_FILES = {10: 1036384565, 21: 1372075412}  # episode -> bytes


def plans() -> Iterator[Plan]:
    """What the document names and nobody else knows."""
    aired = weekly(KEEPER, 2020, 2, 6, 24)
    genres = ("фэнтези", "драма", "мистика")
    yield Plan(
        id=KEEPER,
        code="sora-no-hakamori",
        names=Names(ru="Хранитель небесных могил", en="Sora no Hakamori"),
        kind="ТВ",
        genres=genres,
        episodes=24,
        minutes=24,
        year=2020,
        season=2,
        weekday=6,
        status=FINISHED,
        added=aired[0] - timedelta(days=5),
        aired=aired,
        edited=aired[-1] + timedelta(days=3),
        description=described(KEEPER, genres),
        favourites=4186,
    )


def documented(plan: Plan, site: Site) -> Title:
    """``plan`` built, as the document has it where it shows it."""
    if plan.id == NANATSU:
        return _nanatsu(plan, site)
    if plan.id == APOCRYPHA:
        title = built(plan, site)
        return replace(title, team=replace(title.team, voice=("Amikiri", "Silv", "Hekomi")))
    return built(plan, site)


def _nanatsu(plan: Plan, site: Site) -> Title:
    updated = _moment(1585249972)
    plan = replace(
        plan,
        weekday=5,
        favourites=9648,
        announce="Одна из ролей в последней серии переозвучена, файл заменим на днях",
        added=_moment(1570770775),
        aired=tuple(updated - timedelta(weeks=weeks) for weeks in reversed(range(24))),
        edited=_moment(1590523671),
    )
    title = built(plan, site)
    torrents = (_nanatsu_torrent(plan, site), *title.torrents[1:])
    alternative = "/serial/19248/803944eb832adacd4d4bec7d4221f941/720p?translations=false"
    return replace(
        title,
        team=_NANATSU_TEAM,
        player=replace(player_of(plan, range(1, 25), site), alternative_url=site.origin + alternative),
        torrents=torrents,
        torrents_range=covered(torrents),
    )


def _nanatsu_torrent(plan: Plan, site: Site) -> Torrent:
    drawn = torrent(plan, site, torrent_id=10725, release=WEB, numbers=range(1, 25))
    documented = replace(
        drawn,
        seeders=16,
        leechers=2,
        downloads=8918,
        uploaded_at=_moment(1590483840),
        metadata=drawn.metadata and replace(drawn.metadata, created_at=_moment(1590483891)),
    )
    others = [number for number in range(1, 25) if number not in _FIRST_FILES]
    sizes = _FIRST_FILES | dict(zip(others, _shares(len(others)), strict=True))
    return with_files(documented, [(file_name(plan, number, WEB.quality), size) for number, size in sizes.items()])


def _shares(count: int) -> list[int]:
    """What the other files are, so that the total is the document's."""
    left = _TORRENT_BYTES - sum(_FIRST_FILES.values())
    even = left // count
    sizes = [even + (-1) ** place * place * 7_654_321 for place in range(count - 1)]
    return [*sizes, left - sum(sizes)]


def _moment(timestamp: int) -> datetime:
    return datetime.fromtimestamp(timestamp, UTC)

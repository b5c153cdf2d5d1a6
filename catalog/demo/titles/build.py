"""Plan -> title."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.demo.media.catalogue import poster_path
from catalog.demo.titles.plan import KINDS, SEASONS, STATUSES, Plan
from catalog.demo.titles.players import Site, player
from catalog.demo.titles.staff import crew
from catalog.demo.titles.torrents import torrents
from catalog.domain.titles import EpisodeRange, Poster, Season, Status, Title, TitleType, Torrent


def built(plan: Plan, site: Site) -> Title:
    there = torrents(plan, site)
    return Title(
        id=plan.id,
        code=plan.code,
        names=plan.names,
        announce=plan.announce,
        status=Status(code=plan.status, text=STATUSES[plan.status]),
        type=title_type(plan),
        poster=Poster(url=site.origin + poster_path(plan.id), updated_at=plan.added),
        genres=plan.genres,
        team=crew(plan.id),
        season=Season(code=plan.season, text=SEASONS[plan.season], year=plan.year, weekday=plan.weekday),
        description=plan.description,
        in_favourites=plan.favourites,
        player=player(plan, site),
        torrents_range=covered(there),
        torrents=there,
        updated_at=plan.updated,
        changed_at=max(plan.updated, plan.edited or plan.updated),
    )


def title_type(plan: Plan) -> TitleType:
    """The full text is "ТВ (24 эп.), 25 мин."; a show without end has more episodes than the hundred it has passed."""
    expected = f"{plan.episodes}" if plan.episodes else f">{max(100, len(plan.aired) // 100 * 100)}"
    count = "" if plan.kind == "Фильм" else f" ({expected} эп.)"
    return TitleType(
        code=KINDS[plan.kind],
        text=plan.kind,
        full_text=f"{plan.kind}{count}, {plan.minutes} мин.",
        episodes=plan.episodes,
        minutes=plan.minutes,
        length_text=f"{plan.minutes} мин",
    )


def covered(torrents: Sequence[Torrent]) -> EpisodeRange:
    """The episodes of all the torrents together."""
    firsts = [torrent.range.first for torrent in torrents if torrent.range.first is not None]
    lasts = [torrent.range.last for torrent in torrents if torrent.range.last is not None]
    if not firsts or not lasts:
        return torrents[0].range if torrents else EpisodeRange()
    first, last = min(firsts), max(lasts)
    return EpisodeRange(first=first, last=last, text=str(first) if first == last else f"{first}-{last}")

"""One torrent of a title, named and numbered as programs that manage downloads expect."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from catalog import links
from catalog.domain.numbering import FILM, Numbering, episodes, numbering
from catalog.domain.titles import Title, Torrent
from catalog.services.anilibria.fields import Shape

MOVIES, TV, ANIME = 2000, 5000, 5070  # newznab's categories
GROUP = "AniLibria"
TRANSLATED = ("1_3", "Anime - Non-English-translated")  # as trackers of anime number and call it
SHAPE: Shape = {
    "fields": ("blocked", "code", "genres", "id", "names", "season", "torrents", "type", "updated"),
    "include": ("torrent_meta",),
}
_EPOCH = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """``episodes``: the first and the last."""

    title: Title
    torrent: Torrent
    numbering: Numbering
    episodes: tuple[int, int] | None

    @property
    def is_film(self) -> bool:
        return self.title.type.code == FILM

    @property
    def categories(self) -> tuple[int, ...]:
        return (MOVIES,) if self.is_film else (TV, ANIME)

    @property
    def name(self) -> str:
        """What a program reads the series, the season, the episodes and the quality from."""
        quality = self.torrent.quality
        resolution = f"{quality.resolution}p" if quality.resolution else None
        parts = (self.numbering.series, self._number, quality.type, resolution, quality.codec, "RUS")
        return f"{' '.join(part for part in parts if part)}-{GROUP}"

    @property
    def _number(self) -> str | None:
        if self.is_film:
            return f"({self.title.season.year})" if self.title.season.year else None
        season = f"S{self.numbering.season:02}"
        if self.episodes is None:
            return season
        first, last = self.episodes
        return f"{season}E{first:02}" if first == last else f"{season}E{first:02}-E{last:02}"

    @property
    def page(self) -> str:
        return f"{links.title_url(self.title)}#torrent-{self.torrent.id}"

    @property
    def published(self) -> datetime | None:
        return self.torrent.uploaded_at or self.title.updated_at

    def has(self, *, season: int | None, episode: int | None) -> bool:
        """Whether it is of that season and holds that episode; either may be of no concern."""
        if season is not None and (self.is_film or self.numbering.season != season):
            return False
        return episode is None or (self.episodes is not None and self.episodes[0] <= episode <= self.episodes[1])


def releases(titles: Iterable[Title]) -> list[Release]:
    """What can be had of them, the newest first; nothing of titles whose pages show no torrents."""
    found = [
        Release(title=title, torrent=torrent, numbering=numbering(title), episodes=episodes(torrent))
        for title in titles
        if not title.is_blocked
        for torrent in title.torrents
        if torrent.url or torrent.magnet
    ]
    return sorted(found, key=lambda release: release.published or _EPOCH, reverse=True)

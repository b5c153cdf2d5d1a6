"""The demo's titles behind the API's source protocol, and what its media store needs to know of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

from catalog.art.scenes.timing import SCENES, VARIANTS
from catalog.demo.media.catalogue import PosterSpec, StillSpec, poster_path
from catalog.demo.titles.audience import seed_stats
from catalog.demo.titles.changes import Change
from catalog.demo.titles.clips import clips
from catalog.demo.titles.day import Day
from catalog.demo.titles.documented import CACHING_NODES
from catalog.demo.titles.plan import MOSCOW, dice
from catalog.demo.titles.players import address_of, is_there
from catalog.demo.titles.programme import Programme
from catalog.demo.titles.staff import EVERYONE
from catalog.demo.titles.torrents import encoded
from catalog.domain.titles import CachingNode, Clip, Episode, SeedStat, Team, Title


class DemoTitles:
    """The catalogue at the moment that ``now`` says; ``poster_file`` reads a poster by its path below ``origin``."""

    def __init__(
        self,
        origin: str,
        now: Callable[[], datetime],
        poster_file: Callable[[str], bytes | None] = lambda path: None,
    ) -> None:
        self.origin = origin
        self.now = now
        self._read_poster = poster_file
        self._lock = Lock()
        self._day: Day | None = None

    def titles(self) -> tuple[Title, ...]:
        return tuple(self._by_id().values())

    def title(self, title_id: int) -> Title | None:
        return self._by_id().get(title_id)

    def clips(self) -> tuple[Clip, ...]:
        return clips(self._today().programme.date, self.origin)

    def team(self) -> Team:
        return EVERYONE

    def seed_stats(self) -> tuple[SeedStat, ...]:
        return seed_stats()

    def caching_nodes(self) -> tuple[CachingNode, ...]:
        return CACHING_NODES

    def poster_file(self, title_id: int) -> bytes | None:
        return self._read_poster(poster_path(title_id))

    def torrent_file(self, torrent_id: int) -> bytes | None:
        found = (torrent for title in self.titles() for torrent in title.torrents if torrent.id == torrent_id)
        torrent = next(found, None)
        return encoded(torrent) if torrent else None

    def poster_specs(self) -> tuple[PosterSpec, ...]:
        return tuple(_poster_spec(title) for title in self.titles() if title.poster.url)

    def still_specs(self) -> tuple[StillSpec, ...]:
        return tuple(_still_spec(clip.youtube_id) for clip in self.clips())

    def has_file(self, path: str) -> bool:
        """Whether a film's file is at ``path``; a link to mp4 that has expired, or was never made, leads nowhere."""
        return is_there(path, self._episode, self.now())

    def next_change(self, after: datetime) -> tuple[Change, Title]:
        """The first change after that moment, and the title as it will be answered from then on."""
        today = self._today().programme
        change, programme = today.first_after(after), today
        while change is None:
            programme = Programme(programme.date + timedelta(days=1), self.origin)
            change = programme.first_after(after)
        return change, programme.show_at(change.title_id, change.at)

    def _episode(self, title_id: int, address: str) -> Episode | None:
        """``address``: the episode as it stands in the addresses of its files, such as 0001."""
        title = self.title(title_id)
        episodes = title.player.episodes if title else ()
        return next((each for each in episodes if each.number is not None and address_of(each.number) == address), None)

    def _by_id(self) -> dict[int, Title]:
        return self._today().titles

    def _today(self) -> Day:
        """Made once a day, and again where the clock was turned back; in between it moves on."""
        with self._lock:
            now = self.now()
            date = now.astimezone(MOSCOW).date()
            if self._day is None or self._day.programme.date != date or now < self._day.moment:
                self._day = Day(date, now, self.origin)
            self._day.move_on(now)
            return self._day


def _poster_spec(title: Title) -> PosterSpec:
    return PosterSpec(
        path=poster_path(title.id),
        code=title.code,
        ru=title.names.ru or "",
        en=title.names.en or "",
        ident=title.id,
        year=title.season.year or 0,
        kind=title.type.text or "",
        genres=title.genres,
    )


def _still_spec(youtube_id: str) -> StillSpec:
    draw = dice("still", youtube_id)
    return StillSpec(youtube_id, draw.choice(SCENES), draw.randrange(VARIANTS), draw.random())

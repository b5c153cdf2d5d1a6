"""Seamless loops cut from anime episodes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

LOOP_FILE_KEYS = ("mp4_1080p", "mp4_720p", "mp4_360p", "gif_360p", "jpg_1080p", "jpg_720p", "jpg_360p")


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopFile:
    """``key`` is the document's name of the file, such as ``mp4_720p``: type, then size."""

    key: str
    url: str

    @property
    def type(self) -> str:
        return self.key.partition("_")[0]

    @property
    def size(self) -> str:
        return self.key.partition("_")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopSeries:
    """``season`` is the first month of the season as sent, "2014-4"."""

    id: str
    title: str | None = None
    title_romaji: str | None = None
    title_english: str | None = None
    title_japanese: str | None = None
    description: str | None = None
    genres: tuple[str, ...] = ()
    type: str | None = None
    total_episodes: int | None = None
    anilist_id: int | None = None
    season: str | None = None
    cover_url: str | None = None
    banner_url: str | None = None

    @property
    def name(self) -> str:
        return self.title or self.title_romaji or self.title_english or self.title_japanese or self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopEpisode:
    """``number`` is text: the upstream also knows "OVA" and "12.5"."""

    id: str
    number: str | None = None
    series_id: str | None = None
    series: LoopSeries | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """``duration`` in seconds; ``begin`` and ``end`` are its place in the episode, also counted in frames."""

    id: str
    duration: float
    begin: timedelta | None = None
    end: timedelta | None = None
    begin_frame: int | None = None
    end_frame: int | None = None
    source: str | None = None
    uploaded_at: datetime | None = None
    files: tuple[LoopFile, ...] = ()
    episode_id: str | None = None
    series_id: str | None = None
    episode: LoopEpisode | None = None
    series: LoopSeries | None = None

    def file(self, key: str) -> LoopFile | None:
        return next((file for file in self.files if file.key == key), None)

    def url(self, key: str) -> str | None:
        file = self.file(key)
        return file.url if file else None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopTag:
    """What a machine saw in a loop: ``confidence`` between 0 and 1, ``source`` the machine's name."""

    id: str
    loop_id: str
    type: str
    value: str
    source: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopCollection:
    """Loops that the user ``user_id`` put together; ``name`` is its short name, letters and digits only."""

    id: int
    name: str
    title: str
    description: str
    user_id: int

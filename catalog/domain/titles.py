"""Anime titles and what surrounds them: episodes, torrents, schedule days, clips, tracker users."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote

Number = int | float


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    ru: str | None = None
    en: str | None = None
    alternative: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """``code``: 1 ongoing, 2 finished, 3 hidden, 4 not ongoing; ``text`` is the upstream's own word."""

    code: int | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleType:
    """``code``: 0 film, 1 TV, 2 OVA, 3 ONA, 4 special, 5 WEB; ``minutes`` is one episode's length."""

    code: int | None = None
    text: str | None = None
    full_text: str | None = None
    episodes: int | None = None
    minutes: int | None = None
    length_text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """``code``: 1 winter, 2 spring, 3 summer, 4 autumn; ``weekday``: 0 Monday to 6 Sunday, in Moscow."""

    code: int | None = None
    text: str | None = None
    year: int | None = None
    weekday: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    voice: tuple[str, ...] = ()
    translator: tuple[str, ...] = ()
    editing: tuple[str, ...] = ()
    decor: tuple[str, ...] = ()
    timing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked:
    """``in_russia``: by law; ``by_licensee``: after a complaint (the document's ``bakanim``)."""

    in_russia: bool = False
    by_licensee: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """The same text in the three forms that can be asked for; the forms not asked for are ``None``."""

    plain: str | None = None
    html: str | None = None
    no_view_order: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Poster:
    """``url`` is the largest form known; ``raw`` is the file itself when it was asked for."""

    url: str | None = None
    medium_url: str | None = None
    small_url: str | None = None
    updated_at: datetime | None = None
    raw: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeRange:
    """``text`` is what the upstream calls the range: "1-24", sometimes a word such as "Фильм"."""

    first: Number | None = None
    last: Number | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HlsStreams:
    fhd: str | None = None
    hd: str | None = None
    sd: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mp4Files:
    """Playable addresses and, where offered, the addresses that answer as a download. All of them expire."""

    hd: str | None = None
    sd: str | None = None
    hd_download: str | None = None
    sd_download: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Skips:
    """Opening and ending as (start, end) in seconds."""

    opening: tuple[Number, Number] | None = None
    ending: tuple[Number, Number] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """``key`` is the playlist's key as sent (it names the page); ``number`` is the ordinal, perhaps fractional."""

    key: str
    number: Number | None = None
    name: str | None = None
    hls: HlsStreams = HlsStreams()
    mp4: Mp4Files = Mp4Files()
    skips: Skips = Skips()
    preview_url: str | None = None
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """``hls_host`` and ``mp4_host`` are the preferred hosts as sent; the episodes' addresses already include them."""

    alternative_url: str | None = None
    hls_host: str | None = None
    mp4_host: str | None = None
    range: EpisodeRange = EpisodeRange()
    episodes: tuple[Episode, ...] = ()

    def episode(self, key: str) -> Episode | None:
        return next((episode for episode in self.episodes if episode.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """``type`` is the release's (WEBRip…), ``resolution`` the picture's height, ``codec`` h264 or h265."""

    text: str | None = None
    type: str | None = None
    resolution: int | None = None
    codec: str | None = None
    low_quality_audio: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TorrentFile:
    """``name`` is the path inside the torrent, never to be used as one on disk; ``offset`` is in bytes."""

    name: str
    size: int
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TorrentMetadata:
    """``info_hash_v2``: 64 hexadecimal signs; a torrent of version 2 alone (BEP 52) has no other."""

    info_hash: str | None = None
    info_hash_v2: str | None = None
    name: str | None = None
    trackers: tuple[str, ...] = ()
    created_at: datetime | None = None
    files: tuple[TorrentFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Torrent:
    """``url`` is the .torrent file; ``raw`` is that file when it was asked for."""

    id: int
    range: EpisodeRange = EpisodeRange()
    quality: Quality = Quality()
    seeders: int = 0
    leechers: int = 0
    downloads: int = 0
    size: int = 0
    url: str | None = None
    uploaded_at: datetime | None = None
    info_hash: str | None = None
    metadata: TorrentMetadata | None = None
    raw: bytes | None = field(default=None, repr=False)

    @property
    def magnet(self) -> str | None:
        """The magnet link with display name, size and trackers, or ``None`` where the info hash is unknown."""
        of_v2 = self.metadata.info_hash_v2 if self.metadata else None
        of_v1 = self.info_hash if not of_v2 or not self.info_hash or not of_v2.startswith(self.info_hash) else None
        parts = [f"xt=urn:btih:{of_v1}"] if of_v1 else []
        parts += [f"xt=urn:btmh:1220{of_v2}"] if of_v2 else []
        if not parts:
            return None
        if self.metadata is not None:
            if self.metadata.name:
                parts.append(f"dn={quote(self.metadata.name, safe='')}")
            parts += [f"tr={quote(tracker, safe='')}" for tracker in self.metadata.trackers]
        if self.size:
            parts.append(f"xl={self.size}")
        return "magnet:?" + "&".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """One anime title. ``updated_at`` moves with a release, ``changed_at`` with any edit."""

    id: int
    code: str
    names: Names = Names()
    announce: str | None = None
    status: Status = Status()
    type: TitleType = TitleType()
    poster: Poster = Poster()
    genres: tuple[str, ...] = ()
    team: Team = Team()
    season: Season = Season()
    description: Description = Description()
    in_favourites: int = 0
    blocked: Blocked = Blocked()
    player: Player = Player()
    torrents_range: EpisodeRange = EpisodeRange()
    torrents: tuple[Torrent, ...] = ()
    updated_at: datetime | None = None
    changed_at: datetime | None = None

    @property
    def name(self) -> str:
        """The first name there is: Russian, English, alternative, else the code."""
        return self.names.ru or self.names.en or self.names.alternative or self.code

    @property
    def is_blocked(self) -> bool:
        return self.blocked.in_russia or self.blocked.by_licensee


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleDay:
    """``weekday``: 0 Monday to 6 Sunday, in Moscow."""

    weekday: int
    titles: tuple[Title, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A YouTube clip of the team's channels."""

    id: int
    name: str
    youtube_id: str
    image_url: str | None = None
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """Either an updated title or a clip."""

    title: Title | None = None
    clip: Clip | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedStat:
    """One tracker user; ``downloaded`` and ``uploaded`` in bytes."""

    user: str
    downloaded: int
    uploaded: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CachingNode:
    """A media server and its weight: the higher, the more it should be asked."""

    name: str
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleChange:
    """A live notice that a title changed; equal ``hash`` means the same notice again."""

    hash: str
    title: Title


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaylistChange:
    """A live notice that ``episode_number`` of title ``title_id`` came out or was replaced."""

    title_id: int
    episode_number: Number
    episodes: tuple[Episode, ...]

"""A small source of titles, and a client of the API over it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import include, path

from catalog.api.anilibria.urls import urls
from catalog.domain.titles import (
    CachingNode,
    Clip,
    Description,
    Episode,
    EpisodeRange,
    HlsStreams,
    Mp4Files,
    Names,
    Player,
    Poster,
    Quality,
    Season,
    SeedStat,
    Status,
    Team,
    Title,
    TitleType,
    Torrent,
    TorrentFile,
    TorrentMetadata,
)
from catalog.tests.api.anilibria.client import ApiClient

ORIGIN = "http://127.0.0.1:8001"
START = datetime(2020, 6, 1, tzinfo=UTC)


def episode(key: str, number: float | None = None) -> Episode:
    return Episode(
        key=key,
        number=float(key) if number is None else number,
        hls=HlsStreams(hd=f"{ORIGIN}/videos/ts/1/{key}/playlist.m3u8"),
        mp4=Mp4Files(
            hd=f"{ORIGIN}/get/t/9/mp4/1/{key}.mp4", hd_download=f"{ORIGIN}/get/t/9/mp4/1/{key}.mp4?download=A.mp4"
        ),
    )


FULL = Title(
    id=1,
    code="umi-no-uta",
    names=Names(ru="Песня моря", en="Umi no Uta"),
    announce="Скоро",
    status=Status(code=1, text="В работе"),
    type=TitleType(code=1, text="ТВ", full_text="ТВ (12 эп.), 25 мин.", episodes=12, minutes=25, length_text="25 мин"),
    poster=Poster(url=f"{ORIGIN}/upload/release/350x500/1.jpg", updated_at=START),
    genres=("драма", "музыка"),
    team=Team(voice=("Kari", "Silv"), timing=("Anku",)),
    season=Season(code=2, text="весна", year=2020, weekday=3),
    description=Description(plain="Берег и волны.", html="<b>Берег</b> и волны.", no_view_order="Берег."),
    in_favourites=50,
    player=Player(
        alternative_url=f"{ORIGIN}/serial/1?x=y",
        hls_host="127.0.0.1:8001",
        mp4_host="127.0.0.1:8001",
        range=EpisodeRange(first=1, last=10, text="1-10"),
        episodes=(episode("-1"), episode("0"), episode("1"), episode("2"), episode("2.5"), episode("10")),
    ),
    torrents_range=EpisodeRange(first=1, last=10, text="1-10"),
    torrents=tuple(
        Torrent(
            id=torrent_id,
            range=EpisodeRange(first=1, last=10, text="1-10"),
            quality=Quality(text="WEBRip 1080p", type="WEBRip", resolution=1080, codec="h264", low_quality_audio=False),
            seeders=5,
            leechers=1,
            downloads=70,
            size=1000,
            url=f"{ORIGIN}/upload/torrents/{torrent_id}.torrent",
            uploaded_at=START,
            metadata=TorrentMetadata(
                info_hash="ab" * 20,
                name="Umi no Uta",
                trackers=(f"{ORIGIN}/announce",),
                created_at=START,
                files=(TorrentFile(name="a.mkv", size=400), TorrentFile(name="b.mkv", size=600, offset=400)),
            ),
        )
        for torrent_id in (11, 12)
    ),
    updated_at=START,
    changed_at=START + timedelta(days=90),
)
BARE = Title(id=2, code="nai")
SUMMER = replace(
    FULL,
    id=3,
    code="natsu-no-mori",
    names=Names(ru="Лес в июле", en="Natsu no Mori", alternative="Ёлки"),
    description=Description(plain="Поход."),
    season=Season(code=3, text="лето", year=2019, weekday=3),
    genres=("музыка", "ёкаи"),
    team=Team(voice=("Silv",)),
    in_favourites=7,
    status=Status(code=2, text="Завершен"),
    updated_at=START + timedelta(days=2),
    changed_at=START + timedelta(days=2),
)
SUNDAY = replace(
    SUMMER,
    id=4,
    code="nichiyoubi",
    names=Names(ru="Воскресенье", en="Nichiyoubi"),
    season=Season(code=1, text="зима", year=2020, weekday=6),
    genres=("драма",),
    in_favourites=1,
    status=Status(code=1, text="В работе"),
    updated_at=START + timedelta(days=1),
    changed_at=START + timedelta(days=1),
)


@dataclass
class Shelf:
    all_titles: tuple[Title, ...] = (FULL, BARE, SUMMER, SUNDAY)

    def titles(self):
        return self.all_titles

    def clips(self):
        return tuple(
            Clip(
                id=9 + n,
                name=f"Ролик {n}",
                youtube_id=f"video{n}",
                image_url=f"{ORIGIN}/vi/video{n}/0.jpg",
                published_at=moment,
            )
            for n, moment in enumerate((START + timedelta(hours=30), START - timedelta(days=4)))
        )

    def team(self):
        return Team(voice=("Kari", "Silv"), timing=("Anku",))

    def seed_stats(self):
        return tuple(
            SeedStat(user=user, downloaded=down, uploaded=up)
            for user, down, up in (
                ("mia", 3, 10),
                ("ann", 1, 30),
                ("zoe", 2, 20),
                ("bob", 9, 1),
                ("kim", 8, 2),
                ("leo", 7, 3),
            )
        )

    def caching_nodes(self):
        return CachingNode(name="de4", weight=10), CachingNode(name="static", weight=5)

    def poster_file(self, title_id):
        return b"poster %d" % title_id

    def torrent_file(self, torrent_id):
        return b"torrent %d" % torrent_id


@pytest.fixture
def shelf():
    return Shelf()


@pytest.fixture
def api(shelf, client, settings):
    settings.MIDDLEWARE = []
    settings.ROOT_URLCONF = (path("anilibria/", include(urls(shelf))),)
    return ApiClient(client)

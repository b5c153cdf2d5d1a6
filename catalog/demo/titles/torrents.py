"""Torrents whose .torrent files are real: the files they promise are not, but every number in them agrees."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from hashlib import sha1, shake_256
from itertools import accumulate
from typing import Any, NamedTuple

from bencode2 import bencode

from catalog.demo.titles.plan import ONGOING, Plan, dice
from catalog.demo.titles.players import Site, spanned
from catalog.domain.titles import EpisodeRange, Number, Quality, Torrent, TorrentFile, TorrentMetadata

MIB = 2**20
MAX_PIECES = 1024  # keeps a .torrent file about 20 KiB small
PIECE_LENGTHS = [MIB << power for power in range(7)]
FILM = EpisodeRange(text="Фильм")
LONG = 80  # episodes; what has more comes in several torrents
IDS_EACH = 20  # torrent ids kept for one title


class Release(NamedTuple):
    """``rate``: MiB a minute."""

    type: str
    resolution: int
    codec: str
    rate: float
    low_quality_audio: bool = False

    @property
    def quality(self) -> Quality:
        codec = " HEVC" if self.codec == "h265" else ""
        audio = " LQ" if self.low_quality_audio else ""
        return Quality(
            text=f"{self.type} {self.resolution}p{codec}{audio}",
            type=self.type,
            resolution=self.resolution,
            codec=self.codec,
            low_quality_audio=self.low_quality_audio,
        )


DVD = Release("DVDRip", 480, "h264", 8)
HDTV = Release("HDTVRip", 720, "h264", 18)
WEB_720 = Release("WEBRip", 720, "h264", 22)
WEB_SMALL = Release("WEBRip", 720, "h265", 5, low_quality_audio=True)
WEB = Release("WEBRip", 1080, "h264", 55)
WEB_HEVC = Release("WEBRip", 1080, "h265", 17)
BD_720 = Release("BDRip", 720, "h264", 30)
BD = Release("BDRip", 1080, "h264", 70)
BD_HEVC = Release("BDRip", 1080, "h265", 28)
BD_UHD = Release("BDRip", 2160, "h265", 95)


def torrents(plan: Plan, site: Site) -> tuple[Torrent, ...]:
    parts = [(release, numbers) for release in _releases(plan) for numbers in _parts(plan, release)]
    return tuple(
        torrent(plan, site, torrent_id=plan.id * IDS_EACH + place, release=release, numbers=numbers)
        for place, (release, numbers) in enumerate(parts)
    )


def torrent(
    plan: Plan,
    site: Site,
    *,
    torrent_id: int,
    release: Release,
    numbers: Sequence[Number],
) -> Torrent:
    draw = dice("torrent", torrent_id)
    quality = release.quality
    aired = plan.aired[min(max(1, int(numbers[-1])), len(plan.aired)) - 1]
    promised = Torrent(
        id=torrent_id,
        range=FILM if plan.kind == "Фильм" else spanned(numbers),
        quality=quality,
        seeders=int(10 ** draw.uniform(0, 2.3)),
        leechers=int(10 ** draw.uniform(0, 1.2)) - 1,
        downloads=int(10 ** draw.uniform(1.8, 4.3)),
        url=f"{site.origin}/upload/torrents/{torrent_id}.torrent",
        uploaded_at=aired,
        metadata=TorrentMetadata(
            name=f"{_punctuated(plan.names.en or plan.code)} - AniLibria.TV [{quality.text}]",
            trackers=(f"{site.origin}/announce",),
            created_at=aired - timedelta(seconds=draw.randint(40, 900)),
        ),
    )
    bytes_each = plan.minutes * release.rate * MIB
    return with_files(
        promised, [(file_name(plan, number, quality), int(bytes_each * draw.uniform(0.75, 1.25))) for number in numbers]
    )


def file_name(plan: Plan, number: Number, quality: Quality) -> str:
    episode = "" if plan.kind == "Фильм" else f"[{number:02}]_"
    return f"{_joined(plan.names.en or plan.code)}_{episode}[AniLibria_TV]_[{_joined(quality.text or '')}].mkv"


def with_files(torrent: Torrent, files: Iterable[tuple[str, int]]) -> Torrent:
    """The torrent with these names and sizes in it, and the info hash and total that follow."""
    names, sizes = zip(*files, strict=True)
    *offsets, total = accumulate(sizes, initial=0)
    content = tuple(
        TorrentFile(name=name, size=size, offset=offset)
        for name, size, offset in zip(names, sizes, offsets, strict=True)
    )
    metadata = replace(torrent.metadata or TorrentMetadata(), files=content)
    info_hash = sha1(bencode(_info(torrent.id, metadata)), usedforsecurity=False).hexdigest()
    return replace(torrent, size=total, info_hash=info_hash, metadata=replace(metadata, info_hash=info_hash))


def encoded(torrent: Torrent) -> bytes:
    """The .torrent file."""
    metadata = torrent.metadata or TorrentMetadata()
    return bencode(
        {
            "announce": metadata.trackers[0],
            "created by": "AniLibria demo",
            "creation date": int(metadata.created_at.timestamp()) if metadata.created_at else 0,
            "info": _info(torrent.id, metadata),
        }
    )


def _info(torrent_id: int, metadata: TorrentMetadata) -> dict[str, Any]:
    total = sum(file.size for file in metadata.files)
    length = next((length for length in PIECE_LENGTHS if total <= length * MAX_PIECES), PIECE_LENGTHS[-1])
    return {
        "files": [{"length": file.size, "path": [file.name]} for file in metadata.files],
        "name": metadata.name,
        "piece length": length,
        "pieces": shake_256(f"{torrent_id}/{total}".encode()).digest(20 * -(-total // length)),
    }


def _releases(plan: Plan) -> tuple[Release, ...]:
    """What there was to rip when the title was new, and what was put out since."""
    draw = dice("releases", plan.id)
    if not plan.aired:
        return ()
    if plan.status == ONGOING:
        return WEB, WEB_HEVC
    if plan.kind == "Фильм":
        return (BD, BD_UHD) if plan.year >= 2020 else (BD, BD_HEVC)
    if plan.year < 2009:
        return draw.choice(((DVD,), (DVD, BD_HEVC)))
    if plan.year < 2014:
        return draw.choice(((HDTV,), (HDTV, BD), (HDTV, BD_720)))
    if plan.year < 2018:
        return draw.choice(((HDTV, BD_HEVC), (WEB_720, BD), (WEB_720, BD_HEVC)))
    return draw.choice(((WEB, WEB_HEVC), (WEB, WEB_HEVC, WEB_SMALL), (WEB, WEB_HEVC, BD_HEVC)))


def _parts(plan: Plan, release: Release) -> Iterator[range]:
    """The episodes that come together: discs come in halves, endless shows by fifties."""
    there = len(plan.aired)
    by_disc = release.type == "BDRip" and 20 <= there <= LONG and dice("discs", plan.id).random() < 0.3
    step = (there + 1) // 2 if by_disc else LONG if there > LONG else there
    return (range(first, min(first + step, there + 1)) for first in range(1, there + 1, step))


def _punctuated(name: str) -> str:
    """As torrents are called: "Nanatsu no Taizai - Kamigami no Gekirin"."""
    return re.sub(r"[^\w .,!'-]+", "-", name.replace(": ", " - "), flags=re.ASCII).strip(" -")


def _joined(name: str) -> str:
    return re.sub(r"\W+", "_", name, flags=re.ASCII).strip("_")

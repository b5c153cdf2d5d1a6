"""Episodes and the addresses of their files. Links to mp4 files are signed and expire."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from urllib.parse import quote, urlsplit

from catalog.demo.media.catalogue import HLS_SUFFIXES, MP4_SUFFIXES, hls_path, mp4_path
from catalog.demo.titles.plan import Plan, dice
from catalog.domain.titles import Episode, EpisodeRange, HlsStreams, Mp4Files, Number, Player

FIRST_FULL_HD_YEAR = 2010

_HLS_FILE = re.compile(r"/videos/ts/(?P<title>\d{1,9})/(?P<episode>[\w.]+)(?P<suffix>-hd|-sd|)/[^/]+")
_MP4_FILE = re.compile(
    r"/get/(?P<token>[\w-]+)/(?P<expiry>\d{1,12})/mp4/(?P<title>\d{1,9})/(?P<episode>[\w.]+?)(?P<suffix>-sd|)\.mp4"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where the files are; ``expiry`` is the Unix time until which links made now work."""

    origin: str
    expiry: int

    @property
    def host(self) -> str:
        return urlsplit(self.origin).netloc


def player(plan: Plan, site: Site) -> Player:
    """Some lack in Full HD what early or hasty uploads really lack."""
    missing = (
        dice("uploads", plan.id).choice((0, 0, 0, 0, 2, 12)) if plan.year >= FIRST_FULL_HD_YEAR else len(plan.aired)
    )
    return player_of(plan, range(1, len(plan.aired) + 1), site, without_full_hd=missing)


def player_of(plan: Plan, numbers: Sequence[Number], site: Site, *, without_full_hd: int = 0) -> Player:
    """``numbers`` ascend; the first ``without_full_hd`` of them are there in lower qualities only."""
    download_name = re.sub(r"\W", "_", plan.names.en or plan.code, flags=re.ASCII)
    return Player(
        hls_host=site.host,
        mp4_host=site.host,
        range=spanned(numbers),
        episodes=tuple(
            Episode(
                key=str(number),
                number=number,
                hls=_hls(plan.id, number, site, full_hd=place >= without_full_hd),
                mp4=_mp4(plan.id, number, site, download_name),
            )
            for place, number in enumerate(numbers)
        ),
    )


def spanned(numbers: Sequence[Number]) -> EpisodeRange:
    if not numbers:
        return EpisodeRange()
    first, last = numbers[0], numbers[-1]
    return EpisodeRange(first=first, last=last, text=str(first) if first == last else f"{first}-{last}")


def address_of(number: Number) -> str:
    """The episode as it stands in addresses: 0001, 0012.5, and m0001 for what comes before the beginning."""
    whole, _, fraction = str(abs(number)).partition(".")
    return f"{'m' if number < 0 else ''}{int(whole):04}{'.' if fraction else ''}{fraction}"


def is_there(path: str, episode_of: Callable[[int, str], Episode | None], now: datetime) -> bool:
    """Whether ``path`` is the address of a file: a part of some stream, or an mp4 file by a link that still works."""
    if found := _HLS_FILE.fullmatch(path):
        episode = episode_of(int(found["title"]), found["episode"])
        quality = next(key for key, suffix in HLS_SUFFIXES.items() if suffix == found["suffix"])
        return episode is not None and getattr(episode.hls, quality) is not None
    if found := _MP4_FILE.fullmatch(path):
        title_id, expiry = int(found["title"]), int(found["expiry"])
        episode = episode_of(title_id, found["episode"])
        quality = next(key for key, suffix in MP4_SUFFIXES.items() if suffix == found["suffix"])
        signed = found["token"] == _token(expiry, title_id, found["episode"], quality)
        offered = episode is not None and getattr(episode.mp4, quality) is not None
        return offered and signed and now.timestamp() < expiry
    return False


def _hls(title_id: int, number: Number, site: Site, *, full_hd: bool) -> HlsStreams:
    address = address_of(number)
    return HlsStreams(
        fhd=site.origin + hls_path(title_id, address, "fhd") if full_hd else None,
        hd=site.origin + hls_path(title_id, address, "hd"),
        sd=site.origin + hls_path(title_id, address, "sd"),
    )


def _mp4(title_id: int, number: Number, site: Site, download_name: str) -> Mp4Files:
    address = address_of(number)
    hd, sd = (
        site.origin + mp4_path(_token(site.expiry, title_id, address, quality), site.expiry, title_id, address, quality)
        for quality in MP4_SUFFIXES
    )
    return Mp4Files(
        hd=hd,
        sd=sd,
        hd_download=f"{hd}?download={quote(download_name)}-hd.mp4",
        sd_download=f"{sd}?download={quote(download_name)}-sd.mp4",
    )


def _token(expiry: int, title_id: int, address: str, quality: str) -> str:
    digest = blake2b(
        f"{expiry}/{title_id}/{address}/{quality}".encode(), digest_size=16, key=b"the demo keeps no secrets"
    )
    return base64.urlsafe_b64encode(digest.digest()).decode().rstrip("=")

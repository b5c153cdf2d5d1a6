"""An episode's qualities, and the playlist that offers them as one stream."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from catalog.domain.titles import Episode, HlsStreams

QualityKey = Literal["fhd", "hd", "sd"]

HEIGHTS: dict[QualityKey, int] = {"fhd": 1080, "hd": 720, "sd": 480}
_FRAMES: dict[QualityKey, tuple[int, int, int]] = {  # width, height, and bits a second: a guess, nobody says
    "hd": (1280, 720, 2_500_000),
    "fhd": (1920, 1080, 5_000_000),
    "sd": (854, 480, 1_200_000),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """One quality that is there, as a media playlist, as a file, or as both."""

    quality: QualityKey
    height: int
    hls: str | None = None
    mp4: str | None = None


def streams(episode: Episode) -> tuple[Stream, ...]:
    """The sharpest first; a quality that is missing is not offered."""
    offered = (
        Stream(
            quality=quality,
            height=height,
            hls=getattr(episode.hls, quality),
            mp4=getattr(episode.mp4, quality, None),
        )
        for quality, height in HEIGHTS.items()
    )
    return tuple(stream for stream in offered if stream.hls or stream.mp4)


def master_playlist(hls: HlsStreams) -> str | None:
    """An HLS master playlist over the separate media playlists; a player begins with the first, the middle one."""
    variants = [
        f'#EXT-X-STREAM-INF:BANDWIDTH={bits},RESOLUTION={width}x{height},NAME="{quality.upper()}"\n{address}\n'
        for quality, (width, height, bits) in _FRAMES.items()
        if (address := getattr(hls, quality))
    ]
    return "#EXTM3U\n" + "".join(variants) if variants else None

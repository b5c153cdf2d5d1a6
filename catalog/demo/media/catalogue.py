"""What media the demo's data asks for, and at which address each file is found.

The data modules fill a ``MediaCatalogue``; the store answers for exactly what stands in it. Addresses are paths
below the demo's origin.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from catalog.art.scenes.timing import FRAMES_PER_SECOND, LOOP_FRAMES
from catalog.demo.media.clips import CLIPS, Clip

HlsQuality = Literal["fhd", "hd", "sd"]
Mp4Quality = Literal["hd", "sd"]
HLS_SUFFIXES: dict[HlsQuality, str] = {"fhd": "-hd", "hd": "", "sd": "-sd"}
MP4_SUFFIXES: dict[Mp4Quality, str] = {"hd": "", "sd": "-sd"}


def poster_path(title_id: int) -> str:
    return f"/upload/release/350x500/{title_id}.jpg"


def cover_path(anilist_id: int) -> str:
    return f"/files/anilist/{anilist_id}/image_large.jpg"


def hls_path(title_id: int, episode: str, quality: HlsQuality) -> str:
    """``episode`` has no hyphen: ``0001``, ``0012.5``."""
    return f"/videos/ts/{title_id}/{episode}{HLS_SUFFIXES[quality]}/playlist.m3u8"


def mp4_path(token: str, expiry: int, title_id: int, episode: str, quality: Mp4Quality) -> str:
    return f"/get/{token}/{expiry}/mp4/{title_id}/{episode}{MP4_SUFFIXES[quality]}.mp4"


@dataclass(frozen=True, slots=True, kw_only=True)
class PosterSpec:
    """A drawn poster, 350 x 500, at ``path`` (``poster_path`` or ``cover_path``)."""

    path: str
    code: str
    ru: str
    en: str
    ident: int
    year: int
    kind: str
    genres: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StillSpec:
    """A clip's picture as the video site serves it, 480 x 360; ``phase`` in [0, 1) picks the moment."""

    youtube_id: str
    scene: str
    variant: int
    phase: float = 0.0

    @property
    def path(self) -> str:
        return f"/vi/{self.youtube_id}/0.jpg"


@dataclass(frozen=True, slots=True)
class LoopSpec:
    """One turn of a scene; ``frames`` where it must last another time than the scene's own."""

    loop_id: str
    scene: str
    variant: int
    frames: int | None = None

    @property
    def frame_count(self) -> int:
        return self.frames or LOOP_FRAMES[self.scene][self.variant]

    @property
    def seconds(self) -> float:
        """What the files really last."""
        return self.frame_count / FRAMES_PER_SECOND

    def path(self, key: str) -> str:
        """``key`` is one of ``domain.loops.LOOP_FILE_KEYS``."""
        return f"/files/{key}/{self.loop_id}.{key.partition('_')[0]}"


@dataclass(frozen=True, slots=True)
class VideoSpec:
    """``clip`` is a key of ``CLIPS``, which knows the file's duration, size and whether it has sound."""

    video_id: str
    clip: str

    @property
    def source(self) -> Clip:
        return CLIPS[self.clip]

    @property
    def video_path(self) -> str:
        return f"/loops/media/videos/{self.video_id}.mp4"

    @property
    def thumbnail_path(self) -> str:
        return f"/loops/media/thumbnails/{self.video_id}.jpg"


@dataclass(frozen=True, slots=True)
class AvatarSpec:
    account_id: str

    @property
    def path(self) -> str:
        return f"/loops/media/avatars/{self.account_id}.jpg"


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaCatalogue:
    """``has_file`` says whether the address of a film's file (playlist, segment, mp4) leads anywhere at this moment."""

    posters: tuple[PosterSpec, ...] = ()
    stills: tuple[StillSpec, ...] = ()
    loops: tuple[LoopSpec, ...] = ()
    videos: tuple[VideoSpec, ...] = ()
    avatars: tuple[AvatarSpec, ...] = ()
    has_file: Callable[[str], bool]

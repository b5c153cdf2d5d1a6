"""The files that the demo serves: what each needs drawn first, and how it is written.

A product is a value: two addresses that mean the same file share one product, and with it one file on disk.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from pathlib import Path
from typing import ClassVar, Protocol
from zlib import crc32

from catalog.art.posters import PosterSubject
from catalog.art.raster import poster_jpeg
from catalog.art.scenes import draw
from catalog.art.scenes.timing import LOOP_FRAMES
from catalog.demo.media.catalogue import HlsQuality, PosterSpec
from catalog.demo.media.clips import Clip
from catalog.demo.media.drawing import AVATAR_SIDE, Reel, avatar_svg, jpeg
from catalog.demo.media.encoding import FRAME, Cut, Format, Span, write_gif, write_mp4, write_segment
from catalog.demo.media.films import Film, Shot

Pictures = tuple[bytes, ...]  # a reel's frames as PNG

LOOP_SIZES = {"1080p": (1920, 1080), "720p": (1280, 720), "360p": (640, 360)}
MASTER = (1280, 720)  # 1080p is scaled up from it: drawing it would take twice as long, and who asks would wait
FILM_FORMATS: dict[HlsQuality, Format] = {
    "fhd": Format(1920, 1080, 29),
    "hd": Format(1280, 720, 28),
    "sd": Format(854, 480, 27),
}
LOOP_RATE_FACTORS = {"1080p": 28, "720p": 26, "360p": 25}
CLIP_RATE_FACTOR = 28
POSTER_QUALITY = 75


class Product(Protocol):
    """``reels`` are drawn beforehand, frame by frame and side by side; ``write`` gets them in the same order."""

    suffix: ClassVar[str]

    @property
    def name(self) -> str: ...

    @property
    def reels(self) -> tuple[Reel, ...]: ...

    def write(self, path: Path, drawn: tuple[Pictures, ...]) -> None: ...


def file_of(product: Product) -> str:
    """Where the file stands below the store: another poster's text, or a longer loop, is another file."""
    return f"{product.name}-{crc32(repr((product, product.reels)).encode()):08x}{product.suffix}"


class Still:
    """A picture that is drawn and written in one go."""

    suffix: ClassVar[str] = ".jpg"
    reels: ClassVar[tuple[Reel, ...]] = ()


@dataclass(frozen=True)
class PosterStill(Still):
    spec: PosterSpec

    @property
    def name(self) -> str:
        return f"posters/{self.spec.ident}"

    def write(self, path: Path, drawn: tuple[Pictures, ...]) -> None:
        spec = self.spec
        subject = PosterSubject(
            id=spec.ident, code=spec.code, name=spec.ru, name_en=spec.en, year=spec.year, kind=spec.kind,
            genres=spec.genres,
        )  # fmt: skip
        path.write_bytes(poster_jpeg(subject, quality=POSTER_QUALITY))


@dataclass(frozen=True)
class SceneStill(Still):
    scene: str
    variant: int
    phase: float
    width: int
    height: int

    @property
    def name(self) -> str:
        return f"stills/{self.scene}-{self.variant}-{self.height}"

    def write(self, path: Path, drawn: tuple[Pictures, ...]) -> None:
        svg = draw(self.scene, self.variant, self.phase, self.width, self.height)
        path.write_bytes(jpeg(svg, self.width, self.height))


@dataclass(frozen=True)
class AvatarStill(Still):
    account_id: str

    @property
    def name(self) -> str:
        return f"avatars/{crc32(self.account_id.encode()):08x}"

    def write(self, path: Path, drawn: tuple[Pictures, ...]) -> None:
        path.write_bytes(jpeg(avatar_svg(self.account_id), AVATAR_SIDE, AVATAR_SIDE))


@dataclass(frozen=True)
class LoopVideo:
    scene: str
    variant: int
    size: str
    suffix: ClassVar[str] = ".mp4"

    @property
    def name(self) -> str:
        return f"loops/{self.scene}-{self.variant}-{self.size}"

    @property
    def reels(self) -> tuple[Reel, ...]:
        return (_loop_reel(self.scene, self.variant, self.size),)

    def write(self, path: Path, drawn: tuple[Pictures, ...]) -> None:
        write_mp4(path, [Cut(drawn[0])], Format(*LOOP_SIZES[self.size], LOOP_RATE_FACTORS[self.size]))


@dataclass(frozen=True)
class LoopGif:
    scene: str
    variant: int
    suffix: ClassVar[str] = ".gif"

    @property
    def name(self) -> str:
        return f"loops/{self.scene}-{self.variant}-360p"

    @property
    def reels(self) -> tuple[Reel, ...]:
        return (_loop_reel(self.scene, self.variant, "360p"),)

    def write(self, path: Path, drawn: tuple[Pictures, ...]) -> None:
        write_gif(path, drawn[0], *LOOP_SIZES["360p"])


def _loop_reel(scene: str, variant: int, size: str) -> Reel:
    return Reel(scene, variant, LOOP_FRAMES[scene][variant], *min(LOOP_SIZES[size], MASTER))


@dataclass(frozen=True)
class ClipVideo:
    key: str
    clip: Clip
    suffix: ClassVar[str] = ".mp4"

    @property
    def name(self) -> str:
        return f"clips/{self.key}"

    @property
    def reels(self) -> tuple[Reel, ...]:
        clip = self.clip
        return (Reel(clip.scene, clip.variant, LOOP_FRAMES[clip.scene][clip.variant], clip.width, clip.height),)

    def write(self, path: Path, drawn: tuple[Pictures, ...]) -> None:
        shape = Format(self.clip.width, self.clip.height, CLIP_RATE_FACTOR)
        write_mp4(path, [Cut(drawn[0], self.clip.repeats)], shape, self.clip.root if self.clip.has_audio else None)


@dataclass(frozen=True)
class FilmVideo:
    """The whole film in one file."""

    film: Film
    quality: HlsQuality
    suffix: ClassVar[str] = ".mp4"

    @property
    def name(self) -> str:
        return f"films/{self.film.key}-{self.quality}"

    @property
    def reels(self) -> tuple[Reel, ...]:
        return tuple(_shot_reel(shot) for shot in dict.fromkeys(self.film.shots))

    def write(self, path: Path, drawn: tuple[Pictures, ...]) -> None:
        pictures = dict(zip(dict.fromkeys(self.film.shots), drawn, strict=True))
        cuts = [Cut(pictures[shot], shot.repeats) for shot in self.film.shots]
        write_mp4(path, cuts, FILM_FORMATS[self.quality], self.film.root)


@dataclass(frozen=True)
class FilmSegment:
    """One shot of a film, as a stream's player fetches it."""

    film: Film
    quality: HlsQuality
    index: int
    suffix: ClassVar[str] = ".ts"

    @property
    def name(self) -> str:
        return f"films/{self.film.key}-{self.quality}-{self.index:04}"

    @property
    def reels(self) -> tuple[Reel, ...]:
        return (_shot_reel(self.film.shots[self.index]),)

    def write(self, path: Path, drawn: tuple[Pictures, ...]) -> None:
        shots = self.film.shots
        span = Span(_length(shots[: self.index]), _length(shots[: self.index + 1]))
        cut = Cut(drawn[0], shots[self.index].repeats)
        write_segment(path, cut, span, _length(shots), FILM_FORMATS[self.quality], self.film.root)


@dataclass(frozen=True)
class FilmPlaylist:
    """HLS: one segment a shot, named ``0000.ts``, ``0001.ts`` … beside the playlist."""

    film: Film
    suffix: ClassVar[str] = ".m3u8"
    reels: ClassVar[tuple[Reel, ...]] = ()

    @property
    def name(self) -> str:
        return f"films/{self.film.key}"

    def write(self, path: Path, drawn: tuple[Pictures, ...]) -> None:
        lines = ["#EXTM3U", "#EXT-X-VERSION:3", "#EXT-X-PLAYLIST-TYPE:VOD", "#EXT-X-MEDIA-SEQUENCE:0"]
        lines.append(f"#EXT-X-TARGETDURATION:{ceil(max(shot.seconds for shot in self.film.shots))}")
        for index, shot in enumerate(self.film.shots):
            lines += [f"#EXTINF:{shot.seconds:.6f},", f"{index:04}.ts"]
        path.write_text("\n".join([*lines, "#EXT-X-ENDLIST", ""]))


def _shot_reel(shot: Shot) -> Reel:
    return Reel(shot.scene, shot.variant, shot.frames, *MASTER)


def _length(shots: tuple[Shot, ...]) -> Fraction:
    return sum((shot.frames * shot.repeats * FRAME for shot in shots), Fraction(0))

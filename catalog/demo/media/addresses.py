"""From an address to the product it names, for everything that the demo's catalogue holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from zlib import crc32

from catalog.demo.media.catalogue import HLS_SUFFIXES, LoopSpec, MediaCatalogue, VideoSpec
from catalog.demo.media.films import film_of
from catalog.demo.media.products import (
    LOOP_SIZES,
    AvatarStill,
    ClipVideo,
    FilmPlaylist,
    FilmSegment,
    FilmVideo,
    LoopGif,
    LoopVideo,
    PosterStill,
    Product,
    SceneStill,
)

STILL_SIZE = (480, 360)
LOOP_STILL_PHASE = 0.25  # at 0 many a scene is at rest
_QUALITIES = {suffix: quality for quality, suffix in HLS_SUFFIXES.items()}
_STREAM = re.compile(r"/videos/ts/(\d{1,9})/([\w.]+)(-hd|-sd|)/(playlist\.m3u8|\d{4}\.ts)")
_MP4 = re.compile(r"/get/[\w-]+/\d{1,12}/mp4/(\d{1,9})/([\w.]+?)(-sd|)\.mp4")


class Addresses:
    """What is found where, in the order in which it is wanted; the files of films are worked out on asking."""

    def __init__(self, catalogue: MediaCatalogue) -> None:
        loops, videos = catalogue.loops, catalogue.videos
        self._has_file: Callable[[str], bool] = catalogue.has_file
        self.stills: dict[str, Product] = {
            **{spec.path: PosterStill(spec) for spec in catalogue.posters},
            **_loop_products(loops, "jpg_360p"),
            **{spec.thumbnail_path: _thumbnail(spec) for spec in videos},
            **{spec.path: AvatarStill(spec.account_id) for spec in catalogue.avatars},
            **{spec.path: SceneStill(spec.scene, spec.variant, spec.phase, *STILL_SIZE) for spec in catalogue.stills},
            **_loop_products(loops, "jpg_720p", "jpg_1080p"),
        }
        self.small_loops = _loop_products(loops, "mp4_360p", "gif_360p")
        self.clips: dict[str, Product] = {spec.video_path: ClipVideo(spec.clip, spec.source) for spec in videos}
        self.large_loops = _loop_products(loops, "mp4_720p", "mp4_1080p")

    def product(self, path: str) -> Product | None:
        for shelf in (self.stills, self.small_loops, self.clips, self.large_loops):
            if path in shelf:
                return shelf[path]
        return self._film_product(path)

    def _film_product(self, path: str) -> Product | None:
        if stream := _STREAM.fullmatch(path):
            title_id, episode, suffix, name = stream.groups()
            film, quality = film_of(int(title_id), episode), _QUALITIES[suffix]
            product: Product = FilmPlaylist(film)
            if name.endswith(".ts"):
                index = int(name[:4])
                if index >= len(film.shots):
                    return None
                product = FilmSegment(film, quality, index)
        elif mp4 := _MP4.fullmatch(path):
            title_id, episode, suffix = mp4.groups()
            product = FilmVideo(film_of(int(title_id), episode), _QUALITIES[suffix])
        else:
            return None
        return product if self._has_file(path) else None


def _loop_products(specs: Sequence[LoopSpec], *keys: str) -> dict[str, Product]:
    """``keys`` are from ``domain.loops.LOOP_FILE_KEYS``; files of one loop stand side by side: they share a reel."""
    return {spec.path(key): _loop_product(spec, *key.split("_")) for spec in specs for key in keys}


def _loop_product(spec: LoopSpec, kind: str, size: str) -> Product:
    if kind == "jpg":
        return SceneStill(spec.scene, spec.variant, LOOP_STILL_PHASE, *LOOP_SIZES[size])
    return LoopGif(spec.scene, spec.variant) if kind == "gif" else LoopVideo(spec.scene, spec.variant, size)


def _thumbnail(spec: VideoSpec) -> SceneStill:
    """A moment of its own for each video, as several play the same clip."""
    clip = spec.source
    phase = crc32(spec.video_id.encode()) % 97 / 97
    return SceneStill(clip.scene, clip.variant, phase, clip.width * 2 // 3, clip.height * 2 // 3)

"""A small catalogue over the demo's real pools, and stores on disk that end with their test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from catalog.demo.media.catalogue import (
    AvatarSpec,
    LoopSpec,
    MediaCatalogue,
    PosterSpec,
    StillSpec,
    VideoSpec,
    cover_path,
    poster_path,
)
from catalog.demo.media.store import MediaStore

LOOP = LoopSpec("59adf78ac4c0bc657943222d", "sea", 0)
VIDEO = VideoSpec("107099161459215690", "speed-tall")


def poster(path: str, ident: int) -> PosterSpec:
    return PosterSpec(path=path, code=f"code-{ident}", ru="Проба", en="Trial", ident=ident, year=2020, kind="ТВ")


CATALOGUE = MediaCatalogue(
    posters=(poster(poster_path(8500), 8500), poster(cover_path(19111), 19111)),
    stills=(StillSpec("dQw4w9WgXcQ", "cat", 1),),
    loops=(LOOP, LoopSpec("591446445f6e5e51d937e118", "speed", 1)),
    videos=(VIDEO, VideoSpec("107099161459215691", "speed-tall")),
    avatars=(AvatarSpec("1"), AvatarSpec("24")),
    has_file=lambda path: "/8500/" in path,
)


@pytest.fixture
def open_store(tmp_path: Path) -> Iterator[Callable[[], MediaStore]]:
    """Opens stores over one folder: the second one is what another process would see."""
    stores: list[MediaStore] = []

    def opened() -> MediaStore:
        stores.append(MediaStore(tmp_path, CATALOGUE))
        return stores[-1]

    yield opened
    for store in stores:
        store.close()


@pytest.fixture
def store(open_store: Callable[[], MediaStore]) -> MediaStore:
    return open_store()

"""Which address leads to which file, and which to none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from catalog.art.scenes.timing import LOOP_FRAMES
from catalog.demo.media.addresses import Addresses
from catalog.demo.media.films import film_of
from catalog.demo.media.products import (
    ClipVideo,
    FilmPlaylist,
    FilmSegment,
    FilmVideo,
    LoopGif,
    LoopVideo,
    SceneStill,
    file_of,
)
from catalog.domain.loops import LOOP_FILE_KEYS
from catalog.tests.demo.media.conftest import CATALOGUE, LOOP, VIDEO

FILM = film_of(8500, "0001")
ADDRESSES = Addresses(CATALOGUE)


def test_loop_has_all_seven_files():
    products = {key: ADDRESSES.product(LOOP.path(key)) for key in LOOP_FILE_KEYS}
    assert products["mp4_1080p"] == LoopVideo("sea", 0, "1080p")
    assert products["gif_360p"] == LoopGif("sea", 0)
    still = products["jpg_720p"]
    assert isinstance(still, SceneStill)
    assert (still.width, still.height) == (1280, 720)
    assert len(set(products.values())) == 7


@pytest.mark.parametrize(
    ("path", "product"),
    [
        ("/videos/ts/8500/0001-hd/playlist.m3u8", FilmPlaylist(FILM)),
        ("/videos/ts/8500/0001/0000.ts", FilmSegment(FILM, "hd", 0)),
        ("/videos/ts/8500/0001-hd/0001.ts", FilmSegment(FILM, "fhd", 1)),
        ("/videos/ts/8500/0001-sd/0001.ts", FilmSegment(FILM, "sd", 1)),
        ("/videos/ts/8500/0012.5/playlist.m3u8", FilmPlaylist(film_of(8500, "0012.5"))),
        ("/get/a_b-c/1591296559/mp4/8500/0001.mp4", FilmVideo(FILM, "hd")),
        ("/get/a_b-c/1591296559/mp4/8500/0001-sd.mp4", FilmVideo(FILM, "sd")),
    ],
)
def test_film_addresses(path, product):
    assert ADDRESSES.product(path) == product


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/upload/release/350x500/1.jpg",
        "/upload/release/350x500/../350x500/8500.jpg",
        "/files/mp4_480p/59adf78ac4c0bc657943222d.mp4",
        "/videos/ts/8501/0001/playlist.m3u8",
        "/videos/ts/8500/0001/0099.ts",
        "/videos/ts/8500/0001/1.ts",
        "/videos/ts/8500/0001-fhd/playlist.m3u8",
        "/get/token/1591296559/mp4/8501/0001.mp4",
        "/get/token/never/mp4/8500/0001.mp4",
    ],
)
def test_what_the_demo_does_not_have(path):
    assert ADDRESSES.product(path) is None


def test_videos_of_one_clip_share_the_file_but_not_the_thumbnail():
    first, second = CATALOGUE.videos
    assert ADDRESSES.product(first.video_path) == ADDRESSES.product(second.video_path)
    assert ADDRESSES.product(first.thumbnail_path) != ADDRESSES.product(second.thumbnail_path)


def test_a_file_is_named_for_everything_that_shapes_it():
    assert file_of(SceneStill("sea", 0, 0.25, 640, 360)) != file_of(SceneStill("sea", 0, 0.5, 640, 360))
    assert file_of(LoopVideo("sea", 0, "720p")) == file_of(LoopVideo("sea", 0, "720p"))
    clip = VIDEO.source
    assert file_of(ClipVideo("trial", clip)) != file_of(ClipVideo("trial", replace(clip, repeats=2)))


def test_a_longer_loop_is_another_file(monkeypatch):
    before = file_of(LoopVideo("sea", 0, "720p"))
    monkeypatch.setitem(LOOP_FRAMES, "sea", (48, 48))
    assert file_of(LoopVideo("sea", 0, "720p")) != before


def test_thumbnail_has_the_clips_proportions():
    still = ADDRESSES.product(VIDEO.thumbnail_path)
    assert isinstance(still, SceneStill)
    assert still.width / still.height == pytest.approx(VIDEO.source.width / VIDEO.source.height)

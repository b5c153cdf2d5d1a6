"""The pools and addresses that the demo's data builds upon."""

from __future__ import annotations

from collections import Counter

import pytest

from catalog.art.scenes.timing import SCENES, VARIANTS
from catalog.demo.media.catalogue import LoopSpec, VideoSpec, cover_path, hls_path, mp4_path, poster_path
from catalog.demo.media.clips import CLIPS
from catalog.demo.media.films import FILMS, film_of


def test_addresses_are_the_documents_own():
    assert poster_path(8500) == "/upload/release/350x500/8500.jpg"
    assert cover_path(19111) == "/files/anilist/19111/image_large.jpg"
    assert hls_path(8500, "0001", "fhd") == "/videos/ts/8500/0001-hd/playlist.m3u8"
    assert hls_path(8500, "0001", "hd") == "/videos/ts/8500/0001/playlist.m3u8"
    assert hls_path(8500, "0001", "sd") == "/videos/ts/8500/0001-sd/playlist.m3u8"
    assert mp4_path("to-ken", 1591296559, 8500, "0001", "sd") == "/get/to-ken/1591296559/mp4/8500/0001-sd.mp4"
    assert LoopSpec("59ad", "sea", 0).path("gif_360p") == "/files/gif_360p/59ad.gif"
    assert VideoSpec("7", "sea-tall").thumbnail_path == "/loops/media/thumbnails/7.jpg"


@pytest.mark.parametrize("key", CLIPS)
def test_clip_lasts_whole_seconds_as_its_data_says(key):
    clip = CLIPS[key]
    assert clip.seconds == int(clip.seconds)
    assert 5 <= clip.seconds <= 60
    assert clip.scene in SCENES
    assert clip.variant in range(VARIANTS)
    assert clip.width % 2 == clip.height % 2 == 0, "H.264 halves the colour planes"


def test_clips_show_every_scene_and_every_shape():
    assert {clip.scene for clip in CLIPS.values()} == set(SCENES)
    assert {(clip.width > clip.height) - (clip.width < clip.height) for clip in CLIPS.values()} == {-1, 0, 1}
    assert any(not clip.has_audio for clip in CLIPS.values())


@pytest.mark.parametrize("film", FILMS, ids=lambda film: film.key)
def test_film_is_long_enough_to_seek_in_and_quick_to_draw(film):
    assert 24 <= film.seconds <= 60
    assert sum(shot.frames for shot in set(film.shots)) <= 100
    assert all(4 <= shot.seconds <= 8 for shot in film.shots)


def test_an_episode_always_plays_the_same_film_and_every_film_is_played():
    assert film_of(8500, "0001") is film_of(8500, "0001")
    played = Counter(film_of(title, f"{episode:04}").key for title in range(8500, 8520) for episode in range(1, 13))
    assert set(played) == {film.key for film in FILMS}

"""Every field of a loop, an episode and a series, and the values that servers put in their place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from catalog.domain.loops import LOOP_FILE_KEYS, Loop, LoopEpisode, LoopFile, LoopSeries
from catalog.services.animeloop.parsing import parse_episode, parse_loop, parse_period, parse_seasons, parse_series
from catalog.tests.services.animeloop import samples

SERIES = LoopSeries(
    id=samples.SERIES_ID,
    title="LoveLive! 2期",
    title_romaji="Love Live! School Idol Project 2nd Season",
    title_english="Love Live! School Idol Project Season 2",
    title_japanese="ラブライブ! School idol project 2期",
    description="A second contest.<br><i>The last time together</i> &mdash; for all nine.",
    genres=("Music", "Slice of Life"),
    type="TV",
    total_episodes=13,
    anilist_id=19111,
    season="2014-4",
    cover_url="https://cdn.animeloop.org/files/anilist/19111/image_large.jpg",
)
EPISODE = LoopEpisode(id=samples.EPISODE_ID, number="13", series_id=samples.SERIES_ID)
LOOP = Loop(
    id=samples.LOOP_ID,
    duration=0.7507499999999999,
    begin=timedelta(minutes=22, seconds=47.783),
    end=timedelta(minutes=22, seconds=48.533),
    begin_frame=32794,
    end_frame=32812,
    source="automator",
    uploaded_at=datetime(2017, 9, 5, 1, 0, 26, 913000, UTC),
    files=tuple(
        LoopFile(key=key, url=f"https://cdn.animeloop.org/files/{key}/{samples.LOOP_ID}.{key[:3]}")
        for key in LOOP_FILE_KEYS
    ),
    episode_id=samples.EPISODE_ID,
    series_id=samples.SERIES_ID,
)


def test_every_field_of_a_loop_in_a_list():
    assert parse_loop(samples.loop()) == LOOP


def test_every_field_of_a_full_loop():
    loop = parse_loop(samples.full_loop())
    assert (loop.episode, loop.series) == (EPISODE, SERIES)
    assert (loop.episode_id, loop.series_id) == (samples.EPISODE_ID, samples.SERIES_ID)
    assert (loop.files, loop.uploaded_at) == (LOOP.files, LOOP.uploaded_at)


def test_every_field_of_an_episode():
    assert parse_episode(samples.episode()) == EPISODE
    assert parse_episode(samples.full_episode()) == LoopEpisode(
        id=samples.EPISODE_ID, number="13", series_id=samples.SERIES_ID, series=SERIES
    )
    assert parse_episode(samples.episode(no=12.5)).number == "12.5"
    assert parse_episode(samples.episode(no=None)).number is None


def test_every_field_of_a_series():
    assert parse_series(samples.series()) == SERIES
    banner = samples.series(image_url_banner="http://cdn.animeloop.org/files/anilist/19111/banner.jpg")
    assert parse_series(banner).banner_url == "https://cdn.animeloop.org/files/anilist/19111/banner.jpg"


def test_what_a_loop_may_lack():
    bare = {"id": samples.LOOP_ID.upper(), "duration": 2}
    assert parse_loop(bare) == Loop(id=samples.LOOP_ID, duration=2.0)


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "59adf78a"},
        {"id": None},
        {"id": "z" * 24},
        {"duration": None},
        {"duration": "long"},
        {"duration": 0},
        {"duration": -1},
    ],
)
def test_what_makes_a_loop_unreadable(changes):
    with pytest.raises((ValueError, TypeError)):
        parse_loop(samples.loop(**changes))


def test_parts_that_cannot_be_read_are_unknown():
    loop = parse_loop(
        samples.full_loop(
            period={"begin": "22:47", "end": 5},
            frame=[],
            sourceFrom=None,
            uploadDate="?",
            episode={},
            series={"id": "x"},
        )
    )
    assert loop == Loop(id=samples.LOOP_ID, duration=LOOP.duration, files=LOOP.files)


def test_files_are_those_of_the_document_from_hosts_we_trust():
    files = {
        "mp4_720p": "https://evil.example/a.mp4",
        "gif_360p": "javascript:alert(1)",
        "jpg_720p": "http://cdn.animeloop.org/files/jpg_720p/a.jpg",
        "webm_720p": "http://cdn.animeloop.org/files/webm_720p/a.webm",
        "jpg_1080p": "/files/jpg_1080p/a.jpg",
        "jpg_360p": None,
    }
    assert parse_loop(samples.loop(files=files)).files == (
        LoopFile(key="jpg_720p", url="https://cdn.animeloop.org/files/jpg_720p/a.jpg"),
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("00:06:13", timedelta(minutes=6, seconds=13)),
        ("01:00:40.331000", timedelta(hours=1, seconds=40.331)),
        ("00:00:00", timedelta(0)),
        ("00:61:00", None),
        ("6:13", None),
        ("", None),
        (13, None),
    ],
)
def test_a_period_is_time_since_the_episodes_beginning(value, expected):
    assert parse_period(value) == expected


def test_seasons_come_once_the_newest_first():
    payload = samples.success(["2014-4", "2017-1", "2016-10", "2014-4", "2016-7", None, "soon"])
    assert parse_seasons(payload) == ("2017-1", "2016-10", "2016-7", "2014-4")

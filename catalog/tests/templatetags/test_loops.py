"""How loops and their series are put."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.translation import override

from catalog.domain.loops import Loop, LoopEpisode, LoopFile, LoopSeries
from catalog.services.loop_index import EpisodeLoops
from catalog.templatetags import loops

ID = "5" * 24


def files(*keys):
    return tuple(LoopFile(key=key, url=f"https://cdn.animeloop.org/{key}") for key in keys)


def test_names_come_once_with_their_language():
    series = LoopSeries(id=ID, title="氷菓", title_japanese="氷菓", title_romaji="Hyouka", title_english="Hyouka")
    assert loops.names(series) == [("氷菓", "ja"), ("Hyouka", "ja-Latn")]
    assert loops.names(LoopSeries(id=ID, title_english="Hyouka")) == [("Hyouka", "en")]
    assert loops.names(LoopSeries(id=ID)) == [(ID, "")]


@pytest.mark.parametrize(
    ("keys", "clip", "still"),
    [
        (("mp4_1080p", "mp4_720p", "jpg_360p"), "mp4_720p", "jpg_360p"),
        (("mp4_360p", "mp4_1080p", "jpg_1080p", "jpg_360p"), "mp4_1080p", "jpg_1080p"),
        (("gif_360p",), None, None),
    ],
)
def test_what_is_shown_first(keys, clip, still):
    loop = Loop(id=ID, duration=1, files=files(*keys))
    assert loops.clip(loop) == (clip and f"https://cdn.animeloop.org/{clip}")
    assert loops.still(loop) == (still and f"https://cdn.animeloop.org/{still}")


@pytest.mark.parametrize(
    ("number", "big"), [(0, []), (4, []), (5, [0]), (9, [0]), (12, [0, 5]), (30, [0, 5, 10, 15, 20, 25])]
)
def test_only_complete_groups_have_a_big_tile(number, big):
    tiles = loops.tiles([Loop(id=ID, duration=1)] * number)
    assert [place for place, (_, size) in enumerate(tiles) if size] == big
    assert [size for _, size in tiles if size] == (["big", "big r"] * 3)[: len(big)]


@pytest.mark.parametrize(
    ("season", "english", "russian"),
    [
        ("2014-1", "Winter 2014", "Зима 2014"),
        ("2014-10", "Autumn 2014", "Осень 2014"),
        ("2014-5", "2014-5", "2014-5"),
        ("soon", "soon", "soon"),
        (None, "", ""),
    ],
)
def test_seasons_are_named(season, english, russian):
    assert loops.season_of(season) == english
    with override("ru"):
        assert loops.season_of(season) == russian


def test_episodes_come_by_number_then_by_word():
    given = ["OVA", "10", "2", None, "2.5"]
    episodes = [EpisodeLoops(LoopEpisode(id=ID, number=number), 1) for number in given]
    assert [one.episode.number for one in loops.in_order(episodes)] == ["2", "2.5", "10", None, "OVA"]


@pytest.mark.parametrize(
    ("begin", "length", "ticks"),
    [
        (timedelta(seconds=1), "25:00", 6),
        (timedelta(minutes=24, seconds=59.9), "25:00", 6),
        (timedelta(minutes=26), "30:00", 7),
        (timedelta(minutes=55), "60:00", 7),
        (timedelta(hours=1, minutes=50), "120:00", 5),
        (timedelta(hours=9), "540:00", 10),
    ],
)
def test_the_ruler_is_as_long_as_needed(begin, length, ticks):
    drawn = loops.ruler(Loop(id=ID, duration=1, begin=begin))
    assert (loops.minutes(drawn["ticks"][-1].at), len(drawn["ticks"])) == (length, ticks)
    assert drawn["ticks"][-1].last
    assert drawn["ticks"][-1].place == "100.00%"
    assert 0 <= float(drawn["place"].rstrip("%")) <= 100


def test_a_moment_in_an_episode_has_milliseconds():
    assert loops.timecode(timedelta(minutes=22, seconds=47.783)) == "00:22:47.783"
    assert loops.timecode(timedelta(hours=1)) == "01:00:00.000"

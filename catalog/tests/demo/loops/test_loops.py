"""The demo's loops: the document's examples, enough of everything, and the same for everyone."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from catalog.api.animeloop.source import (
    Between,
    CollectionQuery,
    EpisodeQuery,
    LoopQuery,
    SeriesQuery,
    TagQuery,
)
from catalog.art.scenes.timing import SCENES
from catalog.demo.loops import DemoLoops, cover_specs, loop_specs
from catalog.domain.loops import LOOP_FILE_KEYS

ORIGIN = "http://127.0.0.1:9000"
TODAY = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)

DOCUMENTED = {
    # id: (duration, begin, end, frames, uploaded, episode id, series id)
    "59adf78ac4c0bc657943222d": (
        0.7507499999999999, "0:22:47.783000", "0:22:48.533000", (32794, 32812), "2017-09-05 01:00:26.913000+00:00",
        "59adf789c4c0bc65794321fb", "59adb3f8c4c0bc6579431f49",
    ),
    "591446445f6e5e51d937e118": (
        1.6683333333333332, "0:06:13", "0:06:14", (8935, 8975), "2017-05-20 10:30:45.801000+00:00",
        "591b2b9868f9f00f82bf3641", "591b2b9868f9f00f82bf3640",
    ),
    "591446445f6e5e51d937e153": (
        1.5014999999999998, "0:08:27", "0:08:29", (12158, 12194), "2017-05-20 10:30:45.801000+00:00",
        "591b2b9968f9f00f82bf3644", "591b2b9868f9f00f82bf3640",
    ),
    "591446445f6e5e51d937e168": (
        1.5972696245733788, "0:13:28", "0:13:30", (19727, 19766), "2017-05-20 10:30:45.801000+00:00",
        "591b2b9968f9f00f82bf3645", "591b2b9868f9f00f82bf3640",
    ),
    "59a02ed56c4805500909ab5c": (
        3.128125, "0:00:40.331000", "0:00:43.460000", (967, 1042), "2017-08-25 14:05:10.369000+00:00",
        "593e24cba793aa30a98f128f", "593dffbda793aa30a98f1247",
    ),
    "59835a19ed0b995c09a26793": (
        3.2115416666666663, "0:13:46.825000", "0:13:50.037000", (19824, 19901), "2017-08-03 17:14:08.223000+00:00",
        "59835a18ed0b995c09a26779", "59833f73ed0b995c09a266af",
    ),
    "5953236797d7cf18a418ff85": (
        3.3366666666666664, "0:10:07.690000", "0:10:11.027000", (14570, 14650), "2017-06-28 03:31:03.441000+00:00",
        "5953236197d7cf18a418ff6c", "59531b3097d7cf18a418ff51",
    ),
}  # fmt: skip


@pytest.fixture
def demo() -> DemoLoops:
    return DemoLoops(ORIGIN, lambda: TODAY)


@pytest.mark.parametrize("loop_id", DOCUMENTED)
def test_the_documents_loops_keep_their_figures(demo, loop_id):
    duration, begin, end, frames, uploaded, episode_id, series_id = DOCUMENTED[loop_id]
    loop = demo.loop(loop_id)
    assert loop.duration == duration
    assert (str(loop.begin), str(loop.end)) == (begin, end)
    assert (loop.begin_frame, loop.end_frame) == frames
    assert str(loop.uploaded_at) == uploaded
    assert (loop.episode_id, loop.series_id) == (episode_id, series_id)
    assert loop.source == "automator"


def test_the_documents_series_keeps_its_names(demo):
    series = demo.series("59adb3f8c4c0bc6579431f49")
    assert series.title == "LoveLive! 2期"
    assert series.title_romaji == series.title_english == "Love Live! School Idol Project 2nd Season"
    assert series.title_japanese == "ラブライブ! School idol project 2期"
    assert (series.type, series.total_episodes, series.anilist_id, series.season) == ("TV", 13, 19111, "2014-4")
    assert series.genres == ("Music", "Slice of Life")
    assert demo.loop("59adf78ac4c0bc657943222d").episode.number == "13"


def test_the_documents_queries_find_what_the_document_shows(demo):
    query = LoopQuery(series_id="591b2b9868f9f00f82bf3640", duration=Between(1.5, 2.0))
    assert [loop.id for loop in demo.loops(query)] == [
        "591446445f6e5e51d937e118", "591446445f6e5e51d937e153", "591446445f6e5e51d937e168"
    ]  # fmt: skip
    assert len(demo.loops(LoopQuery(duration=Between(3.0, 4.0)))) >= 3
    assert demo.loops(LoopQuery(duration=Between(0.5, 1.5)))
    assert demo.episode("591b2b9268f9f00f82bf35ba").series_id == "592a63088e46ce684784a6b3"
    for collection in (1080, 1111):
        assert demo.loops(LoopQuery(collection_id=collection))
        assert demo.collections(CollectionQuery(id=collection))


def test_there_are_40_loops_over_24_series(demo):
    loops = demo.loops(LoopQuery())
    assert len({loop.id for loop in loops}) == 40
    assert len({loop.series_id for loop in loops}) == len(demo.serieses(SeriesQuery())) == 24
    assert {loop.source for loop in loops} == {"automator", "upload"}
    assert min(loop.duration for loop in loops) == pytest.approx(0.5, abs=0.01)
    assert 3.9 < max(loop.duration for loop in loops) <= 4.0


def test_every_scene_is_used_once_in_each_variant():
    assert Counter((spec.scene, spec.variant) for spec in loop_specs()) == {
        (scene, variant): 1 for scene in SCENES for variant in (0, 1)
    }


def test_files_last_as_long_as_the_data_says(demo):
    seconds = {spec.loop_id: spec.seconds for spec in loop_specs()}
    for loop in demo.loops(LoopQuery()):
        assert abs(seconds[loop.id] - loop.duration) <= 1 / 24


def test_frames_and_times_agree(demo):
    for loop in demo.loops(LoopQuery()):
        if loop.id not in DOCUMENTED:
            assert loop.end - loop.begin == pytest.approx(
                timedelta(seconds=loop.duration), abs=timedelta(milliseconds=2)
            )
            assert loop.duration == pytest.approx((loop.end_frame - loop.begin_frame) * 1001 / 24000)


def test_every_file_of_a_loop_is_in_the_store(demo):
    specs = {spec.loop_id: spec for spec in loop_specs()}
    for loop in demo.loops(LoopQuery()):
        assert {file.key: file.url for file in loop.files} == {
            key: ORIGIN + specs[loop.id].path(key) for key in LOOP_FILE_KEYS
        }


def test_every_cover_is_in_the_store(demo):
    covers = [series.cover_url for series in demo.serieses(SeriesQuery())]
    assert covers == [ORIGIN + spec.path for spec in cover_specs()]
    assert len(set(covers)) == 24


def test_a_filter_that_nothing_matches_finds_nothing(demo):
    first = demo.loop("59adf78ac4c0bc657943222d")
    assert demo.loops(LoopQuery(series_id=first.series_id, episode_id="591b2b9868f9f00f82bf3641")) == []
    assert demo.loops(LoopQuery(collection_id=7)) == []
    assert demo.loops(LoopQuery(source="Automator")) == []


def test_every_filter_narrows(demo):
    assert {loop.source for loop in demo.loops(LoopQuery(source="upload"))} == {"upload"}
    in_episode = demo.loops(LoopQuery(episode_id="59adf789c4c0bc65794321fb"))
    assert len(in_episode) == 2
    assert all(1 < loop.duration < 2 for loop in demo.loops(LoopQuery(duration=Between(1, 2))))


def test_episodes_have_all_kinds_of_numbers(demo):
    episodes = demo.episodes(EpisodeQuery())
    assert {"01", "12.5", "OVA", "Movie"} <= {episode.number for episode in episodes}
    assert len({episode.id for episode in episodes}) == len(episodes) > 100
    assert [episode.number for episode in demo.episodes(EpisodeQuery(series_id="59adb3f8c4c0bc6579431f49"))] == [
        f"{number:02}" for number in range(1, 14)
    ]
    assert len(demo.episodes(EpisodeQuery(number="OVA"))) == 2


def test_series_can_be_narrowed_and_searched(demo):
    assert {series.type for series in demo.serieses(SeriesQuery())} == {"TV", "Movie", "OVA"}
    assert [series.season for series in demo.serieses(SeriesQuery(season=(2014, 4)))] == ["2014-4", "2014-4"]
    assert [series.title_romaji for series in demo.serieses(SeriesQuery(type="TV", words=("mushishi", "zoku")))] == [
        "Mushishi Zoku Shou"
    ]
    for word in ("ゆるキャン", "花牌", "jazz", "SPORTS", "laid-back"):
        assert len(demo.serieses(SeriesQuery(words=(word,)))) == 1, word
    assert demo.serieses(SeriesQuery(words=("jazz", "witch"))) == []
    assert sorted(demo.seasons()).count("2014-4") == 2


def test_tags_belong_to_loops(demo):
    tags = demo.tags(TagQuery())
    assert {tag.loop_id for tag in tags} == {loop.id for loop in demo.loops(LoopQuery())}
    assert {tag.type for tag in tags} == {"general", "character", "safe"}
    assert len({tag.id for tag in tags}) == len(tags)
    characters = demo.tags(TagQuery(loop_id="59adf78ac4c0bc657943222d", type="character"))
    assert [tag.value for tag in characters] == ["nishikino maki", "ayase eli"]
    sure = demo.tags(TagQuery(confidence=Between(0.85, 0.9)))
    assert 0 < len(sure) < len(tags)
    assert all(0.85 < tag.confidence < 0.9 for tag in sure)
    assert demo.tags(TagQuery(source="someone")) == []


def test_a_user_may_have_several_collections(demo):
    assert [collection.id for collection in demo.collections(CollectionQuery(user_id=1002))] == [1080, 1081]
    assert [collection.id for collection in demo.collections(CollectionQuery(name="blink"))] == [1111]


def test_two_people_see_the_same(demo):
    assert demo.loops(LoopQuery()) == DemoLoops(ORIGIN, lambda: TODAY).loops(LoopQuery())


def test_only_the_dates_of_uploads_move_with_the_day(demo):
    tomorrow = DemoLoops(ORIGIN, lambda: TODAY + timedelta(days=1))
    for before, after in zip(demo.loops(LoopQuery()), tomorrow.loops(LoopQuery()), strict=True):
        assert before.id == after.id
        assert after.uploaded_at - before.uploaded_at == timedelta(days=before.source == "upload")
        assert before.uploaded_at < TODAY

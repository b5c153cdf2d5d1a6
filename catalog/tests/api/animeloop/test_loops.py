"""``/loop``, ``/loop/count``, ``/rand/loop``: shapes, filters, pages."""

from __future__ import annotations

import pytest

from catalog.api.animeloop.source import Between, LoopQuery
from catalog.tests.api.animeloop.conftest import (
    EPISODE_ID,
    LOOP_ID,
    LOOPS,
    OTHER_LOOP_ID,
    SERIES_ID,
    UNKNOWN_ID,
    loop,
)


def test_one_loop_is_full_and_word_for_word_the_documents_example(ask):
    assert ask(f"/loop?id={LOOP_ID}").json() == {
        "status": "success",
        "code": 200,
        "message": "success",
        "data": {
            "id": "59adf78ac4c0bc657943222d",
            "duration": 0.7507499999999999,
            "period": {"begin": "00:22:47.783000", "end": "00:22:48.533000"},
            "frame": {"begin": 32794, "end": 32812},
            "sourceFrom": "automator",
            "uploadDate": "2017-09-05T01:00:26.913Z",
            "files": {
                "jpg_360p": "http://cdn.animeloop.org/files/jpg_360p/59adf78ac4c0bc657943222d.jpg",
                "mp4_360p": "http://cdn.animeloop.org/files/mp4_360p/59adf78ac4c0bc657943222d.mp4",
                "gif_360p": "http://cdn.animeloop.org/files/gif_360p/59adf78ac4c0bc657943222d.gif",
                "jpg_720p": "http://cdn.animeloop.org/files/jpg_720p/59adf78ac4c0bc657943222d.jpg",
                "mp4_720p": "http://cdn.animeloop.org/files/mp4_720p/59adf78ac4c0bc657943222d.mp4",
                "mp4_1080p": "http://cdn.animeloop.org/files/mp4_1080p/59adf78ac4c0bc657943222d.mp4",
                "jpg_1080p": "http://cdn.animeloop.org/files/jpg_1080p/59adf78ac4c0bc657943222d.jpg",
            },
            "episode": {"id": "59adf789c4c0bc65794321fb", "no": "13", "seriesid": "59adb3f8c4c0bc6579431f49"},
            "series": {
                "id": "59adb3f8c4c0bc6579431f49",
                "title": "LoveLive! 2期",
                "title_romaji": "Love Live! School Idol Project 2nd Season",
                "title_english": "Love Live! School Idol Project 2nd Season",
                "title_japanese": "ラブライブ! School idol project 2期",
                "description": "Nine girls, one more contest.",
                "genres": ["Music", "Slice of Life"],
                "type": "TV",
                "total_episodes": 13,
                "anilist_id": 19111,
                "season": "2014-4",
                "image_url_large": "http://cdn.animeloop.org/files/anilist/19111/image_large.jpg",
            },
        },
    }


def test_keys_stand_in_the_documents_order_and_text_is_not_escaped(ask):
    body = ask(f"/loop?id={LOOP_ID}").content.decode()
    order = (
        "status",
        "code",
        "message",
        "data",
        "id",
        "duration",
        "period",
        "frame",
        "sourceFrom",
        "uploadDate",
        "files",
    )
    places = [body.index(f'"{key}"') for key in order]
    assert places == sorted(places)
    assert body.index('"jpg_360p"') < body.index('"mp4_360p"') < body.index('"gif_360p"') < body.index('"jpg_720p"')
    assert "ラブライブ" in body


def test_an_id_in_capitals_is_the_same_id(ask):
    assert ask(f"/loop?id={LOOP_ID.upper()}").json()["data"]["id"] == LOOP_ID


def test_an_unknown_id_is_a_success_without_data(ask):
    assert ask(f"/loop?id={UNKNOWN_ID}").json() == {"status": "success", "code": 200, "message": "success", "data": {}}


def test_an_id_counts_only_as_the_sole_parameter(ask):
    answer = ask(f"/loop?id={OTHER_LOOP_ID}&cdn=false").json()
    assert [entry["id"] for entry in answer["data"]] == [LOOP_ID, OTHER_LOOP_ID]


def test_a_short_loop_names_its_episode_and_series(ask):
    first, second = ask("/loop").json()["data"]
    assert (first["episodeid"], first["seriesid"]) == (EPISODE_ID, SERIES_ID)
    assert "episode" not in first
    assert "series" not in first
    assert second["period"] == {"begin": "00:06:13", "end": None}


@pytest.mark.parametrize(("value", "is_full"), [("true", True), ("false", False), ("1", False), ("True", False)])
def test_only_the_word_true_makes_loops_full(ask, value, is_full):
    assert ("episode" in ask(f"/loop?full={value}").json()["data"][0]) is is_full


def test_without_the_cdn_loop_files_but_not_covers_come_from_the_server_itself(ask):
    entry = ask("/loop?cdn=false&full=true", host="animeloop.example:8080").json()["data"][0]
    assert entry["files"]["mp4_720p"] == f"http://animeloop.example:8080/files/mp4_720p/{LOOP_ID}.mp4"
    assert entry["series"]["image_url_large"].startswith("http://cdn.animeloop.org/")


def test_every_filter_reaches_the_source(ask, source):
    ask(f"/loop?seriesid={SERIES_ID}&episodeid={EPISODE_ID}&collectionid=1080&duration=1.5,2.0&source_from=upload")
    assert source.asked == LoopQuery(
        series_id=SERIES_ID, episode_id=EPISODE_ID, collection_id=1080, duration=Between(1.5, 2.0), source="upload"
    )


def test_no_filter_and_unknown_or_empty_parameters_ask_for_everything(ask, source):
    for address in ("/loop", "/loop?series=x&tag=y", "/loop?seriesid=&duration=&limit=&page="):
        ask(address)
        assert source.asked == LoopQuery()


def test_the_bounds_of_a_duration_do_not_belong_to_it():
    assert 1.5 not in Between(1.5, 2.0)
    assert 1.75 in Between(1.5, 2.0)
    assert 2.0 not in Between(1.5, 2.0)


@pytest.mark.parametrize(
    ("value", "bounds"), [("0,1", (0, 1)), ("1.5s,2e0", (1.5, 2)), ("x,1,2", (1, 2)), ("2,2", (2, 2))]
)
def test_durations_are_read_leniently(ask, source, value, bounds):
    ask(f"/loop?duration={value}")
    assert source.asked.duration == Between(*bounds)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", 30),
        ("limit=20", 20),
        ("limit=0", 30),
        ("limit=10x", 10),
        ("limit=-5", 5),
        ("limit=100", 100),
        ("limit=101", 100),
        ("limit=1000000000000000000000", 100),
        ("page=2&limit=100", 50),
        ("page=3&limit=100", 0),
        ("page=-1&limit=7", 7),
        ("page=0&limit=7", 7),
    ],
)
def test_limits_and_pages(ask, source, query, expected):
    source.found = tuple(loop(f"{number:024x}", duration=1.0) for number in range(150))
    assert len(ask(f"/loop?{query}").json()["data"]) == expected


def test_a_page_continues_where_the_one_before_ended(ask, source):
    source.found = tuple(loop(f"{number:024x}", duration=1.0) for number in range(5))
    pages = [[entry["id"][-1] for entry in ask(f"/loop?limit=2&page={page}").json()["data"]] for page in (1, 2, 3)]
    assert pages == [["0", "1"], ["2", "3"], ["4"]]


def test_counting(ask, source):
    answer = ask("/loop/count?duration=3.0,4.0&page=9&limit=1").json()
    assert answer["data"] == {"count": len(LOOPS)}
    assert source.asked == LoopQuery(duration=Between(3.0, 4.0))


def test_random_loops_are_an_array_even_if_it_is_one(ask):
    (entry,) = ask("/rand/loop?limit=1").json()["data"]
    assert entry["id"] in (LOOP_ID, OTHER_LOOP_ID)
    assert "episodeid" in entry


def test_random_loops_do_not_repeat_and_differ_from_time_to_time(ask, source):
    source.found = tuple(loop(f"{number:024x}", duration=1.0) for number in range(60))
    draws = [tuple(entry["id"] for entry in ask("/rand/loop?full=true").json()["data"]) for _ in range(3)]
    assert all(len(set(draw)) == 30 for draw in draws)
    assert len(set(draws)) > 1


def test_there_may_be_fewer_loops_than_asked_for(ask, source):
    assert len(ask("/rand/loop?limit=50&source_from=upload").json()["data"]) == 2
    assert source.asked.source == "upload"

"""Every method: what it answers, its parameters and their defaults."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from catalog.api.anilibria.methods import METHODS

DAY = 86400
START = 1590969600


def ids(titles: Iterable[dict[str, Any]]) -> list[int]:
    return [title["id"] for title in titles]


def test_get_title_by_id_and_by_code(api):
    assert api.json("getTitle", id=3) == api.json("getTitle", code="natsu-no-mori")


def test_the_id_decides_where_both_are_given(api):
    assert api.json("getTitle", id=3, code="umi-no-uta")["id"] == 3


def test_get_titles_by_ids_or_codes(api):
    assert ids(api.json("getTitles", id_list="4,1,99,4")) == [4, 1]
    assert ids(api.json("getTitles", code_list="natsu-no-mori,none,umi-no-uta")) == [3, 1]
    assert ids(api.json("getTitles", id_list="4", code_list="natsu-no-mori,nichiyoubi")) == [4, 3]
    assert api.json("getTitles", id_list="99") == []


def test_updates_and_changes_have_each_their_own_order(api):
    assert ids(api.json("getUpdates")) == [3, 4, 1, 2]
    assert ids(api.json("getChanges")) == [1, 3, 4, 2]


def test_since_is_exclusive(api):
    assert ids(api.json("getUpdates", since=START + DAY)) == [3]
    assert ids(api.json("getUpdates", since=START + DAY - 1)) == [3, 4]
    assert ids(api.json("getChanges", since=START + 2 * DAY)) == [1]


def test_lists_are_five_long_unless_told_otherwise(api):
    assert len(api.json("getSeedStats")) == 5
    assert len(api.json("getFeed")) == 5
    assert len(api.json("getSeedStats", limit=6)) == 6


def test_limit_and_after_make_pages(api):
    assert ids(api.json("getUpdates", limit=2)) == [3, 4]
    assert ids(api.json("getUpdates", limit=2, after=2)) == [1, 2]
    assert ids(api.json("getUpdates", after=3)) == [2]
    assert api.json("getUpdates", limit=0) == api.json("getUpdates", after=99) == []
    assert len(api.json("getSeedStats", limit=-1)) == 6


def test_schedule_lists_running_shows_of_every_day(api):
    days = api.json("getSchedule", filter="id")

    assert [day["day"] for day in days] == list(range(7))
    assert {day["day"]: ids(day["list"]) for day in days if day["list"]} == {3: [1], 6: [4]}


def test_schedule_of_some_days(api):
    assert [day["day"] for day in api.json("getSchedule", days="6,5")] == [5, 6]
    assert list(api.json("getSchedule", days="6")[0]) == ["day", "list"]


def test_random_title_is_some_title(api):
    found = {api.json("getRandomTitle", filter="id")["id"] for _ in range(60)}

    assert found > {1}
    assert found <= {1, 2, 3, 4}


def test_random_title_of_nothing(api, shelf):
    shelf.all_titles = ()

    assert api.error("getRandomTitle")[:2] == (404, 404)


def test_clips_come_newest_first(api):
    clips = api.json("getYouTube")

    assert clips[0] == {
        "id": 9,
        "title": "Ролик 0",
        "image": "http://127.0.0.1:8001/vi/video0/0.jpg",
        "youtube_id": "video0",
        "timestamp": START + 30 * 3600,
    }
    assert list(clips[0]) == ["id", "title", "image", "youtube_id", "timestamp"]
    assert ids(clips) == [9, 10]
    assert ids(api.json("getYouTube", since=START)) == [9]


def test_feed_mixes_titles_and_clips(api):
    feed = api.json("getFeed", limit=10)

    assert [(key, item["id"]) for entry in feed for key, item in entry.items()] == [
        ("title", 3),
        ("youtube", 9),
        ("title", 4),
        ("title", 1),
        ("youtube", 10),
        ("title", 2),
    ]
    assert feed[0]["title"] == api.json("getTitle", id=3)
    assert ids(entry.get("title") or entry["youtube"] for entry in api.json("getFeed", since=START + DAY)) == [3, 9]


def test_years_ascend(api):
    assert api.json("getYears") == [2019, 2020]


def test_genres_by_alphabet_and_by_rating(api):
    assert api.json("getGenres") == api.json("getGenres", sorting_type=0) == ["драма", "ёкаи", "музыка"]
    assert api.json("getGenres", sorting_type=1) == ["музыка", "драма", "ёкаи"]


def test_caching_nodes_are_an_object_of_weights(api):
    assert api.get("v2/getCachingNodes").content == b'{"de4":10,"static":5}'


def test_team_by_roles(api):
    assert api.json("getTeam") == {
        "team": {"voice": ["Kari", "Silv"], "translator": [], "editing": [], "decor": [], "timing": ["Anku"]}
    }


def test_seed_stats_of_users(api):
    assert api.json("getSeedStats", users="zoe,ann,nobody") == [
        {"downloaded": 1, "uploaded": 30, "user": "ann"},
        {"downloaded": 2, "uploaded": 20, "user": "zoe"},
    ]
    assert api.get("v2/getSeedStats", users="ann").content == b'[{"downloaded":1,"uploaded":30,"user":"ann"}]'


@pytest.mark.parametrize(
    ("parameters", "users"),
    [
        ({}, ["mia", "ann", "zoe"]),
        ({"sort_by": "uploaded"}, ["ann", "zoe", "mia"]),
        ({"sort_by": "uploaded", "order": 0}, ["ann", "zoe", "mia"]),
        ({"sort_by": "uploaded", "order": 1}, ["bob", "kim", "leo"]),
        ({"sort_by": "downloaded", "after": 1}, ["kim", "leo", "mia"]),
        ({"sort_by": "user", "order": 1}, ["ann", "bob", "kim"]),
        ({"sort_by": "user"}, ["zoe", "mia", "leo"]),
    ],
)
def test_seed_stats_are_sorted_when_asked(api, parameters, users):
    assert [stat["user"] for stat in api.json("getSeedStats", limit=3, **parameters)] == users


def test_every_method_knows_the_documents_parameters():
    form = {"filter", "remove", "include", "description_type", "playlist_type"}
    window = {"limit", "since", "after"}
    assert {name: set(method.parameters) for name, method in METHODS.items()} == {
        "getTitle": {"id", "code", *form},
        "getTitles": {"id_list", "code_list", *form},
        "getUpdates": {*window, *form},
        "getChanges": {*window, *form} - {"playlist_type"},
        "getSchedule": {"days", *form},
        "getRandomTitle": form,
        "getYouTube": {"filter", "remove", *window},
        "getFeed": {*window, *form},
        "getYears": set(),
        "getGenres": {"sorting_type"},
        "getCachingNodes": set(),
        "getTeam": set(),
        "getSeedStats": {"users", "filter", "remove", "limit", "after", "sort_by", "order"},
        "searchTitles": {
            *("search", "year", "season_code", "genres", "voice", "translator", "editing", "decor", "timing"),
            *("limit", "after"),
            *form,
        },
    }

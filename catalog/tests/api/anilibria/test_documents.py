"""The JSON of a title: every field, its order, and the forms that can be asked for."""

from __future__ import annotations

import base64
import json
from dataclasses import replace

from catalog.domain.titles import Player
from catalog.tests.api.anilibria.conftest import FULL, Shelf, episode

EPISODE = {
    "id": 1,
    "hls": {"fhd": None, "hd": "/videos/ts/1/1/playlist.m3u8", "sd": None},
    "mp4": {"hd": "/get/t/9/mp4/1/1.mp4", "sd": None, "download": {"hd": "?download=A.mp4", "sd": None}},
}
TORRENT = {
    "torrent_id": 11,
    "leechers": 1,
    "seeders": 5,
    "downloads": 70,
    "quality": {"string": "WEBRip 1080p", "type": "WEBRip", "resolution": 1080, "encoder": "h264", "lq_audio": False},
    "series": {"first": 1, "last": 10, "string": "1-10"},
    "total_size": 1000,
    "url": "/upload/torrents/11.torrent",
    "uploaded_timestamp": 1590969600,
    "raw_base64_file": None,
    "metadata": None,
}
TITLE = {
    "id": 1,
    "code": "umi-no-uta",
    "names": {"ru": "Песня моря", "en": "Umi no Uta", "alternative": None},
    "announce": "Скоро",
    "status": {"string": "В работе", "code": 1},
    "poster": {
        "url": "/upload/release/350x500/1.jpg",
        "updated_timestamp": 1590969600,
        "raw_base64_file": None,
    },
    "updated": 1590969600,
    "last_change": 1598745600,
    "type": {"full_string": "ТВ (12 эп.), 25 мин.", "code": 1, "string": "ТВ", "series": 12, "length": "25 мин"},
    "genres": ["драма", "музыка"],
    "team": {"voice": ["Kari", "Silv"], "translator": [], "editing": [], "decor": [], "timing": ["Anku"]},
    "season": {"season_string": "весна", "season_code": 2, "year": 2020, "week_day": 3},
    "description": "Берег и волны.",
    "in_favorites": 50,
    "blocked": {"blocked": False, "bakanim": False},
    "player": {
        "alternative_player": "//127.0.0.1:8001/serial/1?x=y",
        "hosts": {"mp4": "127.0.0.1:8001", "hls": "127.0.0.1:8001"},
        "series": {"first": 1, "last": 10, "string": "1-10"},
        "playlist": {"1": EPISODE},
    },
    "torrents": {"series": {"first": 1, "last": 10, "string": "1-10"}, "list": [TORRENT]},
}


def only_one_episode_and_torrent(shelf: Shelf) -> None:
    player = replace(FULL.player, episodes=(episode("1"),))
    shelf.all_titles = (replace(FULL, player=player, torrents=FULL.torrents[:1]),)


def test_a_title_is_the_documents_object_byte_for_byte(api, shelf):
    only_one_episode_and_torrent(shelf)

    response = api.get("v2/getTitle", id=1)

    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert response.content.decode() == json.dumps(TITLE, ensure_ascii=False, separators=(",", ":"))


def test_what_is_unknown_is_null_empty_or_zero(api):
    title = api.json("getTitle", id=2)

    assert title["names"] == {"ru": None, "en": None, "alternative": None}
    assert title["announce"] is title["description"] is None
    assert title["status"] == {"string": None, "code": 0}
    assert title["poster"] == {"url": None, "updated_timestamp": 0, "raw_base64_file": None}
    assert title["updated"] == title["last_change"] == title["in_favorites"] == 0
    assert title["genres"] == []
    assert title["season"] == {"season_string": None, "season_code": 0, "year": 0, "week_day": None}
    assert title["type"] == {"full_string": None, "code": None, "string": None, "series": 0, "length": None}
    assert title["player"] == {
        "alternative_player": None,
        "hosts": {"mp4": None, "hls": None},
        "series": {"first": None, "last": None, "string": None},
        "playlist": {},
    }
    assert title["torrents"] == {"series": {"first": None, "last": None, "string": None}, "list": []}


def test_playlist_keys_stand_as_javascript_orders_them(api):
    playlist = api.json("getTitle", id=1)["player"]["playlist"]

    assert list(playlist) == ["0", "1", "2", "10", "-1", "2.5"]
    assert [entry["id"] for entry in playlist.values()] == [0, 1, 2, 10, -1, 2.5]
    assert type(playlist["10"]["id"]) is int


def test_playlist_as_an_array_keeps_the_episodes_order(api):
    playlist = api.json("getTitle", id=1, playlist_type="array")["player"]["playlist"]

    assert [entry["id"] for entry in playlist] == [-1, 0, 1, 2, 2.5, 10]
    assert playlist[2] == EPISODE


def test_an_empty_playlist_as_an_array(api, shelf):
    shelf.all_titles = (replace(FULL, player=Player()),)

    assert api.json("getTitle", id=1, playlist_type="array")["player"]["playlist"] == []


def test_descriptions_come_in_three_forms(api):
    forms = [
        api.json("getTitle", id=1, description_type=form)["description"] for form in ("plain", "html", "no_view_order")
    ]

    assert forms == ["Берег и волны.", "<b>Берег</b> и волны.", "Берег."]


def test_files_come_in_base64_when_included(api):
    title = api.json("getTitle", id=1, include="raw_poster,raw_torrent")

    assert base64.b64decode(title["poster"]["raw_base64_file"]) == b"poster 1"
    raws = [base64.b64decode(torrent["raw_base64_file"]) for torrent in title["torrents"]["list"]]
    assert raws == [b"torrent 11", b"torrent 12"]
    assert {torrent["metadata"] for torrent in title["torrents"]["list"]} == {None}


def test_a_missing_poster_has_no_file(api):
    assert api.json("getTitle", id=2, include="raw_poster")["poster"]["raw_base64_file"] is None


def test_torrent_metadata_comes_when_included(api):
    torrents = api.json("getTitle", id=1, include="torrent_meta")["torrents"]["list"]

    assert torrents[0]["metadata"] == {
        "hash": "ab" * 20,
        "name": "Umi no Uta",
        "announce": ["http://127.0.0.1:8001/announce"],
        "created_timestamp": 1590969600,
        "files_list": [{"file": "a.mkv", "size": 400, "offset": 0}, {"file": "b.mkv", "size": 600, "offset": 400}],
    }
    assert list(torrents[0]["metadata"]) == ["hash", "name", "announce", "created_timestamp", "files_list"]
    assert torrents[0]["raw_base64_file"] is None

"""The document's own requests get the document's own answers; hosts and prose are the demo's."""

from __future__ import annotations

import base64
from hashlib import sha1

from bencode2 import bdecode, bencode

NANATSU = {
    "id": 8500,
    "code": "nanatsu-no-taizai-kamigami-no-gekirin",
    "names": {
        "ru": "Семь смертных грехов: Гнев богов",
        "en": "Nanatsu no Taizai: Kamigami no Gekirin",
        "alternative": None,
    },
    "status": {"string": "Завершен", "code": 2},
    "poster": {
        "url": "/upload/release/350x500/8500.jpg",
        "updated_timestamp": 1570770775,
        "raw_base64_file": None,
    },
    "updated": 1585249972,
    "last_change": 1590523671,
    "type": {"full_string": "ТВ (24 эп.), 25 мин.", "code": 1, "string": "ТВ", "series": 24, "length": "25 мин"},
    "genres": ["экшен", "приключения", "сёнен", "сверхъестественное", "магия"],
    "team": {
        "voice": ["Kari", "Anzen", "Sharon", "Cleo-chan", "Hekomi"],
        "translator": ["Anku"],
        "editing": ["mutagenb"],
        "decor": [],
        "timing": ["Alkhorus"],
    },
    "season": {"season_string": "осень", "season_code": 4, "year": 2019, "week_day": 5},
    "in_favorites": 9648,
    "blocked": {"blocked": False, "bakanim": False},
}
TORRENT = {
    "torrent_id": 10725,
    "leechers": 2,
    "seeders": 16,
    "downloads": 8918,
    "quality": {"string": "WEBRip 1080p", "type": "WEBRip", "resolution": 1080, "encoder": "h264", "lq_audio": False},
    "series": {"first": 1, "last": 24, "string": "1-24"},
    "total_size": 35521275317,
    "url": "/upload/torrents/10725.torrent",
    "uploaded_timestamp": 1590483840,
}


def test_title_by_code(api):
    title = api.json(
        "getTitle", code="nanatsu-no-taizai-kamigami-no-gekirin", remove="announce,description,player,torrents"
    )

    assert title == NANATSU
    assert list(title) == list(NANATSU)


def test_title_by_id_with_a_filter(api):
    title = api.json("getTitle", id=8500, filter="poster,type,status,player.playlist.24")

    assert list(title) == ["status", "poster", "type", "player"]
    assert list(title["player"]["playlist"]) == ["24"]
    assert title["player"]["playlist"]["24"]["id"] == 24


def test_its_player(api):
    player = api.json("getTitle", id=8500)["player"]
    first = player["playlist"]["1"]

    assert list(player) == ["alternative_player", "hosts", "series", "playlist"]
    assert player["alternative_player"] == (
        "//127.0.0.1:8001/serial/19248/803944eb832adacd4d4bec7d4221f941/720p?translations=false"
    )
    assert player["hosts"] == {"mp4": "127.0.0.1:8001", "hls": "127.0.0.1:8001"}
    assert player["series"] == {"first": 1, "last": 24, "string": "1-24"}
    assert list(player["playlist"]) == [str(number) for number in range(1, 25)]
    assert first["id"] == 1
    assert first["hls"] == {
        "fhd": "/videos/ts/8500/0001-hd/playlist.m3u8",
        "hd": "/videos/ts/8500/0001/playlist.m3u8",
        "sd": "/videos/ts/8500/0001-sd/playlist.m3u8",
    }
    assert first["mp4"]["download"] == {
        "hd": "?download=Nanatsu_no_Taizai__Kamigami_no_Gekirin-hd.mp4",
        "sd": "?download=Nanatsu_no_Taizai__Kamigami_no_Gekirin-sd.mp4",
    }
    assert first["mp4"]["hd"].endswith("/mp4/8500/0001.mp4")
    assert first["mp4"]["sd"].endswith("/mp4/8500/0001-sd.mp4")
    token, expiry = first["mp4"]["hd"].split("/")[2:4]
    assert len(token) == len("Msnjux-QWNEyj3rOZDKzvw")
    assert int(expiry) > 1795190000


def test_its_torrent(api):
    torrents = api.json("getTitle", id=8500, include="torrent_meta")["torrents"]
    torrent = torrents["list"][0]
    metadata = torrent["metadata"]

    assert torrents["series"] == {"first": 1, "last": 24, "string": "1-24"}
    assert {key: torrent[key] for key in TORRENT} == TORRENT
    assert metadata["name"] == "Nanatsu no Taizai - Kamigami no Gekirin - AniLibria.TV [WEBRip 1080p]"
    assert metadata["announce"] == ["http://127.0.0.1:8001/announce"]
    assert metadata["created_timestamp"] == 1590483891
    assert metadata["files_list"][:2] == [
        {
            "file": "Nanatsu_no_Taizai_Kamigami_no_Gekirin_[10]_[AniLibria_TV]_[WEBRip_1080p].mkv",
            "size": 1036384565,
            "offset": 0,
        },
        {
            "file": "Nanatsu_no_Taizai_Kamigami_no_Gekirin_[21]_[AniLibria_TV]_[WEBRip_1080p].mkv",
            "size": 1372075412,
            "offset": 1036384565,
        },
    ]
    assert len(metadata["files_list"]) == 24
    assert sum(file["size"] for file in metadata["files_list"]) == 35521275317
    assert min(file["size"] for file in metadata["files_list"]) > 10**9


def test_its_files_in_base64(api):
    title = api.json("getTitle", id=8500, include="raw_poster,raw_torrent,torrent_meta")
    torrent = title["torrents"]["list"][0]
    content = bdecode(base64.b64decode(torrent["raw_base64_file"]))

    assert sha1(bencode(content[b"info"])).hexdigest() == torrent["metadata"]["hash"]
    assert base64.b64decode(title["poster"]["raw_base64_file"]) == b"drawn for /upload/release/350x500/8500.jpg"


def test_several_titles(api):
    titles = api.json("getTitles", id_list="8500,8644", filter="poster,type,status,player.playlist.24")

    assert [title["poster"]["url"] for title in titles] == [
        "/upload/release/350x500/8500.jpg",
        "/upload/release/350x500/8644.jpg",
    ]
    assert all(list(title["player"]["playlist"]) == ["24"] for title in titles)
    assert api.json("getTitles", code_list="nanatsu-no-taizai-kamigami-no-gekirin")[0]["id"] == 8500


def test_updates_and_changes(api):
    for method in ("getUpdates", "getChanges"):
        assert len(api.json(method, filter="poster,type,status", limit=5)) == 5
        assert len(api.json(method, since=1590233417)) == 5
    changes = api.json("getChanges", since=1590233417, limit=-1, filter="id")
    updates = api.json("getUpdates", since=1590233417, limit=-1, filter="id")
    assert {"id": 8500} in changes
    assert {"id": 8500} not in updates


def test_schedule(api):
    days = api.json("getSchedule", days="5,6")

    assert [day["day"] for day in days] == [5, 6]
    assert all(title["season"]["week_day"] == day["day"] for day in days for title in day["list"])
    assert all(day["list"] for day in api.json("getSchedule", filter="poster,type,status"))


def test_caching_nodes(api):
    assert api.get("v2/getCachingNodes").content == (
        b'{"de4":10,"de6":10,"de1":10,"de3":10,"de10":10,"de2":10,"static":5}'
    )


def test_clips(api):
    clips = api.json("getYouTube", limit=10)

    assert {
        "id": 341,
        "title": "АНОНС - АНИМЕ ЗИМА 2017",
        "image": "http://127.0.0.1:8001/vi/OXBO4h3l3rM/0.jpg",
        "youtube_id": "OXBO4h3l3rM",
        "timestamp": 1503824801,
    } in clips
    assert len(clips) == 10


def test_feed(api):
    kinds = {key for item in api.json("getFeed", limit=100, filter="id") for key in item}

    assert kinds == {"title", "youtube"}


def test_years_and_genres(api):
    assert api.json("getYears")[:4] == [1996, 1998, 2001, 2003]
    assert api.json("getGenres")[:3] == ["боевые искусства", "вампиры", "демоны"]


def test_team(api):
    team = api.json("getTeam")["team"]

    assert list(team) == ["voice", "translator", "editing", "decor", "timing"]
    assert {"Kari", "Anzen", "Sharon", "Cleo-chan", "Hekomi", "Amikiri", "Silv"} <= set(team["voice"])
    assert "Anku" in team["translator"]
    assert "mutagenb" in team["editing"]
    assert "Alkhorus" in team["timing"]
    assert 35 <= sum(map(len, team.values())) <= 45


def test_seed_stats(api):
    assert api.get("v2/getSeedStats", users="T1MOX4").content == (
        b'[{"downloaded":72110162198,"uploaded":1163165762554,"user":"T1MOX4"}]'
    )
    users = [stat["user"] for stat in api.json("getSeedStats", sort_by="user", order=1, limit=-1)]
    assert users == sorted(users)


def test_search(api):
    found = api.json(
        "searchTitles",
        search="cудьба апокреф",
        voice="Amikiri,Silv,Hekomi",
        filter="id,names,team,genres[0]",
        limit=10,
    )

    assert found == [
        {
            "id": 4212,
            "names": {"ru": "Судьба: Апокриф", "en": "Fate/Apocrypha", "alternative": None},
            "genres": ["экшен"],
            "team": found[0]["team"],
        }
    ]
    assert found[0]["team"]["voice"] == ["Amikiri", "Silv", "Hekomi"]


def test_errors(api):
    assert api.error("getUpdates", code="x", id=1) == (412, 412, "Unknown parameters: code, id")
    assert api.error("getTitle", code="test") == (404, 404, 'Title "test" not found!')


def test_a_later_adapters_paths_are_not_needed_for_two_slashes(api):
    assert api.get("v2//getUpdates").json() == api.json("getUpdates")

"""``filter`` and ``remove``: paths with dots, ``[0]`` and ``[*]``."""

from __future__ import annotations

import pytest

from catalog.tests.api.anilibria.test_documents import EPISODE


@pytest.mark.parametrize(
    ("paths", "kept"),
    [
        ("id", {"id": 1}),
        ("code,id", {"id": 1, "code": "umi-no-uta"}),
        ("names.alternative", {"names": {"alternative": None}}),
        ("names.ru,names.en", {"names": {"ru": "Песня моря", "en": "Umi no Uta"}}),
        ("names.ru, names", {"names": {"ru": "Песня моря", "en": "Umi no Uta", "alternative": None}}),
        ("team.voice[0]", {"team": {"voice": ["Kari"]}}),
        ("team.voice[1]", {"team": {"voice": ["Silv"]}}),
        ("genres[0]", {"genres": ["драма"]}),
        ("torrents.list[*].torrent_id", {"torrents": {"list": [{"torrent_id": 11}, {"torrent_id": 12}]}}),
        ("torrents.list[1].quality.type", {"torrents": {"list": [{"quality": {"type": "WEBRip"}}]}}),
        (
            "torrents.list[*].torrent_id,torrents.list[1].seeders",
            {"torrents": {"list": [{"torrent_id": 11}, {"torrent_id": 12, "seeders": 5}]}},
        ),
        ("player.playlist.1", {"player": {"playlist": {"1": EPISODE}}}),
        ("player.playlist.2.5.id", {"player": {"playlist": {"2.5": {"id": 2.5}}}}),
        ("player.playlist[*].id,player.playlist.0", None),
        ("type.code,player.playlist.99,nonsense,names.ru.more", {"type": {"code": 1}}),
        ("nonsense", {}),
    ],
)
def test_filter_keeps_only_what_its_paths_name(api, paths, kept):
    title = api.json("getTitle", id=1, filter=paths)

    if kept is None:
        playlist = title.pop("player")["playlist"]
        assert title == {}
        assert [list(entry) for entry in playlist.values()] == [["id", "hls", "mp4"]] + [["id"]] * 5
    else:
        assert title == kept


def test_filter_keeps_the_documents_order(api):
    assert list(api.json("getTitle", id=1, filter="status,type,poster,id")) == ["id", "status", "poster", "type"]


def test_filter_on_an_array_playlist(api):
    title = api.json("getTitle", id=1, playlist_type="array", filter="player.playlist[*].id")

    assert title == {"player": {"playlist": [{"id": number} for number in (-1, 0, 1, 2, 2.5, 10)]}}


def test_an_empty_filter_is_no_filter(api):
    assert api.json("getTitle", id=1, filter="", remove="") == api.json("getTitle", id=1)


def test_remove_takes_away_what_its_paths_name(api):
    whole = api.json("getTitle", id=1)
    left = api.json(
        "getTitle", id=1, remove="names.en,team.voice[0],torrents.list[*].quality,player.playlist.2.5,updated,no"
    )

    assert left["names"] == {"ru": "Песня моря", "alternative": None}
    assert left["team"] == whole["team"] | {"voice": ["Silv"]}
    assert all(
        list(torrent) == [key for key in whole["torrents"]["list"][0] if key != "quality"]
        for torrent in left["torrents"]["list"]
    )
    assert list(left["player"]["playlist"]) == ["0", "1", "2", "10", "-1"]
    assert list(left) == [key for key in whole if key != "updated"]
    assert left["poster"] == whole["poster"]


def test_remove_wins_over_filter(api):
    assert api.json("getTitle", id=1, filter="id,names", remove="names.ru,id") == {
        "names": {"en": "Umi no Uta", "alternative": None}
    }


def test_selection_is_for_each_title_of_a_list(api):
    assert api.json("getUpdates", filter="id,names.ru") == [
        {"id": 3, "names": {"ru": "Лес в июле"}},
        {"id": 4, "names": {"ru": "Воскресенье"}},
        {"id": 1, "names": {"ru": "Песня моря"}},
        {"id": 2, "names": {"ru": None}},
    ]
    assert api.json("getSchedule", filter="code", days="6") == [{"day": 6, "list": [{"code": "nichiyoubi"}]}]


def test_selection_in_the_feed_may_name_the_item_too(api):
    inner = api.json("getFeed", filter="id", limit=3)
    outer = api.json("getFeed", filter="title.id,youtube.id", limit=3)

    assert inner == outer == [{"title": {"id": 3}}, {"youtube": {"id": 9}}, {"title": {"id": 4}}]


def test_selection_of_clips_and_seed_stats(api):
    assert api.json("getYouTube", filter="youtube_id", limit=1) == [{"youtube_id": "video0"}]
    assert api.json("getSeedStats", remove="uploaded", limit=1) == [{"downloaded": 3, "user": "mia"}]

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from catalog.domain.titles import Episode, EpisodeRange, HlsStreams, Mp4Files, Player, Skips
from catalog.services.anilibria import parse_title
from catalog.tests.services.anilibria.samples import HLS_HOST, MP4_HOST, episode_payload, title_payload


def player_of(**changes: Any) -> Player:
    return parse_title(title_payload(player=title_payload()["player"] | changes)).player


def test_addresses_are_absolute():
    player = player_of()

    assert player.alternative_url == "https://kodik.info/serial/1/a/720p?translations=false"
    assert (player.hls_host, player.mp4_host) == (HLS_HOST, MP4_HOST)
    assert player.episode("2") == Episode(
        key="2",
        number=2,
        hls=HlsStreams(
            fhd="https://de4.libria.fun/videos/ts/501/0002-hd/playlist.m3u8",
            hd="https://de4.libria.fun/videos/ts/501/0002/playlist.m3u8",
            sd="https://de4.libria.fun/videos/ts/501/0002-sd/playlist.m3u8",
        ),
        mp4=Mp4Files(
            hd="https://de8.libria.fun/get/token/1591296559/mp4/501/0002.mp4",
            sd="https://de8.libria.fun/get/token/1591296559/mp4/501/0002-sd.mp4",
            hd_download="https://de8.libria.fun/get/token/1591296559/mp4/501/0002.mp4?download=Yoru_no_Tori-hd.mp4",
            sd_download="https://de8.libria.fun/get/token/1591296559/mp4/501/0002-sd.mp4?download=Yoru_no_Tori-sd.mp4",
        ),
    )


def test_one_host_serves_both_in_later_versions():
    player = player_of(hosts=None, host="de6.libria.fun")

    assert (player.hls_host, player.mp4_host) == ("de6.libria.fun", "de6.libria.fun")
    assert player.episodes[0].hls.sd == "https://de6.libria.fun/videos/ts/501/0001-sd/playlist.m3u8"
    assert player.episodes[0].mp4.sd == "https://de6.libria.fun/get/token/1591296559/mp4/501/0001-sd.mp4"


def test_without_an_allowed_host_there_is_no_address():
    for hosts in (None, {"hls": "evil.example", "mp4": "evil.example/x?"}):
        episode = player_of(hosts=hosts).episodes[0]

        assert episode.hls == HlsStreams()
        assert episode.mp4 == Mp4Files()


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("?download=Carole_&amp;_Tuesday-hd.mp4", "?download=Carole_%26_Tuesday-hd.mp4"),
        ("?download=Akiba&#039;s_Trip #1.mp4", "?download=Akiba%27s_Trip%20%231.mp4"),
        ("?download=Love_1000%__-hd.mp4", "?download=Love_1000%25__-hd.mp4"),
        ("?download=a%20b.mp4", "?download=a%20b.mp4"),
        ("?download=Fate/stay//night.mp4", "?download=Fate%2Fstay%2F%2Fnight.mp4"),
        ("/get/elsewhere.mp4", None),
        ("", None),
        (None, None),
    ],
)
def test_download_names_cannot_break_the_address(sent, expected):
    episode = player_of(playlist={"1": episode_payload(mp4={"hd": "/get/1.mp4", "download": {"hd": sent}})}).episodes[0]

    assert episode.mp4.hd == "https://de8.libria.fun/get/1.mp4"
    assert episode.mp4.hd_download == (expected and episode.mp4.hd + expected)


def test_a_download_without_its_file_is_none():
    mp4 = {"hd": None, "download": {"hd": "?download=a.mp4"}}

    assert player_of(playlist={"1": episode_payload(mp4=mp4)}).episodes[0].mp4 == Mp4Files()


def test_a_playlist_as_an_array_equals_one_as_an_object():
    keyed = {"1": episode_payload(1), "2": episode_payload(2), "12.5": episode_payload(12.5)}

    assert player_of(playlist=list(keyed.values())).episodes == player_of(playlist=keyed).episodes


def test_later_versions_name_the_number_serie():
    episode = episode_payload()
    episode["serie"] = episode.pop("id")

    assert player_of(playlist=[episode]).episodes[0].key == "1"


def test_episodes_are_ordered_by_number_and_keep_their_keys():
    keys = ["10", "2", "0", "12.5", "-1", "special", "012"]
    playlist = {key: episode_payload(id=None) for key in keys}

    assert [(episode.key, episode.number) for episode in player_of(playlist=playlist).episodes] == [
        ("-1", -1),
        ("0", 0),
        ("2", 2),
        ("10", 10),
        ("012", 12),
        ("12.5", 12.5),
        ("special", None),
    ]


@pytest.mark.parametrize("playlist", [None, [], {}, "", "no", 5, [None], {"1": None}, [{}], {"a/b": {}}, {"": {}}])
def test_no_episodes(playlist):
    assert player_of(playlist=playlist).episodes == ()


def test_a_bad_episode_drops_itself(caplog):
    player = player_of(playlist={"1": episode_payload(1), "2": "?", "../3": episode_payload(3)})

    assert [episode.key for episode in player.episodes] == ["1"]
    assert len(caplog.records) == 2
    assert {record.levelname for record in caplog.records} == {"WARNING"}


def test_what_later_versions_know_about_an_episode():
    episode = player_of(
        playlist={
            "1": episode_payload(
                name="Начало",
                created_timestamp=1649192041,
                preview="/storage/releases/episodes/previews/1.jpg",
                skips={"opening": [70, 160], "ending": ["1300.5", 1390]},
            )
        }
    ).episodes[0]

    assert episode.name == "Начало"
    assert episode.created_at == datetime(2022, 4, 5, 20, 54, 1, tzinfo=UTC)
    assert episode.preview_url == "https://static.anilibria.tv/storage/releases/episodes/previews/1.jpg"
    assert episode.skips == Skips(opening=(70, 160), ending=(1300.5, 1390))


@pytest.mark.parametrize("span", [[], None, [70], [70, 60], [-1, 5], [1, 2, 3], ["a", "b"], {"start": 1}, "1-2"])
def test_a_skip_that_makes_no_sense_is_none(span):
    assert player_of(playlist={"1": episode_payload(skips={"opening": span})}).episodes[0].skips == Skips()


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"first": 1, "last": 24, "string": "1-24"}, EpisodeRange(first=1, last=24, text="1-24")),
        ({"first": 0, "last": 12, "string": "0-12"}, EpisodeRange(first=0, last=12, text="0-12")),
        ({"first": 0, "last": 0, "string": "0"}, EpisodeRange(first=0, last=0, text="0")),
        ({"first": 0, "last": 0, "string": "Фильм"}, EpisodeRange(text="Фильм")),
        ({"first": 0, "last": 0, "string": "1-12 + OVA"}, EpisodeRange(text="1-12 + OVA")),
        ({"first": 0, "last": 0, "string": None}, EpisodeRange()),
        ({"first": None, "last": None, "string": None}, EpisodeRange()),
        ({"first": "1", "last": 12.5, "string": "1-12.5"}, EpisodeRange(first=1, last=12.5, text="1-12.5")),
        ({"string": "1‑5"}, EpisodeRange(first=1, last=5, text="1‑5")),
        ("13-24", EpisodeRange(first=13, last=24, text="13-24")),
        ("7", EpisodeRange(first=7, last=7, text="7")),
        ("Фильм", EpisodeRange(text="Фильм")),
        ([], EpisodeRange()),
        (None, EpisodeRange()),
    ],
)
def test_ranges(sent, expected):
    assert player_of(series=sent).range == expected

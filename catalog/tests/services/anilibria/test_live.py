from __future__ import annotations

import pytest

from catalog.services.anilibria import parse_playlist_change, parse_title, parse_title_change
from catalog.services.errors import UpstreamBadData
from catalog.tests.services.anilibria.samples import HASH, episode_payload, title_payload

TITLE_NOTICE = {"hash": HASH, "title": title_payload()}
PLAYLIST_NOTICE = {"id": 501, "serie": 2, "playlist": {"1": episode_payload(1), "2": episode_payload(2)}}


@pytest.mark.parametrize(
    "sent",
    [
        TITLE_NOTICE,
        {"title_update": TITLE_NOTICE},
        {"type": "title_update", "title_update": TITLE_NOTICE | {"diff": {"last_change": 1}}},
        {"type": "title_update", "data": TITLE_NOTICE},
    ],
)
def test_a_title_change_in_every_wrapping(sent):
    change = parse_title_change(sent)

    assert change.hash == HASH
    assert change.title == parse_title(title_payload())


@pytest.mark.parametrize("sent", [None, [], {}, {"hash": HASH}, {"title": title_payload()}, PLAYLIST_NOTICE])
def test_what_is_no_title_change(sent):
    with pytest.raises(UpstreamBadData):
        parse_title_change(sent)


@pytest.mark.parametrize("sent", [PLAYLIST_NOTICE, {"type": "playlist_update", "playlist_update": PLAYLIST_NOTICE}])
def test_a_playlist_change(sent):
    change = parse_playlist_change(sent, hls_host="de4.libria.fun", mp4_host="de8.libria.fun")

    assert (change.title_id, change.episode_number) == (501, 2)
    assert change.episodes == parse_title(title_payload()).player.episodes


def test_a_playlist_change_names_no_host_itself():
    change = parse_playlist_change(PLAYLIST_NOTICE)

    assert [(episode.key, episode.hls.hd) for episode in change.episodes] == [("1", None), ("2", None)]


def test_a_playlist_change_with_a_player():
    sent = {"id": 501, "serie": 1, "player": {"host": "de6.libria.fun", "playlist": [episode_payload(1)]}}

    hd = parse_playlist_change(sent).episodes[0].hls.hd

    assert hd == "https://de6.libria.fun/videos/ts/501/0001/playlist.m3u8"


@pytest.mark.parametrize(
    "sent",
    [
        None,
        [],
        {},
        TITLE_NOTICE,
        PLAYLIST_NOTICE | {"id": None},
        PLAYLIST_NOTICE | {"serie": "?"},
        {"id": 1, "serie": 1},
    ],
)
def test_what_is_no_playlist_change(sent):
    with pytest.raises(UpstreamBadData):
        parse_playlist_change(sent)

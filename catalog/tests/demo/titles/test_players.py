"""The addresses of films, and which of them lead somewhere."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from catalog.demo.titles.players import address_of


@pytest.mark.parametrize(
    ("number", "address"),
    [(1, "0001"), (366, "0366"), (12.5, "0012.5"), (0, "0000"), (-1, "m0001"), (-0.5, "m0000.5")],
)
def test_an_episode_in_addresses(number, address):
    assert address_of(number) == address


def test_every_address_that_is_answered_leads_to_a_file(evening, titles):
    for title in titles.values():
        for episode in (*title.player.episodes[:3], *title.player.episodes[-2:]):
            hls, mp4 = episode.hls, episode.mp4
            for url in (hls.fhd, hls.hd, hls.sd, mp4.hd, mp4.sd, mp4.hd_download, mp4.sd_download):
                assert url is None or evening.has_file(urlsplit(url).path), url


def test_segments_stand_beside_their_playlist(evening):
    assert evening.has_file("/videos/ts/8500/0001-hd/segment-00003.ts")


@pytest.mark.parametrize(
    "path",
    [
        "/videos/ts/8500/0025/playlist.m3u8",
        "/videos/ts/8500/1/playlist.m3u8",
        "/videos/ts/8500/0001-uhd/playlist.m3u8",
        "/videos/ts/8500/0001/../0002/playlist.m3u8",
        "/videos/ts/77/0001/playlist.m3u8",
        "/videos/ts/301/0001/playlist.m3u8",
        "/videos/ts/315/0001/playlist.m3u8",
        "/videos/ts/319/0001/playlist.m3u8",
        "/get/Msnjux-QWNEyj3rOZDKzvw/1591296559/mp4/8500/0001.mp4",
        "/get/Msnjux-QWNEyj3rOZDKzvw/9991296559/mp4/8500/0001.mp4",
        "/upload/release/350x500/8500.jpg",
        "",
    ],
)
def test_other_addresses_lead_nowhere(evening, path):
    assert not evening.has_file(path)


def test_links_to_mp4_are_signed_for_one_file(evening, titles):
    path = urlsplit(titles[8500].player.episodes[0].mp4.hd).path

    assert not evening.has_file(path.replace("0001", "0002"))
    assert not evening.has_file(path.replace("0001", "0001-sd"))


def test_links_to_mp4_work_for_a_day_and_then_expire(demo, clock):
    path = urlsplit(demo.title(8500).player.episodes[0].mp4.hd).path

    clock.move(hours=24)
    assert demo.has_file(path)
    clock.move(hours=24)
    assert not demo.has_file(path)


def test_special_episodes_have_addresses_too(evening):
    for address in ("m0001", "0000", "0012.5", "0013"):
        assert evening.has_file(f"/videos/ts/302/{address}/playlist.m3u8")

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from catalog.domain.titles import EpisodeRange, Quality, Torrent, TorrentFile, TorrentMetadata
from catalog.services.anilibria import parse_title
from catalog.services.anilibria.torrents import parse_quality
from catalog.tests.services.anilibria.samples import HASH, TORRENT_BYTES, title_payload, torrent_payload


def torrents_of(*payloads: Any) -> tuple[Torrent, ...]:
    return parse_title(title_payload(torrents={"list": list(payloads)})).torrents


def test_every_field_of_the_document_reaches_the_torrent():
    assert torrents_of(torrent_payload()) == (
        Torrent(
            id=77,
            range=EpisodeRange(first=1, last=2, text="1-2"),
            quality=Quality(
                text="WEBRip 1080p HEVC", type="WEBRip", resolution=1080, codec="h265", low_quality_audio=True
            ),
            seeders=16,
            leechers=2,
            downloads=8918,
            size=3000,
            url="https://www.anilibria.tv/upload/torrents/77.torrent",
            uploaded_at=datetime(2020, 5, 26, 9, 4, tzinfo=UTC),
            info_hash=HASH,
            metadata=TorrentMetadata(
                info_hash=HASH,
                name="Yoru no Tori [WEBRip 1080p HEVC]",
                trackers=("http://tr.libria.fun:2710/announce", "udp://tr.libria.fun:2710"),
                created_at=datetime(2020, 5, 26, 9, 4, 51, tzinfo=UTC),
                files=(
                    TorrentFile(name="Yoru_[1].mkv", size=1000, offset=0),
                    TorrentFile(name="Yoru_[2].mkv", size=2000, offset=1000),
                ),
            ),
            raw=TORRENT_BYTES,
        ),
    )


@pytest.mark.parametrize(
    ("sent", "hevc", "expected"),
    [
        ("WEBRip 1080p", False, ("WEBRip", 1080, "h264")),
        ("WEBRip 1080p", True, ("WEBRip", 1080, "h265")),
        ("WEB-DLRip 1080p HEVC", None, ("WEB-DLRip", 1080, "h265")),
        ("HDTVRip 720p x264", None, ("HDTVRip", 720, "h264")),
        ("BDRip 4k HEVC", False, ("BDRip", 2160, "h265")),
        ("WEB-DLRip 2k", 0, ("WEB-DLRip", 1440, "h264")),
        ("BDRip 1920x1080 h.265", None, ("BDRip", 1080, "h265")),
        ("DVDRip", None, ("DVDRip", None, None)),
        ("1080p HEVC", None, (None, 1080, "h265")),
        ("HEVC", None, (None, None, "h265")),
        ("", True, (None, None, "h265")),
        (None, None, (None, None, None)),
        ([], None, (None, None, None)),
    ],
)
def test_quality_as_text(sent, hevc, expected):
    quality = parse_quality(sent, hevc)

    assert (quality.type, quality.resolution, quality.codec) == expected
    assert quality.text == (sent or None)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"string": "TVRip 720p", "type": "TVRip", "resolution": "720p", "encoder": "h264", "lq_audio": None},
         Quality(text="TVRip 720p", type="TVRip", resolution=720, codec="h264")),
        ({"string": "WEBRip 1080p HEVC", "lq_audio": False},
         Quality(text="WEBRip 1080p HEVC", type="WEBRip", resolution=1080, codec="h265", low_quality_audio=False)),
        ({"string": "BDRip", "type": "BDRip", "resolution": 0, "encoder": "h264"},
         Quality(text="BDRip", type="BDRip", codec="h264")),
        ({"type": "WEBRip", "resolution": "1080", "encoder": "HEVC"},
         Quality(type="WEBRip", resolution=1080, codec="h265")),
        ({"type": "WEBRip", "encoder": "av1"}, Quality(type="WEBRip", codec="av1")),
    ],
)  # fmt: skip
def test_quality_as_an_object(sent, expected):
    assert parse_quality(sent) == expected


def test_the_hash_beside_the_metadata():
    torrent = torrents_of(torrent_payload(hash="F" * 40, metadata=None))[0]

    assert (torrent.info_hash, torrent.metadata) == ("f" * 40, None)


@pytest.mark.parametrize("sent", ["f" * 64, "f" * 39, "g" * 40, "", None, 7, ["f" * 40]])
def test_what_is_no_version_1_info_hash_is_none(sent):
    torrent = torrents_of(torrent_payload(metadata={"hash": sent}))[0]

    assert torrent.info_hash is None
    assert torrent.magnet is None


def test_absurd_numbers_are_nothing():
    torrent = torrents_of(
        torrent_payload(seeders=-1, leechers="x", downloads=None, total_size=1e400, uploaded_timestamp=0)
    )[0]

    assert (torrent.seeders, torrent.leechers, torrent.downloads, torrent.size) == (0, 0, 0, 0)
    assert torrent.uploaded_at is None


def test_a_torrent_file_from_an_unknown_host_is_none():
    assert torrents_of(torrent_payload(url="https://evil.example/a.torrent"))[0].url is None


@pytest.mark.parametrize("bad", [None, 5, {}, {"torrent_id": None}, {"torrent_id": 0}])
def test_a_bad_torrent_drops_itself(bad, caplog):
    assert [torrent.id for torrent in torrents_of(torrent_payload(), bad)] == [77]
    assert len(caplog.records) == 1


def test_a_bad_file_drops_itself():
    metadata = {"files_list": [{"file": "a.mkv", "size": 5}, {"size": 6}, None]}

    found = torrents_of(torrent_payload(metadata=metadata))[0].metadata

    assert found == TorrentMetadata(files=(TorrentFile(name="a.mkv", size=5),))


def test_torrents_keyed_by_position():
    listed = {"0": torrent_payload(torrent_id=1), "1": torrent_payload(torrent_id=2)}

    title = parse_title(title_payload(torrents={"list": listed, "series": None}))

    assert [torrent.id for torrent in title.torrents] == [1, 2]

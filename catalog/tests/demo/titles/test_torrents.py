"""The .torrent files are real, and every number agrees with them."""

from __future__ import annotations

from collections import Counter
from hashlib import sha1

import pytest
from bencode2 import bdecode, bencode

from catalog.demo.titles.torrents import encoded

EVERY = 3  # of the torrents is read, beside those of the awkward titles


@pytest.fixture(scope="module")
def torrents(titles):
    return [torrent for title in titles.values() for torrent in title.torrents]


def test_ids_and_addresses_are_each_ones_own(torrents):
    assert len({torrent.id for torrent in torrents}) == len(torrents) > 400
    assert all(torrent.url == f"http://127.0.0.1:8001/upload/torrents/{torrent.id}.torrent" for torrent in torrents)


def test_the_info_hash_is_the_files_own(torrents):
    for torrent in torrents:
        info = bdecode(encoded(torrent))[b"info"]

        assert sha1(bencode(info)).hexdigest() == torrent.info_hash == torrent.metadata.info_hash


def test_files_are_well_formed_and_small(torrents):
    for torrent in torrents:
        raw = encoded(torrent)
        content = bdecode(raw)
        info = content[b"info"]

        assert bencode(content) == raw
        assert len(raw) < 45_000
        assert set(content) == {b"announce", b"created by", b"creation date", b"info"}
        assert set(info) == {b"files", b"name", b"piece length", b"pieces"}
        assert info[b"piece length"] in {2**power for power in range(20, 27)}
        assert len(info[b"pieces"]) == 20 * -(-torrent.size // info[b"piece length"])


def test_metadata_is_what_the_file_says(torrents):
    for torrent in torrents:
        content, metadata = bdecode(encoded(torrent)), torrent.metadata
        info = content[b"info"]
        files = [(file[b"path"][0].decode(), file[b"length"]) for file in info[b"files"]]

        assert info[b"name"].decode() == metadata.name
        assert [(file.name, file.size) for file in metadata.files] == files
        assert [file.offset for file in metadata.files] == [
            sum(size for _, size in files[:n]) for n in range(len(files))
        ]
        assert sum(size for _, size in files) == torrent.size
        assert content[b"announce"].decode() == metadata.trackers[0]
        assert content[b"creation date"] == metadata.created_at.timestamp()
        assert all("/" not in name and name.isascii() for name, _ in files)


def test_qualities_are_those_of_their_time(torrents, titles):
    types = Counter(torrent.quality.type for torrent in torrents)

    assert set(types) == {"WEBRip", "BDRip", "HDTVRip", "DVDRip"}
    assert {torrent.quality.resolution for torrent in torrents} == {480, 720, 1080, 2160}
    assert {torrent.quality.codec for torrent in torrents} == {"h264", "h265"}
    assert {torrent.quality.low_quality_audio for torrent in torrents} == {False, True}
    assert not any(
        torrent.quality.type == "WEBRip"
        for title in titles.values()
        for torrent in title.torrents
        if (title.season.year or 9999) < 2014
    )


def test_series_come_in_parts_too(torrents):
    firsts = {torrent.range.first for torrent in torrents}

    assert {1, 81} <= firsts
    assert len(firsts) > 4


def test_a_file_is_found_by_its_id(evening, torrents):
    assert evening.torrent_file(10725) == encoded(next(torrent for torrent in torrents if torrent.id == 10725))
    assert evening.torrent_file(1) is None

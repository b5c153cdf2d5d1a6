from __future__ import annotations

import re

from catalog.domain.streams import Stream, master_playlist, streams
from catalog.domain.titles import Episode, HlsStreams, Mp4Files


def test_streams_are_what_is_there_the_sharpest_first():
    episode = Episode(key="1", hls=HlsStreams(fhd="https://a/fhd", sd="https://a/sd"), mp4=Mp4Files(hd="https://a/hd"))
    assert streams(episode) == (
        Stream(quality="fhd", height=1080, hls="https://a/fhd"),
        Stream(quality="hd", height=720, mp4="https://a/hd"),
        Stream(quality="sd", height=480, hls="https://a/sd"),
    )
    assert streams(Episode(key="1")) == ()


def test_a_master_playlist_names_each_quality_with_its_size_and_begins_with_the_middle_one():
    playlist = master_playlist(HlsStreams(fhd="https://a/fhd", hd="https://a/hd", sd="https://a/sd"))
    assert playlist is not None
    first, *lines = playlist.splitlines()
    assert first == "#EXTM3U"
    assert [
        (re.search(r"RESOLUTION=(\S+?),", line)[1], address)
        for line, address in zip(lines[::2], lines[1::2], strict=True)
    ] == [("1280x720", "https://a/hd"), ("1920x1080", "https://a/fhd"), ("854x480", "https://a/sd")]


def test_a_missing_quality_is_no_variant_and_without_any_there_is_no_playlist():
    assert (master_playlist(HlsStreams(sd="https://a/sd")) or "").count("#EXT-X-STREAM-INF") == 1
    assert master_playlist(HlsStreams()) is None

"""Files that play: exact durations, no seam at the loop's end, segments that join up, the same bytes every time."""

from __future__ import annotations

from fractions import Fraction
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import av
import pytest
from PIL import Image, ImageChops, ImageStat

from catalog.demo.media.drawing import Reel, draw_frame
from catalog.demo.media.encoding import FRAME, Cut, Format, Span, write_gif, write_mp4, write_segment

SHAPE = Format(320, 180, 23)
ROOT = 220


def drawn(scene: str, frames: int) -> tuple[bytes, ...]:
    reel = Reel(scene, 0, frames, SHAPE.width, SHAPE.height)
    return tuple(draw_frame(reel, frame) for frame in range(frames))


@pytest.fixture(scope="module")
def sea() -> tuple[bytes, ...]:
    return drawn("sea", 18)


@pytest.fixture(scope="module")
def train() -> tuple[bytes, ...]:
    return drawn("train", 12)


def images(path: Path) -> list[Image.Image]:
    with av.open(str(path)) as container:
        return [frame.to_image() for frame in container.decode(video=0)]


def difference(first: Image.Image, second: Image.Image) -> float:
    return sum(ImageStat.Stat(ImageChops.difference(first.convert("RGB"), second.convert("RGB"))).mean) / 3


def test_loop_is_h264_that_every_browser_plays_and_lasts_exactly_its_frames(tmp_path, sea):
    write_mp4(tmp_path / "loop.mp4", [Cut(sea)], SHAPE)
    with av.open(str(tmp_path / "loop.mp4")) as container:
        (stream,) = container.streams
        assert (stream.codec.name, stream.format.name, stream.frames) == ("h264", "yuv420p", 18)
        assert stream.duration * stream.time_base == 18 * FRAME
        assert container.duration == 1_500_000


def test_index_stands_before_the_pictures(tmp_path, sea):
    write_mp4(tmp_path / "loop.mp4", [Cut(sea)], SHAPE)
    content = (tmp_path / "loop.mp4").read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")


def test_only_the_first_frame_stands_alone(tmp_path, sea):
    write_mp4(tmp_path / "loop.mp4", [Cut(sea, 2)], SHAPE)
    with av.open(str(tmp_path / "loop.mp4")) as container:
        keys = [packet.is_keyframe for packet in container.demux(video=0) if packet.size]
    assert keys == [frame % 18 == 0 for frame in range(36)]


def test_loop_has_no_seam(tmp_path, sea):
    write_mp4(tmp_path / "loop.mp4", [Cut(sea)], SHAPE)
    frames = images(tmp_path / "loop.mp4")
    steps = [difference(*pair) for pair in pairwise(frames)]
    assert difference(frames[-1], frames[0]) <= max(steps) + 0.4


def test_colours_come_through(tmp_path, sea):
    write_mp4(tmp_path / "loop.mp4", [Cut(sea)], SHAPE)
    played = images(tmp_path / "loop.mp4")[0]
    with Image.open(BytesIO(sea[0])) as source:
        for spot in ((160, 60), (10, 10), (10, 150), (300, 90)):  # sun, sky, water, horizon
            pairs = zip(played.getpixel(spot), source.getpixel(spot), strict=False)
            assert max(abs(seen - drawn) for seen, drawn in pairs) <= 4


def test_same_input_gives_the_same_bytes(tmp_path, sea):
    for name in ("first.mp4", "second.mp4"):
        write_mp4(tmp_path / name, [Cut(sea, 2)], SHAPE, ROOT)
    assert (tmp_path / "first.mp4").read_bytes() == (tmp_path / "second.mp4").read_bytes()


def test_cuts_follow_each_other_and_repeat(tmp_path, sea, train):
    write_mp4(tmp_path / "film.mp4", [Cut(sea, 2), Cut(train), Cut(sea)], SHAPE)
    frames = images(tmp_path / "film.mp4")
    assert len(frames) == 18 * 2 + 12 + 18
    for first, again in ((0, 18), (5, 23), (17, 48 + 17)):
        assert difference(frames[first], frames[again]) == 0
    assert difference(frames[36], Image.open(BytesIO(train[0]))) < 5
    assert difference(frames[36], frames[0]) > 20


def test_sound_lasts_as_long_as_the_pictures(tmp_path, sea):
    write_mp4(tmp_path / "clip.mp4", [Cut(sea, 4)], SHAPE, ROOT)
    with av.open(str(tmp_path / "clip.mp4")) as container:
        audio = container.streams.audio[0]
        assert audio.codec.name == "aac"
        assert container.duration == 6_000_000
        loudest = max(max(memoryview(frame.planes[0]).cast("B").cast("f")) for frame in container.decode(audio))
    assert 0.05 < loudest < 0.5


def test_segments_join_into_one_stream(tmp_path, sea, train):
    cuts, film = (Cut(sea, 2), Cut(train, 3), Cut(sea)), tmp_path / "film.ts"
    lengths = [len(cut.pictures) * cut.repeats * FRAME for cut in cuts]
    whole = sum(lengths, Fraction(0))
    with film.open("wb") as joined:
        for index, cut in enumerate(cuts):
            span = Span(sum(lengths[:index], Fraction(0)), sum(lengths[: index + 1], Fraction(0)))
            write_segment(tmp_path / "segment.ts", cut, span, whole, SHAPE, ROOT)
            joined.write((tmp_path / "segment.ts").read_bytes())

    stamps: dict[str, list[Fraction]] = {"video": [], "audio": []}
    with av.open(str(film)) as container:
        for packet in container.demux():
            if packet.size:
                assert not packet.is_corrupt
                stamps[packet.stream.type].append(packet.pts * packet.time_base)
    pictures, sound = sorted(stamps["video"]), stamps["audio"]
    assert [later - earlier for earlier, later in pairwise(pictures)] == [FRAME] * (18 * 2 + 12 * 3 + 18 - 1)
    assert max(abs(later - earlier - Fraction(1024, 48000)) for earlier, later in pairwise(sound)) < Fraction(1, 10000)
    assert len(images(film)) == len(pictures)


def test_segment_starts_with_a_key_frame(tmp_path, train):
    write_segment(tmp_path / "segment.ts", Cut(train), Span(Fraction(3), Fraction(4)), Fraction(9), SHAPE, ROOT)
    with av.open(str(tmp_path / "segment.ts")) as container:
        first = next(packet for packet in container.demux(video=0))
    assert first.is_keyframe


def test_gif_plays_forever_at_the_loops_own_pace(tmp_path, sea):
    write_gif(tmp_path / "loop.gif", sea, SHAPE.width, SHAPE.height)
    with Image.open(tmp_path / "loop.gif") as animation:
        assert (animation.size, animation.n_frames, animation.info["loop"]) == ((320, 180), 18, 0)
        lasted = 0
        for frame in range(animation.n_frames):
            animation.seek(frame)
            lasted += animation.info["duration"]
        assert lasted == 1500
        with Image.open(BytesIO(sea[-1])) as source:
            assert difference(animation, source) < 4

"""PNG frames into files that play: mp4, MPEG-TS segments that follow on from each other, GIF.

A loop is encoded once and its packets are written as often as it repeats. The bytes depend on nothing but the input:
one encoder thread, no dates, no library names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import merge
from pathlib import Path
from typing import Any, TypeAlias

import av
from av.container import OutputContainer
from av.filter import Graph
from av.video.codeccontext import VideoCodecContext
from av.video.format import VideoFormat
from av.video.frame import PictureType
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, Interpolation
from av.video.stream import VideoStream

from catalog.art.scenes.timing import FRAMES_PER_SECOND
from catalog.demo.media.sound import BIT_RATE, SAMPLE_RATE, chord

Packet: TypeAlias = "av.Packet[Any]"

FRAME = Fraction(1, FRAMES_PER_SECOND)
GIF_COLOURS = 48
ZERO = Fraction(0)
SCALING = Interpolation.LANCZOS | Interpolation.ACCURATE_RND | Interpolation.BITEXACT
X264 = {
    "preset": "veryfast",
    "threads": "1",
    "forced-idr": "1",
    "x264-params": "keyint=infinite:scenecut=0:bframes=0",  # with B frames the bytes vary from run to run
}
MP4 = {"movflags": "faststart", "fflags": "bitexact"}
MPEG_TS = {
    "mpegts_flags": "initial_discontinuity",  # each segment counts its packets anew
    "mpegts_copyts": "1",
    "fflags": "bitexact",
    # a third off the size: tables once a segment, several sound frames a packet
    "pat_period": "60",
    "sdt_period": "60",
    "max_delay": "500000",
}
SEGMENT_CLOCK = Fraction(10)  # what a film's first segment calls its beginning: no stamp may be negative


@dataclass(frozen=True, slots=True)
class Cut:
    """One loop's PNG frames, played ``repeats`` times."""

    pictures: tuple[bytes, ...]
    repeats: int = 1


@dataclass(frozen=True, slots=True)
class Format:
    """``rate_factor`` is x264's: less is better."""

    width: int
    height: int
    rate_factor: int


@dataclass(frozen=True, slots=True)
class Span:
    """Seconds of a film."""

    start: Fraction
    end: Fraction


def write_mp4(path: Path, cuts: Sequence[Cut], shape: Format, root: int | None = None) -> None:
    """``root``: the lowest note of its chord in hertz; without it the file has no sound."""
    length = sum((len(cut.pictures) * cut.repeats * FRAME for cut in cuts), ZERO)
    with av.open(str(path), "w", format="mp4", options=MP4) as container:
        tracks = [_pictures(container, cuts, shape, ZERO)]
        if root is not None:
            tracks.append(_sound(container, root, length, Span(ZERO, length), ZERO))
        _write(container, tracks)


def write_segment(path: Path, cut: Cut, span: Span, length: Fraction, shape: Format, root: int) -> None:
    """The part of a film that fills ``span``, as MPEG-TS; ``length`` is the whole film's, in seconds."""
    with av.open(str(path), "w", format="mpegts", options=MPEG_TS) as container:
        pictures = _pictures(container, [cut], shape, SEGMENT_CLOCK + span.start)
        _write(container, [pictures, _sound(container, root, length, span, SEGMENT_CLOCK)])


def write_gif(path: Path, pictures: Sequence[bytes], width: int, height: int) -> None:
    """An endless GIF. One palette for all frames and no dither: what stands still costs nothing."""
    graph = Graph()
    source = graph.add_buffer(width=width, height=height, format=VideoFormat("rgba"), time_base=FRAME)
    split, merged = graph.add("split"), graph.add("paletteuse", "dither=none:diff_mode=rectangle")
    palette, sink = graph.add("palettegen", f"max_colors={GIF_COLOURS}"), graph.add("buffersink")
    split.link_to(palette)
    split.link_to(merged, 1, 0)
    palette.link_to(merged, 0, 1)
    source.link_to(split)
    merged.link_to(sink)
    graph.configure()
    with av.open(str(path), "w", format="gif", options={"loop": "0"}) as container:
        stream = container.add_stream("gif", rate=FRAMES_PER_SECOND)
        stream.width, stream.height, stream.pix_fmt = width, height, "pal8"
        for number, picture in enumerate(pictures):
            frame = _decoded(picture)
            frame.pts, frame.time_base = number, FRAME
            graph.push(frame)
        graph.push(None)
        for _ in pictures:
            container.mux(stream.encode(graph.vpull()))
        container.mux(stream.encode(None))


def _pictures(container: OutputContainer, cuts: Sequence[Cut], shape: Format, clock: Fraction) -> list[Packet]:
    """The video packets, stamped from ``clock`` on."""
    stream = container.add_stream("libx264", rate=FRAMES_PER_SECOND, options=X264 | {"crf": str(shape.rate_factor)})
    stream.width, stream.height, stream.pix_fmt = shape.width, shape.height, "yuv420p"
    context = stream.codec_context
    context.colorspace, context.color_range = Colorspace.ITU709, ColorRange.MPEG
    context.color_primaries, context.color_trc = ColorPrimaries.BT709, ColorTrc.BT709
    loops = _encoded(stream, list(dict.fromkeys(cut.pictures for cut in cuts)))
    packets, at = [], int(clock / FRAME)
    for cut in cuts:
        for _ in range(cut.repeats):
            packets += [_moved(packet, at) for packet in loops[cut.pictures]]
            at += len(cut.pictures)
    return packets


def _encoded(stream: VideoStream, loops: Sequence[tuple[bytes, ...]]) -> dict[tuple[bytes, ...], list[Packet]]:
    """Each loop's packets, stamped from 0 on and independent of all that stands before them."""
    packets, starts = [], {}
    frames = 0
    for loop in loops:
        starts[loop] = frames
        for number, picture in enumerate(loop):
            frame = _frame(picture, stream.width, stream.height)
            frame.pts, frame.time_base = frames, FRAME
            frame.pict_type = PictureType.NONE if number else PictureType.I
            packets += stream.encode(frame)
            frames += 1
    packets += stream.encode(None)
    return {
        loop: [_moved(packet, -start) for packet in packets if 0 <= (packet.pts or 0) - start < len(loop)]
        for loop, start in starts.items()
    }


def _frame(png: bytes, width: int, height: int) -> av.VideoFrame:
    return _decoded(png).reformat(
        width,
        height,
        "yuv420p",
        dst_colorspace=Colorspace.ITU709,
        dst_color_range=ColorRange.MPEG,
        interpolation=SCALING,
    )


def _decoded(png: bytes) -> av.VideoFrame:
    """By a decoder of its own: one that has decoded another picture before spoils this one."""
    decoder = VideoCodecContext.create("png", "r")
    return decoder.decode(av.Packet(png))[0]


def _moved(packet: Packet, shift: int) -> Packet:
    """A copy to be written later by ``shift`` of its own time base."""
    copy = av.Packet(bytes(packet))
    copy.stream, copy.time_base, copy.is_keyframe = packet.stream, packet.time_base, packet.is_keyframe
    copy.pts, copy.dts = (packet.pts or 0) + shift, (packet.dts or 0) + shift
    copy.duration = packet.duration or 1
    return copy


def _sound(container: OutputContainer, root: int, length: Fraction, span: Span, clock: Fraction) -> list[Packet]:
    """The audio packets of ``span``. The whole is encoded up to there, so that one part leads into the next."""
    stream = container.add_stream("aac", rate=SAMPLE_RATE)
    stream.layout, stream.bit_rate = "mono", BIT_RATE
    packets: list[Packet] = []
    for frame in (*chord(root, length), None):
        packets += stream.encode(frame)
        if packets and (packets[-1].pts or 0) >= span.end * SAMPLE_RATE:
            break
    first = span.start * SAMPLE_RATE if span.start else -SAMPLE_RATE  # the encoder's lead-in is stamped below 0
    kept = [packet for packet in packets if first <= (packet.pts or 0) < span.end * SAMPLE_RATE]
    return [_moved(packet, int(clock * SAMPLE_RATE)) for packet in kept]


def _write(container: OutputContainer, tracks: Iterable[list[Packet]]) -> None:
    for packet in merge(*tracks, key=lambda packet: (packet.dts or 0) * packet.time_base):
        container.mux(packet)

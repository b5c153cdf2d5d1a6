"""A soft chord for films and clips, so that volume and mute have something to act on."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import cast

import av
from av.filter import Graph

SAMPLE_RATE = 48_000
BIT_RATE = 24_000
MAJOR_TRIAD = (1.0, 1.25, 1.5)
LOUDNESS = 0.06  # of full scale, for each note
BREATHS_PER_SECOND = 0.25


def chord(root: int, seconds: Fraction) -> Iterator[av.AudioFrame]:
    """Three sines over ``root`` hertz that swell and ebb."""
    notes = "+".join(f"sin({2 * math.pi * root * ratio:.4f}*t)" for ratio in MAJOR_TRIAD)
    swell = f"(0.7-0.3*cos({2 * math.pi * BREATHS_PER_SECOND:.4f}*t))"
    graph = Graph()
    source = graph.add(
        "aevalsrc",
        f"{LOUDNESS}*({notes})*{swell}:sample_rate={SAMPLE_RATE}:duration={float(seconds)}:channel_layout=mono",
    )
    planar = graph.add("aformat", "sample_fmts=fltp")
    sink = graph.add("abuffersink")
    source.link_to(planar)
    planar.link_to(sink)
    graph.configure()
    while True:
        try:
            yield cast(av.AudioFrame, sink.pull())
        except (av.error.BlockingIOError, av.error.EOFError):
            return

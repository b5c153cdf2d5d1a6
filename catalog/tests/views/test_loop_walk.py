"""docs/coverage.md walked over the demo: every field of a loop stands where its row says, whoever answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest

from catalog.domain.loops import Loop
from catalog.services import animeloop, index, loop_index
from catalog.templatetags import loops as tags
from catalog.tests.walk import ORIGIN, Subject, Walker, Wire, demo_below, demo_urls, problems, rows

ROWS = [row for row in rows() if row.section == "Animeloop v2: fields"]
BANNER = f"{ORIGIN}/files/banner.jpg"

# What the pages say of a value that they do not say as it is
SPOKEN = {
    "Loop.duration": lambda seconds, loop: f"{seconds:.3f} s",
    "Loop.begin": lambda span, loop: tags.timecode(span),
    "Loop.end": lambda span, loop: tags.timecode(span),
    "Loop.begin_frame": lambda number, loop: f"{number:,}",
    "Loop.end_frame": lambda number, loop: f"{number:,}",
    "LoopEpisode.number": lambda number, episode: f"Episode {number}",
    "LoopSeries.genres": lambda genres, series: ", ".join(genres),
    "LoopSeries.description": lambda text, series: beginning(text),
    "LoopSeries.total_episodes": lambda count, series: f"{count} episode{'' if count == 1 else 's'}",
    "LoopSeries.season": lambda season, series: tags.season_of(season),
}


def beginning(text: str) -> str:
    """Of the first line, in its own words."""
    return re.split(r"\n|<br", unescape(re.sub(r"<(?!br)[^>]*>", "", text.strip())))[0][:60].rsplit(" ", 1)[0]


def with_banner(payload: Any) -> Any:
    """What the document has a field for and the server never sent."""
    for one in payload["data"] if isinstance(payload["data"], list) else [payload["data"]]:
        series = one.get("series", one if "title_romaji" in one else {})
        if isinstance(series, dict) and series:
            series["image_url_banner"] = BANNER
    return payload


@pytest.fixture
def wire(settings, tmp_path) -> Iterator[Wire]:
    with demo_below(settings, tmp_path, demo_urls()) as wire:
        wire.amended |= {"series": with_banner, "loop": with_banner}
        yield wire


def of_loop(loop: Loop) -> Iterator[Subject]:
    where = {"id": loop.id, "series": loop.series_id}
    parts = (loop, loop.episode, loop.series, *loop.files)
    yield from ((part, where) for part in parts)


@pytest.mark.parametrize("indexed", [False, True], ids=["from the source", "from the index"])
def test_every_field_is_shown_where_its_row_says(wire, client, indexed):
    assert len(ROWS) >= 10
    loops = animeloop.loops(full=True, limit=100).value
    subjects = [subject for loop in loops for subject in of_loop(loop)]
    if indexed:
        loop_index.refresh()
        assert loop_index.progress().ready
    wire.asked.clear()
    assert problems(ROWS, subjects, Walker(client), SPOKEN) == []
    assert bool(wire.asked) is not indexed


def test_the_demos_series_find_their_titles(wire):
    index.refresh()
    loop_index.refresh()
    titles = {one.title_romaji: loop_index.title_of(one.id) for one in loop_index.all_series().value}
    found = {romaji: title.names.en for romaji, title in titles.items() if title}
    assert found["Cowboy Bebop"] == "Cowboy Bebop"
    assert found["Kimi no Na wa."] == "Kimi no Na wa"
    assert len(found) >= 5

"""Each method of AniLibria's document, walked over the demo: what only it says can be read on the page of its row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from catalog.services import anilibria, index
from catalog.tests.walk import Wire, demo_below, demo_urls, rows

ROWS = [row for row in rows() if row.section == "AniLibria v2.8.3: methods" and row.what.startswith(("get", "search"))]
MARK = "Marked-by-one-method"
CODE = "nanatsu-no-taizai-kamigami-no-gekirin"


def named(title: dict[str, Any]) -> dict[str, Any]:
    return title | {"names": title["names"] | {"ru": MARK}} if "names" in title else title


def first_named(titles: list[Any]) -> list[Any]:
    return [*map(named, titles[:1]), *titles[1:]]


def of_today(days: list[Any]) -> list[Any]:
    return [day | {"list": first_named(day["list"])} for day in days]


def clip_named(items: list[Any]) -> list[Any]:
    return [items[0] | {"title": MARK}, *items[1:]]


# What is put into a method's answer, and where it then stands.
METHODS: dict[str, tuple[Callable[[Any], Any], str]] = {
    "getTitle by code": (named, f"/title/{CODE}/"),
    "getTitle by id": (lambda title: title | {"code": MARK} if "code" in title else title, "/title/8500/"),
    "getTitles": (first_named, "/catalog/?letter=M"),
    "getUpdates": (first_named, "/"),
    "getChanges": (first_named, "/catalog/?letter=M"),
    "getSchedule": (of_today, "/schedule/"),
    "getRandomTitle": (lambda title: title | {"code": MARK}, "/random/"),
    "getYouTube": (clip_named, "/clips/"),
    "getFeed": (lambda items: [{"title": named(items[0]["title"])}, *items[1:]], "/feed/"),
    "getYears": (lambda years: [*years, 1961], "/catalog/"),
    "getGenres, both sortings": (lambda genres: [MARK, *genres], "/catalog/"),
    "getCachingNodes": (lambda nodes: nodes | {MARK: 11}, "/status/"),
    "getTeam": (lambda answer: {"team": answer["team"] | {"voice": [MARK]}}, "/team/"),
    "getSeedStats": (lambda stats: [stats[0] | {"user": MARK}, *stats[1:]], "/stats/"),
    "searchTitles": (first_named, "/catalog/?year=2019"),
}
INDEXED = {"getTitles": (), "getChanges": (index.refresh,)}  # what goes on after the first reading
ASKED_BEFORE = {"getCachingNodes": anilibria.caching_nodes}  # a page that itself waits for nobody
SHOWN_AS = {"getYears": 'value="1961"'}


@pytest.fixture
def wire(settings, tmp_path) -> Iterator[Wire]:
    with demo_below(settings, tmp_path, demo_urls()) as wire:
        yield wire


def read_by(client, address: str) -> str:
    """The page, or where it sends."""
    response = client.get(address)
    assert response.status_code in {200, 301, 302}
    return response.headers.get("Location", "") + response.text


@pytest.mark.parametrize("row", ROWS, ids=[row.what for row in ROWS])
def test_what_only_a_method_says_is_shown(wire, client, row):
    amend, address = METHODS[row.what]
    assert row.addresses
    method, mark = row.what.split()[0].rstrip(","), SHOWN_AS.get(row.what, MARK)
    wire.amended[method] = amend
    if row.what in ASKED_BEFORE:
        ASKED_BEFORE[row.what]()
    if row.what in INDEXED:
        index.rebuild(lambda done, total: None)
        for go_on in INDEXED[row.what]:
            go_on()
    assert mark in read_by(client, address)
    assert method in wire.asked

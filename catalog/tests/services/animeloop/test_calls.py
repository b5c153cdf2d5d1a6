"""What every call asks, what it answers, and what happens when the server does not do its part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
import requests

from catalog.services import animeloop
from catalog.services.animeloop import LoopFilter
from catalog.services.errors import (
    UpstreamBadData,
    UpstreamError,
    UpstreamNotFound,
    UpstreamRejected,
    UpstreamUnavailable,
)
from catalog.tests.services.animeloop import samples
from catalog.tests.services.animeloop.samples import EPISODE_ID, LOOP_ID, SERIES_ID

BASE = "https://animeloop.org/api/v2"
EVERY_FILTER = LoopFilter(
    series=SERIES_ID.upper(), episode=EPISODE_ID, collection=1080, duration=(1.5, 2), source="automator"
)
EVERY_FILTER_QUERY = (
    f"collectionid=1080&duration=1.5%2C2.0&episodeid={EPISODE_ID}&seriesid={SERIES_ID}&source_from=automator"
)


@dataclass(frozen=True)
class Call:
    """One function: what it asks, an answer to it, what it makes of that, and what it makes of empty data."""

    ask: Callable[[], Any]
    path: str
    data: Any
    expected: Any
    empty: Any
    summary: Callable[[Any], Any] = lambda value: value
    cached: bool = True

    @property
    def url(self) -> str:
        return BASE + self.path


def ids(found: Any) -> list[str]:
    return [thing.id for thing in found]


CALLS = {
    "loop": Call(
        lambda: animeloop.loop(LOOP_ID),
        f"/loop?id={LOOP_ID}",
        samples.full_loop(),
        (LOOP_ID, "13", SERIES_ID),
        UpstreamNotFound,
        lambda loop: (loop.id, loop.episode.number, loop.series.id),
    ),
    "loops": Call(
        lambda: animeloop.loops(EVERY_FILTER, full=True, page=2, limit=3),
        f"/loop?{EVERY_FILTER_QUERY.replace('&seriesid', '&full=true&limit=3&page=2&seriesid')}",
        [samples.full_loop(), samples.full_loop("1" * 24)],
        [LOOP_ID, "1" * 24],
        [],
        ids,
    ),
    "loops of the first page": Call(animeloop.loops, "/loop?limit=30&page=1", [samples.loop()], [LOOP_ID], [], ids),
    "count": Call(
        lambda: animeloop.count(EVERY_FILTER),
        f"/loop/count?{EVERY_FILTER_QUERY}",
        {"count": 3690},
        3690,
        UpstreamNotFound,
    ),
    "random_loops": Call(
        lambda: animeloop.random_loops(EVERY_FILTER, full=True, limit=3),
        f"/rand/loop?{EVERY_FILTER_QUERY.replace('&seriesid', '&full=true&limit=3&seriesid')}",
        [samples.full_loop()],
        [LOOP_ID],
        [],
        ids,
        cached=False,
    ),
    "episode": Call(
        lambda: animeloop.episode(EPISODE_ID),
        f"/episode?id={EPISODE_ID}",
        samples.full_episode(),
        ("13", SERIES_ID),
        UpstreamNotFound,
        lambda episode: (episode.number, episode.series.id),
    ),
    "episodes": Call(
        lambda: animeloop.episodes(SERIES_ID, limit=100),
        f"/episode?limit=100&page=1&seriesid={SERIES_ID}",
        [samples.episode()],
        [EPISODE_ID],
        [],
        ids,
    ),
    "series": Call(
        lambda: animeloop.series(SERIES_ID),
        f"/series?id={SERIES_ID}",
        samples.series(),
        SERIES_ID,
        UpstreamNotFound,
        lambda series: series.id,
    ),
    "series_list": Call(
        lambda: animeloop.series_list(type="TV", season="2014-4", page=2),
        "/series?limit=30&page=2&season=2014-4&type=TV",
        [samples.series()],
        [SERIES_ID],
        [],
        ids,
    ),
    "seasons": Call(animeloop.seasons, "/series/season", ["2014-4", "2017-1", "2017-1"], ("2017-1", "2014-4"), ()),
    "search": Call(
        lambda: animeloop.search("love (live)", type="TV", season="2014-4"),
        "/search/series?limit=30&page=1&season=2014-4&type=TV&value=love+live",
        [samples.series()],
        [SERIES_ID],
        [],
        ids,
    ),
}
LISTS = [name for name, call in CALLS.items() if call.empty == []]
CACHED = [name for name, call in CALLS.items() if call.cached]

every_call = pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
every_saved_call = pytest.mark.parametrize("call", [CALLS[name] for name in CACHED], ids=CACHED)
every_list = pytest.mark.parametrize("call", [CALLS[name] for name in LISTS], ids=LISTS)


@every_call
def test_ok(upstream, call):
    upstream.get(call.url, json=samples.success(call.data))
    answer = call.ask()
    assert call.summary(answer.value) == call.expected
    assert not answer.stale
    assert upstream.last_request.url == call.url
    assert upstream.last_request.headers["Accept"] == "application/json"


@every_call
def test_code_and_message_may_be_missing_as_in_the_documents_examples(upstream, call):
    upstream.get(call.url, json={"status": "success", "data": call.data})
    assert call.summary(call.ask().value) == call.expected


@every_call
def test_empty(upstream, call):
    upstream.get(call.url, json=samples.success({}))
    if call.empty is UpstreamNotFound:
        with pytest.raises(UpstreamNotFound):
            call.ask()
    else:
        assert call.summary(call.ask().value) == call.empty


@every_list
def test_an_empty_list(upstream, call):
    upstream.get(call.url, json=samples.success([]))
    assert call.ask().value == ()


@every_call
@pytest.mark.parametrize("trouble", [{"exc": requests.ConnectionError}, {"status_code": 503, "text": "no"}])
def test_down(upstream, call, trouble):
    upstream.get(call.url, **trouble)
    with pytest.raises(UpstreamUnavailable):
        call.ask()


@every_call
def test_slow(upstream, call):
    upstream.get(call.url, exc=requests.ReadTimeout)
    with pytest.raises(UpstreamUnavailable):
        call.ask()


@every_call
def test_not_json(upstream, call):
    upstream.get(call.url, text="<html>maintenance</html>")
    with pytest.raises(UpstreamBadData):
        call.ask()


@every_call
@pytest.mark.parametrize(
    "payload",
    [
        [],
        "text",
        None,
        {},
        {"status": "success"},
        {"status": "maybe", "data": 1},
        samples.success("text"),
        samples.success(5),
    ],
)
def test_wrong_shape(upstream, call, payload):
    upstream.get(call.url, json=payload)
    with pytest.raises(UpstreamBadData):
        call.ask()


@every_call
@pytest.mark.parametrize(
    "answer",
    [
        {"status_code": 404, "json": {"status": "error", "code": 404, "message": "Not found"}},
        {"json": samples.error(404, "Find nothing.")},
    ],
)
def test_gone(upstream, call, answer):
    upstream.get(call.url, **answer)
    with pytest.raises(UpstreamNotFound):
        call.ask()


@every_call
@pytest.mark.parametrize(
    ("error", "expected", "code"),
    [
        (samples.error(400, "because"), UpstreamRejected, 400),
        (samples.error(500, "because"), UpstreamUnavailable, 500),
        (samples.error(429, "because"), UpstreamUnavailable, 429),
        ({"status": "error", "message": "because"}, UpstreamUnavailable, None),
        ({"status": "error", "code": 500, "message": samples.error(400, "because")}, UpstreamRejected, 400),
        ({"status": "success", "message": samples.error(400, "because"), "data": {}}, UpstreamRejected, 400),
    ],
)
def test_an_error_that_comes_with_a_success(upstream, call, error, expected, code):
    upstream.get(call.url, json=error)
    with pytest.raises(expected, match="because") as caught:
        call.ask()
    assert (caught.value.code, caught.value.upstream) == (code, "animeloop")


@every_call
def test_an_error_with_a_status_of_its_own(upstream, call):
    upstream.get(call.url, status_code=400, json=samples.error(400, "Bad request"))
    with pytest.raises(UpstreamRejected, match="Bad request") as caught:
        call.ask()
    assert caught.value.code == 400


@every_saved_call
@pytest.mark.parametrize(
    "trouble",
    [
        {"exc": requests.ConnectionError},
        {"status_code": 500},
        {"text": "<html>"},
        {"json": []},
        {"json": samples.error(500, "no")},
    ],
)
def test_stale(upstream, aged, call, trouble):
    upstream.get(call.url, json=samples.success(call.data))
    call.ask()
    upstream.get(call.url, **trouble)
    with aged():
        answer = call.ask()
        age = answer.age_seconds
    assert call.summary(answer.value) == call.expected
    assert answer.stale
    assert age in (2 * 86400, 2 * 86400 + 1)


def test_random_loops_are_drawn_anew_and_never_old(upstream, aged):
    call = CALLS["random_loops"]
    upstream.get(call.url, json=samples.success(call.data))
    call.ask()
    call.ask()
    assert upstream.call_count == 2
    upstream.get(call.url, exc=requests.ConnectionError)
    with aged(), pytest.raises(UpstreamUnavailable):
        call.ask()


def test_what_nobody_knows_stays_known_for_a_while(upstream):
    upstream.get(CALLS["loop"].url, json=samples.success({}))
    for _ in range(2):
        with pytest.raises(UpstreamNotFound):
            animeloop.loop(LOOP_ID)
    assert upstream.call_count == 1


@every_list
def test_one_bad_entry_drops_itself(upstream, call, caplog):
    upstream.get(call.url, json=samples.success([{"id": "bad"}, None, *call.data]))
    assert call.summary(call.ask().value) == call.expected
    assert caplog.text.count("animeloop: dropped an entry") == 2


@pytest.mark.parametrize("ask", [animeloop.loop, animeloop.episode, animeloop.series, animeloop.episodes])
@pytest.mark.parametrize("id", ["", "59adf78a", "z" * 24, "59adf78ac4c0bc657943222d0", "../../../etc/passwd/x/y/z"])
def test_what_cannot_be_an_id_is_unknown_without_a_request(upstream, ask, id):
    with pytest.raises(UpstreamNotFound):
        ask(id)
    assert not upstream.called


@pytest.mark.parametrize(
    "where",
    [
        {"series": "x"},
        {"episode": ""},
        {"duration": (2, 1)},
        {"duration": (-1, 1)},
        {"duration": (0, float("inf"))},
        {"duration": (float("nan"), 1)},
    ],
)
def test_what_would_be_refused_is_not_asked(upstream, where):
    for ask in (animeloop.loops, animeloop.count, animeloop.random_loops):
        with pytest.raises(UpstreamRejected):
            ask(LoopFilter(**where))
    assert not upstream.called


@pytest.mark.parametrize("text", ["", "   ", "?*+", "()"])
def test_a_search_for_nothing_finds_nothing(upstream, text):
    assert animeloop.search(text).value == ()
    assert not upstream.called


FILES = [
    ("360p", "gif", "image/gif"),
    ("360p", "mp4", "video/mp4"),
    ("360p", "jpg", "image/jpeg"),
    ("720p", "mp4", "video/mp4"),
    ("720p", "jpg", "image/jpeg"),
    ("1080p", "mp4", "video/mp4"),
    ("1080p", "jpg", "image/jpeg"),
]


@pytest.mark.parametrize(("size", "type", "content_type"), FILES)
def test_a_random_file_in_each_form(upstream, size, type, content_type):
    url = f"{BASE}/rand/loop-{size}.{type}"
    upstream.get(url, content=b"moving", headers={"Content-Type": content_type})
    file = animeloop.random_loop_file(size, type, EVERY_FILTER)
    assert (file.content, file.content_type) == (b"moving", content_type)
    assert upstream.last_request.url == f"{url}?{EVERY_FILTER_QUERY}"


@pytest.mark.parametrize(
    ("size", "type"), [("720p", "gif"), ("1080p", "gif"), ("480p", "mp4"), ("720p", "webm"), ("", "")]
)
def test_forms_that_do_not_exist(upstream, size, type):
    with pytest.raises(UpstreamNotFound):
        animeloop.random_loop_file(size, type)
    assert not upstream.called


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"status_code": 404, "text": "Not Found"}, UpstreamNotFound),
        ({"status_code": 503}, UpstreamUnavailable),
        ({"exc": requests.ConnectionError}, UpstreamUnavailable),
        ({"exc": requests.ReadTimeout}, UpstreamUnavailable),
        ({"json": samples.error(400, "Bad"), "headers": {"Content-Type": "application/json"}}, UpstreamError),
        ({"text": "<html>", "headers": {"Content-Type": "text/html"}}, UpstreamBadData),
        ({"content": b"x" * (17 * 1024 * 1024), "headers": {"Content-Type": "video/mp4"}}, UpstreamUnavailable),
    ],
)
def test_a_random_file_that_cannot_be_had(upstream, answer, expected):
    upstream.get(f"{BASE}/rand/loop-720p.mp4", **answer)
    with pytest.raises(expected):
        animeloop.random_loop_file("720p", "mp4")

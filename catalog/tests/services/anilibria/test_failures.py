"""Every method on every kind of day: ok, empty, down, slow, not JSON, wrong shape, gone, refused, stale."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
import requests

from catalog.services import anilibria
from catalog.services.answer import Answer
from catalog.services.errors import UpstreamBadData, UpstreamNotFound, UpstreamRejected, UpstreamUnavailable
from catalog.tests.services.anilibria.samples import clip_payload, title_payload

API = "https://api.anilibria.tv/v2"
TITLE = title_payload()


@dataclass(frozen=True)
class Method:
    """``seen`` picks something out of the value which must then be ``expected``; ``empty`` is None for a bad answer."""

    call: Callable[[], Answer[Any]]
    sent: Any
    seen: Callable[[Any], Any]
    expected: Any
    empty_sent: Any
    empty: Any
    wrong: Any


def ids(titles: Any) -> list[int]:
    return [title.id for title in titles]


METHODS = {
    "getTitle": Method(lambda: anilibria.title(501), TITLE, lambda title: title.name, "Птица ночи", {}, None, [TITLE]),
    "getTitles": Method(lambda: anilibria.titles(ids=[501]), [TITLE], ids, [501], [], (), "title"),
    "getUpdates": Method(lambda: anilibria.updates(), [TITLE], ids, [501], [], (), {"list": [TITLE]}),
    "getChanges": Method(lambda: anilibria.changes(), [TITLE], ids, [501], [], (), [[TITLE]]),
    "getSchedule": Method(
        lambda: anilibria.schedule(),
        [{"day": 5, "list": [TITLE]}],
        lambda days: [(day.weekday, ids(day.titles)) for day in days],
        [(5, [501])],
        [],
        (),
        [TITLE],
    ),
    "getRandomTitle": Method(
        lambda: anilibria.random_title(), TITLE, lambda title: title.code, "yoru-no-tori", [], None, {"id": 501}
    ),
    "getYouTube": Method(
        lambda: anilibria.clips(),
        [clip_payload()],
        lambda clips: [clip.youtube_id for clip in clips],
        ["OXBO4h3l3rM"],
        [],
        (),
        [TITLE],
    ),
    "getFeed": Method(
        lambda: anilibria.feed(),
        [{"youtube": clip_payload()}, {"title": TITLE}],
        lambda items: [(item.clip or item.title).id for item in items],
        [341, 501],
        [],
        (),
        [TITLE],
    ),
    "getYears": Method(lambda: anilibria.years(), [1996, 1998], list, [1996, 1998], [], (), {"from": 1996}),
    "getGenres": Method(lambda: anilibria.genres(), ["экшен"], list, ["экшен"], [], (), [["экшен"]]),
    "getCachingNodes": Method(
        lambda: anilibria.caching_nodes(),
        {"static": 5, "de4": 10},
        lambda nodes: [node.name for node in nodes],
        ["de4", "static"],
        {},
        (),
        {"nodes": ["de4"]},
    ),
    "getTeam": Method(
        lambda: anilibria.team(), {"team": {"voice": ["Silv"]}}, lambda team: team.voice, ("Silv",), [], None, ["Silv"]
    ),
    "getSeedStats": Method(
        lambda: anilibria.seed_stats(),
        [{"user": "Anku", "downloaded": 1, "uploaded": 2}],
        lambda stats: [(stat.user, stat.downloaded, stat.uploaded) for stat in stats],
        [("Anku", 1, 2)],
        [],
        (),
        {"user": "Anku"},
    ),
    "searchTitles": Method(lambda: anilibria.search("птица"), [TITLE], ids, [501], {}, (), [{"names": {}}]),
}
KEPT = [name for name in METHODS if name != "getRandomTitle"]
MISHAPS: dict[str, dict[str, Any]] = {
    "down": {"exc": requests.ConnectionError},
    "5xx": {"status_code": 500, "json": {"error": {"code": 503, "message": "Service Unavailable"}}},
    "slow": {"exc": requests.ReadTimeout},
    "not JSON": {"text": "<html>502 Bad Gateway</html>"},
    "cut off": {"text": '[{"id": 501, "co'},
}

every_method = pytest.mark.parametrize("name", METHODS)


def test_there_are_the_fourteen_methods_of_the_document():
    assert len(METHODS) == 14


@every_method
def test_ok(upstream, name):
    method = METHODS[name]
    upstream.get(f"{API}/{name}", json=method.sent)

    answer = method.call()

    assert method.seen(answer.value) == method.expected
    assert not answer.stale
    assert answer.age_seconds <= 1


@every_method
def test_empty(upstream, name):
    method = METHODS[name]
    upstream.get(f"{API}/{name}", json=method.empty_sent)

    if method.empty is None:
        with pytest.raises(UpstreamBadData):
            method.call()
    else:
        assert method.call().value == method.empty


@every_method
@pytest.mark.parametrize(
    ("mishap", "error"),
    [
        ("down", UpstreamUnavailable),
        ("5xx", UpstreamUnavailable),
        ("slow", UpstreamUnavailable),
        ("not JSON", UpstreamBadData),
        ("cut off", UpstreamBadData),
    ],
)
def test_a_mishap_without_a_saved_copy(upstream, name, mishap, error):
    upstream.get(f"{API}/{name}", **MISHAPS[mishap])

    with pytest.raises(error) as caught:
        METHODS[name].call()

    assert caught.value.upstream == "anilibria"
    assert caught.value.subject.startswith(f"/{name}")


@every_method
def test_a_5xx_tells_the_true_code(upstream, name):
    upstream.get(f"{API}/{name}", **MISHAPS["5xx"])

    with pytest.raises(UpstreamUnavailable, match="503 Service Unavailable") as caught:
        METHODS[name].call()

    assert caught.value.code == 503


@every_method
def test_wrong_shape(upstream, name):
    method = METHODS[name]
    for sent in (method.wrong, None, "", 5, {"error": {"code": 500, "message": "no"}}):
        upstream.get(f"{API}/{name}", json=sent)
        with pytest.raises(UpstreamBadData):
            method.call()


@every_method
def test_gone(upstream, name):
    """The document's own example of a 404 is not JSON: the quotes in its message are not escaped."""
    upstream.get(
        f"{API}/{name}",
        status_code=404,
        text='{"error": {"code": 404, "message": "Title "test" not found!"}}',
    )

    with pytest.raises(UpstreamNotFound):
        METHODS[name].call()


@every_method
def test_refused(upstream, name):
    upstream.get(
        f"{API}/{name}", status_code=412, json={"error": {"code": 412, "message": "Unknown parameters: status"}}
    )

    with pytest.raises(UpstreamRejected, match="Unknown parameters: status") as caught:
        METHODS[name].call()

    assert caught.value.code == 412


@pytest.mark.parametrize("name", KEPT)
@pytest.mark.parametrize("mishap", [*MISHAPS, "wrong shape"])
def test_stale(upstream, aged, name, mishap):
    method = METHODS[name]
    upstream.get(f"{API}/{name}", json=method.sent)
    method.call()
    upstream.get(f"{API}/{name}", **MISHAPS.get(mishap, {"json": method.wrong}))

    with aged():
        answer = method.call()
        assert answer.age_seconds >= 2 * 86400

    assert answer.stale
    assert method.seen(answer.value) == method.expected


@pytest.mark.parametrize("name", KEPT)
def test_gone_replaces_a_saved_copy(upstream, aged, name):
    upstream.get(f"{API}/{name}", json=METHODS[name].sent)
    METHODS[name].call()
    upstream.get(f"{API}/{name}", status_code=404, json={"error": {"code": 404, "message": "no"}})

    with aged(), pytest.raises(UpstreamNotFound):
        METHODS[name].call()


def test_a_random_title_is_never_a_saved_one(upstream):
    method = METHODS["getRandomTitle"]
    upstream.get(f"{API}/getRandomTitle", json=method.sent)
    method.call()
    upstream.get(f"{API}/getRandomTitle", **MISHAPS["down"])

    with pytest.raises(UpstreamUnavailable):
        method.call()

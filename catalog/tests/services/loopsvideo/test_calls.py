"""What every call asks, what it answers, and what happens when the server does not do its part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
import requests

from catalog.services import loopsvideo
from catalog.services.errors import UpstreamBadData, UpstreamNotFound, UpstreamRejected, UpstreamUnavailable
from catalog.tests.services.loopsvideo import samples
from catalog.tests.services.loopsvideo.samples import SHORTCODE, VIDEO_ID

BASE = "https://loops.video"
TWO = samples.page(samples.video("5"), samples.video("6"), next="n", prev="p")
HTML = {"status_code": 403, "text": "<html>Just a moment…</html>", "headers": {"Content-Type": "text/html"}}


@dataclass(frozen=True)
class Call:
    """One function: what it asks, an answer to it, what it makes of that, and of an answer without anything."""

    ask: Callable[[], Any]
    path: str
    payload: Any
    expected: Any
    empty: Any
    summary: Callable[[Any], Any] = lambda value: value

    @property
    def url(self) -> str:
        return BASE + self.path


def seen(page: Any) -> tuple[list[str], str | None, str | None]:
    return [video.id for video in page.videos], page.next_cursor, page.prev_cursor


FOUND = (["5", "6"], "n", "p")
NOTHING: tuple[list[str], None, None] = ([], None, None)
CALLS = {
    "video": Call(
        lambda: loopsvideo.video(VIDEO_ID),
        f"/api/v1/video/{VIDEO_ID}",
        {"data": samples.video()},
        SHORTCODE,
        UpstreamNotFound,
        lambda video: video.shortcode,
    ),
    "video_by_shortcode": Call(
        lambda: loopsvideo.video_by_shortcode(SHORTCODE),
        f"/api/v1/video/{VIDEO_ID}",
        {"data": samples.video()},
        VIDEO_ID,
        UpstreamNotFound,
        lambda video: video.id,
    ),
    "feed": Call(loopsvideo.feed, "/api/web/feed", TWO, FOUND, NOTHING, seen),
    "account_feed": Call(
        lambda: loopsvideo.account_feed("1"), "/api/v1/feed/account/1?sort=Latest", TWO, FOUND, NOTHING, seen
    ),
    "account_feed, another page": Call(
        lambda: loopsvideo.account_feed("1", sort="Popular", cursor="a=="),
        "/api/v1/feed/account/1?cursor=a%3D%3D&sort=Popular",
        TWO,
        FOUND,
        NOTHING,
        seen,
    ),
    "account": Call(
        lambda: loopsvideo.account("@dansup"),
        "/api/v1/account/username/dansup",
        {"data": samples.account()},
        ("1", "dansup"),
        UpstreamNotFound,
        lambda account: (account.id, account.username),
    ),
    "tag": Call(
        lambda: loopsvideo.tag("#гуашь/1"),
        "/api/v1/tags/video/%D0%B3%D1%83%D0%B0%D1%88%D1%8C%2F1",
        samples.page(samples.compact("5"), samples.compact("6"), next="n", prev="p"),
        FOUND,
        NOTHING,
        seen,
    ),
    "tag, another page": Call(
        lambda: loopsvideo.tag("neon", cursor="c"), "/api/v1/tags/video/neon?cursor=c", TWO, FOUND, NOTHING, seen
    ),
    "trending_tag": Call(
        lambda: loopsvideo.trending_tag("neon"), "/api/v1/explore/tag-feed/neon", TWO, FOUND, NOTHING, seen
    ),
    "trending_tags": Call(
        loopsvideo.trending_tags,
        "/api/v1/explore/tags",
        {"data": [{"name": "neon"}, {"name": "rain"}]},
        ("neon", "rain"),
        (),
    ),
}
every_call = pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())


@every_call
def test_ok(upstream, call):
    upstream.get(call.url, json=call.payload)
    answer = call.ask()
    assert call.summary(answer.value) == call.expected
    assert not answer.stale
    assert upstream.last_request.url == call.url
    assert upstream.last_request.headers["Accept"] == "application/json"
    assert "Authorization" not in upstream.last_request.headers


@every_call
def test_our_own_token_goes_along(upstream, settings, call):
    settings.LOOPS_TOKEN = "secret"
    upstream.get(call.url, json=call.payload)
    call.ask()
    assert upstream.last_request.headers["Authorization"] == "Bearer secret"


@every_call
def test_empty(upstream, call):
    upstream.get(call.url, json={"data": []})
    if call.empty is UpstreamNotFound:
        with pytest.raises(UpstreamNotFound):
            call.ask()
    else:
        assert call.summary(call.ask().value) == call.empty


@every_call
@pytest.mark.parametrize("trouble", [{"exc": requests.ConnectionError}, {"status_code": 502, "text": "<html>"}])
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
    upstream.get(call.url, text="<!doctype html><title>Loops</title>")
    with pytest.raises(UpstreamBadData):
        call.ask()


@every_call
@pytest.mark.parametrize("payload", [None, 5, "text", {}, {"data": "text"}, {"data": 5}, {"data": {"id": {}}}])
def test_wrong_shape(upstream, call, payload):
    upstream.get(call.url, json=payload)
    with pytest.raises((UpstreamBadData, UpstreamNotFound)) as caught:
        call.ask()
    dead = call.summary is not seen and payload == {"data": {"id": {}}} and "video" in call.path
    assert isinstance(caught.value, UpstreamNotFound if dead else UpstreamBadData)


@every_call
@pytest.mark.parametrize(
    "answer",
    [
        {"status_code": 404, "json": samples.error("404", "Gone")},
        {"status_code": 410, "text": ""},
        {"status_code": 404, "text": "<html>", "headers": {"Content-Type": "text/html"}},
    ],
)
def test_gone(upstream, call, answer):
    upstream.get(call.url, **answer)
    with pytest.raises(UpstreamNotFound):
        call.ask()


@every_call
@pytest.mark.parametrize(
    ("answer", "code", "words"),
    [
        ({"status_code": 400, "json": {"message": "Account is suspended"}}, 400, "Account is suspended"),
        ({"status_code": 400, "json": samples.error("400", "Suspended")}, 400, "Suspended"),
        ({"status_code": 401, "json": {"message": "Unauthenticated."}}, 401, "Unauthenticated."),
        ({"status_code": 403, "json": samples.error("403", "Private")}, 403, "Private"),
        ({"status_code": 422, "json": {"message": "Bad sort", "errors": {}}}, 422, "Bad sort"),
        (HTML, 403, "HTTP 403"),
    ],
)
def test_refused(upstream, call, answer, code, words):
    upstream.get(call.url, **answer)
    with pytest.raises(UpstreamRejected) as caught:
        call.ask()
    assert (caught.value.upstream, caught.value.code, caught.value.message) == ("loops", code, words)


@every_call
def test_too_many_requests(upstream, call):
    limit = {"message": "Too Many Attempts.", "retry_after": 17}
    upstream.get(call.url, status_code=429, json=limit, headers={"Retry-After": "17"})
    with pytest.raises(UpstreamUnavailable) as caught:
        call.ask()
    assert (caught.value.code, caught.value.retry_after) == (429, 17)


@every_call
@pytest.mark.parametrize(
    "trouble",
    [
        {"exc": requests.ConnectionError},
        {"status_code": 500},
        {"status_code": 429},
        {"text": "<html>"},
        {"json": {"data": "text"}},
    ],
)
def test_stale(upstream, aged, call, trouble):
    upstream.get(call.url, json=call.payload)
    call.ask()
    upstream.get(call.url, **trouble)
    with aged():
        answer = call.ask()
        age = answer.age_seconds
    assert call.summary(answer.value) == call.expected
    assert answer.stale
    assert age in (2 * 86400, 2 * 86400 + 1)


@pytest.mark.parametrize("code", ["", "0" + SHORTCODE[:9], "abc/def", "жук", "a" * 11, "..", "%"])
def test_what_cannot_be_a_shortcode_is_unknown_without_a_request(upstream, code):
    with pytest.raises(UpstreamNotFound):
        loopsvideo.video_by_shortcode(code)
    assert not upstream.called


@pytest.mark.parametrize("id", ["", "x", "-1", "1/2", "१२", "1.5"])
def test_what_cannot_be_an_id_is_unknown_without_a_request(upstream, id):
    for ask in (loopsvideo.video, loopsvideo.account_feed):
        with pytest.raises(UpstreamNotFound):
            ask(id)
    assert not upstream.called


@pytest.mark.parametrize("name", ["", ".", "..", "#", "@"])
def test_what_cannot_be_a_name_is_unknown_without_a_request(upstream, name):
    asks: dict[str, list[Callable[[str], object]]] = {"#": [loopsvideo.tag], "@": [loopsvideo.account]}
    every: list[Callable[[str], object]] = [loopsvideo.tag, loopsvideo.trending_tag, loopsvideo.account]
    for ask in asks.get(name, every):
        with pytest.raises(UpstreamNotFound):
            ask(name)
    assert not upstream.called


def test_a_remote_handle_is_one_segment(upstream):
    url = f"{BASE}/api/v1/account/username/sora%40cels.example"
    upstream.get(url, json={"data": samples.account(username="sora@cels.example")})
    assert loopsvideo.account("sora@cels.example").value.username == "sora@cels.example"
    assert upstream.last_request.url == url


def test_pinned_videos_of_the_first_page_do_not_come_back_on_the_next(upstream):
    pinned, other = samples.video("3", pinned=True), samples.video("9", pinned=False)
    url = f"{BASE}/api/v1/feed/account/1"
    upstream.get(f"{url}?sort=Latest", json=samples.page(pinned, other, next="c"))
    upstream.get(f"{url}?sort=Latest&cursor=c", json=samples.page(other, pinned))
    upstream.get(f"{url}?sort=Oldest&cursor=c", json=samples.page(other, pinned))
    assert [video.id for video in loopsvideo.account_feed("1").value.videos] == ["3", "9"]
    assert [video.id for video in loopsvideo.account_feed("1", cursor="c").value.videos] == ["9"]
    assert [video.id for video in loopsvideo.account_feed("1", "Oldest", "c").value.videos] == ["9", "3"]


@pytest.mark.parametrize(("status", "message"), [(403, "Private"), (400, "Suspended"), (404, "Gone"), (410, "Gone")])
@pytest.mark.parametrize("name", ["video", "account_feed", "account"])
def test_what_the_server_took_back_is_not_shown_from_the_saved_copy(upstream, aged, name, status, message):
    call = CALLS[name]
    upstream.get(call.url, json=call.payload)
    call.ask()
    upstream.get(call.url, status_code=status, json=samples.error(str(status), message))
    with aged():
        for _ in range(2):
            with pytest.raises((UpstreamRejected, UpstreamNotFound)) as caught:
                call.ask()
            assert caught.value.code == status
    upstream.get(call.url, exc=requests.ConnectionError)
    with aged(), pytest.raises((UpstreamRejected, UpstreamNotFound)):
        call.ask()


@pytest.mark.parametrize("name", ["video", "account_feed", "account"])
def test_the_page_of_a_proxy_takes_nothing_back(upstream, aged, name):
    call = CALLS[name]
    upstream.get(call.url, json=call.payload)
    call.ask()
    upstream.get(call.url, **HTML)
    with aged():
        assert call.ask().stale


@pytest.mark.parametrize("name", [name for name in CALLS if name not in ("account", "trending_tags")])
def test_whoever_posted_what_was_shown_is_known_without_asking(upstream, name):
    call = CALLS[name]
    upstream.get(call.url, json=call.payload)
    call.ask()
    account = loopsvideo.account("dansup").value
    assert (account.id, account.username, account.name) == ("1", "dansup", "dansup")
    assert account.avatar_url == f"{samples.MEDIA}/avatars/1/y6i8g7330.jpg"
    assert upstream.call_count == 1


def test_the_pause_that_the_server_asked_for_is_told_from_an_outage(upstream):
    upstream.get(CALLS["video"].url, status_code=429, json={"message": "x"}, headers={"Retry-After": "40"})
    codes = []
    for _ in range(2):
        with pytest.raises(UpstreamUnavailable) as caught:
            CALLS["video"].ask()
        codes.append((caught.value.code, round(caught.value.retry_after or 0)))
    assert codes == [(429, 40), (429, 40)]
    assert upstream.call_count == 1


def test_a_suspended_author_and_a_private_video_can_be_told_apart(upstream):
    for status, id in ((400, "1"), (403, "2")):
        upstream.get(f"{BASE}/api/v1/video/{id}", status_code=status, json={"message": "No"})
        with pytest.raises(UpstreamRejected) as caught:
            loopsvideo.video(id)
        assert caught.value.code == status

"""What one call answers, with the upstream faked at the wire."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
import requests
import requests_mock

from catalog.services.errors import (
    UpstreamBadData,
    UpstreamNotFound,
    UpstreamRejected,
    UpstreamUnavailable,
)
from catalog.services.transport import get, keep, reset
from catalog.tests.services.transport.source import SOURCE, URL, ask, number

FAILURES = [
    pytest.param({"exc": requests.ConnectionError}, UpstreamUnavailable, id="down"),
    pytest.param({"exc": requests.ReadTimeout}, UpstreamUnavailable, id="slow"),
    pytest.param({"status_code": 500}, UpstreamUnavailable, id="500"),
    pytest.param({"status_code": 429}, UpstreamUnavailable, id="429"),
    pytest.param({"status_code": 400}, UpstreamRejected, id="400"),
    pytest.param({"status_code": 401}, UpstreamRejected, id="401"),
    pytest.param({"status_code": 403}, UpstreamRejected, id="403"),
    pytest.param({"status_code": 412}, UpstreamRejected, id="412"),
    pytest.param({"status_code": 422}, UpstreamRejected, id="422"),
    pytest.param({"status_code": 204}, UpstreamBadData, id="204"),
    pytest.param({"status_code": 304}, UpstreamBadData, id="304 unasked"),
    pytest.param({"text": "<html>"}, UpstreamBadData, id="HTML"),
    pytest.param({"text": ""}, UpstreamBadData, id="empty"),
    pytest.param({"content": b'{"number": "\xff"}'}, UpstreamBadData, id="not UTF-8"),
    pytest.param({"text": "[" * 100_000}, UpstreamBadData, id="too deep"),
    pytest.param({"json": [1]}, UpstreamBadData, id="a list"),
    pytest.param({"json": {}}, UpstreamBadData, id="a field missing"),
    pytest.param({"json": None}, UpstreamBadData, id="null"),
    pytest.param({"json": {"number": "x"}}, UpstreamBadData, id="a wrong value"),
    pytest.param({"json": {"number": float("inf")}}, UpstreamBadData, id="infinity"),
]


def test_an_answer_is_kept_in_memory_and_on_disk(upstream):
    upstream.get(URL, json={"number": 1})
    assert [ask().value for _ in range(3)] == [1, 1, 1]
    reset()
    assert ask().value == 1
    assert upstream.call_count == 1


def test_an_answer_knows_when_it_was_given(upstream, aged):
    upstream.get(URL, json={"number": 1})
    ask()
    with aged(30):
        answer = ask()
        assert not answer.stale
        assert 30 <= answer.age_seconds <= 31
        assert answer.fetched_at.tzinfo is UTC
        assert datetime.now(UTC) - answer.fetched_at < timedelta(seconds=31)


def test_parameters_are_sent_in_words_sorted_and_none_is_left_out(upstream):
    upstream.get(URL, json={"number": 1})
    ask(b=True, a=2, none=None, c="x,я", d=False, e=1.5)
    assert upstream.last_request.url == f"{URL}?a=2&b=true&c=x%2C%D1%8F&d=false&e=1.5"


def test_the_order_of_parameters_makes_no_second_request_and_their_values_do(upstream):
    upstream.get(URL, json={"number": 1})
    ask(a=1, b=2)
    ask(b=2, a=1)
    assert upstream.call_count == 1
    ask(a=True, b=2)
    ask(a="", b=2)
    ask(b=2)
    assert upstream.call_count == 4


def test_another_address_of_the_upstream_has_copies_of_its_own(upstream, settings):
    upstream.get(URL, json={"number": 1})
    upstream.get("http://other.test/thing", json={"number": 2})
    assert ask().value == 1
    settings.ANILIBRIA_URL = "http://other.test"
    assert ask().value == 2


@pytest.mark.parametrize(("reply", "error"), FAILURES)
def test_a_failure_without_a_copy_is_its_error(upstream, reply, error):
    upstream.get(URL, **reply)
    with pytest.raises(error) as caught:
        ask(a=1)
    assert caught.value.upstream == "anilibria"
    assert caught.value.subject == "/thing?a=1"


@pytest.mark.parametrize(("reply", "error"), FAILURES)
def test_a_failure_leaves_the_saved_copy(upstream, aged, reply, error):
    upstream.get(URL, json={"number": 1})
    ask()
    upstream.get(URL, **reply)
    with aged(61):
        for _ in range(2):
            answer = ask()
            assert answer.value == 1
            assert answer.stale
            assert 61 <= answer.age_seconds <= 63
        assert upstream.call_count == 2, "a refresh that failed is not tried again at once"
    reset()
    with aged(61 + 20):
        assert ask().value == 1, "the copy on disk is the good one"


def test_a_refresh_that_failed_is_tried_again_after_a_while(upstream, aged):
    upstream.get(URL, json={"number": 1})
    ask()
    upstream.get(URL, text="<html>")
    with aged(61):
        assert ask().stale
    upstream.get(URL, json={"number": 2})
    with aged(61 + 11):
        assert ask().value == 2


def test_a_quick_upstream_makes_a_stale_copy_fresh_at_once(upstream, aged):
    upstream.get(URL, json={"number": 1})
    ask()
    upstream.get(URL, json={"number": 2})
    with aged(61):
        answer = ask()
        assert answer.value == 2
        assert not answer.stale
        assert answer.age_seconds <= 1


def test_the_lifetime_is_the_one_in_settings_when_asked(upstream, aged, settings):
    upstream.get(URL, json={"number": 1})
    ask()
    upstream.get(URL, json={"number": 2})
    with aged(61):
        settings.UPSTREAM_TTLS = {"thing": 600.0}
        assert ask().value == 1
        settings.UPSTREAM_TTLS = {"thing": 60.0}
        assert ask().value == 2


def test_a_copy_older_than_thirty_days_is_no_copy(upstream, aged):
    upstream.get(URL, json={"number": 1})
    ask()
    upstream.get(URL, status_code=500)
    with aged(30 * 86400 - 60):
        assert ask().value == 1
    reset()
    with aged(30 * 86400 + 60), pytest.raises(UpstreamUnavailable):
        ask()


def test_memory_keeps_a_copy_no_longer_than_the_disk(upstream, aged):
    upstream.get(URL, json={"number": 1})
    ask()
    upstream.get(URL, status_code=500)
    with aged(30 * 86400 + 60), pytest.raises(UpstreamUnavailable):
        ask()


@pytest.mark.parametrize("status", [404, 410])
def test_not_found_is_an_answer_that_replaces_the_copy_and_is_kept(upstream, aged, status):
    upstream.get(URL, json={"number": 1})
    ask()
    gone = {"error": {"code": 7, "message": "no such\n thing"}}
    upstream.get(URL, status_code=status, json=gone)
    with aged(61):
        for _ in range(3):
            with pytest.raises(UpstreamNotFound) as caught:
                ask()
            assert (caught.value.code, caught.value.message) == (7, "no such thing")
        reset()
        with pytest.raises(UpstreamNotFound):
            ask()
    assert upstream.call_count == 2


def test_not_found_counts_for_its_own_time_and_then_waits_for_the_upstream(upstream, aged, settings):
    settings.UPSTREAM_NOT_FOUND_TTL = 30.0
    upstream.get(URL, status_code=404)
    with pytest.raises(UpstreamNotFound):
        ask()
    upstream.get(URL, json={"number": 1})
    with aged(29), pytest.raises(UpstreamNotFound):
        ask()
    with aged(31):
        assert ask().value == 1


def test_not_found_outlives_a_dead_upstream(upstream, aged):
    upstream.get(URL, status_code=404)
    with pytest.raises(UpstreamNotFound):
        ask()
    upstream.get(URL, exc=requests.ConnectionError)
    with aged(), pytest.raises(UpstreamNotFound):
        ask()


REFUSAL = {"status_code": 403, "json": {"error": {"code": 403, "message": "Private"}}}


def ask_with_refusals(**options):
    return get(SOURCE, "/thing", {}, endpoint="thing", parse=number, refusals=(403,), **options)


def test_a_refusal_in_the_upstreams_own_words_replaces_the_copy_and_is_kept(upstream, aged, caplog):
    upstream.get(URL, json={"number": 1})
    ask_with_refusals()
    upstream.get(URL, **REFUSAL)
    with aged(61):
        for _ in range(3):
            with pytest.raises(UpstreamRejected) as caught:
                ask_with_refusals()
            assert (caught.value.code, caught.value.message) == (403, "Private")
        reset()
        with pytest.raises(UpstreamRejected):
            ask_with_refusals()
    assert upstream.call_count == 2
    assert not caplog.records
    upstream.get(URL, exc=requests.ConnectionError)
    with aged(), pytest.raises(UpstreamRejected):
        ask_with_refusals()


def test_what_was_refused_is_asked_for_again_and_may_come_back(upstream, aged, settings):
    settings.UPSTREAM_NOT_FOUND_TTL = 30.0
    upstream.get(URL, **REFUSAL)
    with pytest.raises(UpstreamRejected):
        ask_with_refusals()
    upstream.get(URL, json={"number": 1})
    with aged(29), pytest.raises(UpstreamRejected):
        ask_with_refusals()
    with aged(31):
        assert ask_with_refusals().value == 1


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param({"status_code": 403, "text": "<html>Just a moment"}, id="the page of a proxy"),
        pytest.param({"status_code": 403, "json": {"error": {"code": None, "message": ""}}}, id="no words"),
        pytest.param({"status_code": 401, "json": REFUSAL["json"]}, id="another status"),
        pytest.param({"status_code": 500, "json": REFUSAL["json"]}, id="an outage"),
    ],
)
def test_what_is_no_refusal_leaves_the_saved_copy(upstream, aged, reply):
    upstream.get(URL, json={"number": 1})
    ask_with_refusals()
    upstream.get(URL, **reply)
    with aged(61):
        answer = ask_with_refusals()
        assert (answer.value, answer.stale) == (1, True)


class TestKeep:
    """What came as a part of another answer."""

    @staticmethod
    def keep(value, seconds_ago=0.0):
        fetched_at = datetime.now(UTC) - timedelta(seconds=seconds_ago)
        keep(SOURCE, "/thing", {}, {"number": value}, endpoint="thing", parse=number, fetched_at=fetched_at)

    def test_needs_no_request_and_is_as_old_as_the_whole(self, upstream):
        self.keep(5, seconds_ago=20)
        reset()
        answer = ask()
        assert (answer.value, answer.stale) == (5, False)
        assert 20 <= answer.age_seconds <= 21
        assert not upstream.called

    def test_does_not_replace_what_is_fresh(self, upstream):
        upstream.get(URL, json={"number": 1})
        ask()
        self.keep(5)
        assert ask().value == 1

    def test_replaces_what_is_old_and_a_thing_that_was_not_there(self, upstream, aged):
        upstream.get(URL, status_code=404)
        with pytest.raises(UpstreamNotFound):
            ask()
        self.keep(5)
        assert ask().value == 5
        with aged(61):
            self.keep(6)
            assert ask().value == 6
        assert upstream.call_count == 1

    def test_is_not_taken_from_a_copy_that_is_older_still(self, upstream, aged):
        upstream.get(URL, [{"json": {"number": 1}}, {"status_code": 500}])
        ask()
        with aged(61):
            self.keep(5, seconds_ago=3600)
            assert ask().value == 1


def test_a_parse_may_find_that_there_is_nothing(upstream, aged):
    def empty(payload):
        raise UpstreamNotFound("animeloop", "loop x", "Find nothing.")

    upstream.get(URL, json={"data": {}})
    for _ in range(3):
        with pytest.raises(UpstreamNotFound, match="Find nothing") as caught:
            get(SOURCE, "/thing", {}, endpoint="thing", parse=empty)
        assert caught.value.subject == "loop x"
    assert upstream.call_count == 1


@pytest.mark.parametrize("error", [UpstreamRejected, UpstreamUnavailable, UpstreamBadData])
def test_a_parse_may_find_an_error_in_a_200(upstream, aged, error):
    def parse(payload):
        if payload["status"] == "error":
            raise error("animeloop", "loop x", payload["message"])
        return payload["status"]

    def fetch() -> Any:
        return get(SOURCE, "/thing", {}, endpoint="thing", parse=parse)

    upstream.get(URL, json={"status": "error", "message": "no"})
    with pytest.raises(error, match="no"):
        fetch()
    upstream.get(URL, json={"status": "success"})
    fetch()
    upstream.get(URL, json={"status": "error", "message": "no"})
    with aged(61):
        assert fetch().value == "success"


def test_a_bug_in_a_parse_is_seen(upstream):
    upstream.get(URL, json={})
    with pytest.raises(ZeroDivisionError):
        get(SOURCE, "/thing", {}, endpoint="thing", parse=lambda payload: 1 / 0)


def test_an_address_nobody_registered_is_seen(upstream):
    with pytest.raises(requests_mock.NoMockAddress):
        ask()


def test_a_saved_copy_that_a_new_version_cannot_read_is_asked_for_again(upstream):
    upstream.get(URL, json={"number": 1})
    ask()
    upstream.get(URL, json={"number": 1, "name": "one"})
    named = get(SOURCE, "/thing", {}, endpoint="thing", parse=lambda payload: payload["name"])
    assert named.value == "one"


@pytest.mark.parametrize("body", [{"status_code": 500, "json": {"error": {"code": 42, "message": "x" * 999}}}])
def test_an_error_carries_the_words_and_the_code_of_the_body(upstream, body):
    upstream.get(URL, **body)
    with pytest.raises(UpstreamUnavailable) as caught:
        ask()
    assert caught.value.code == 42
    assert caught.value.message == "x" * 200


@pytest.mark.parametrize("body", [{"text": "<h1>"}, {"json": []}, {"json": {"error": None}}])
def test_an_error_without_words_is_named_by_its_status(upstream, body):
    upstream.get(URL, status_code=502, **body)
    with pytest.raises(UpstreamUnavailable) as caught:
        ask()
    assert (caught.value.code, caught.value.message) == (502, "HTTP 502")


def test_an_endpoint_without_a_lifetime_is_asked_each_time_and_never_kept(upstream):
    upstream.get(URL, [{"json": {"number": 1}}, {"json": {"number": 2}}, {"status_code": 500}])
    assert ask(endpoint="random").value == 1
    assert ask(endpoint="random").value == 2
    with pytest.raises(UpstreamUnavailable):
        ask(endpoint="random")


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        ({"status_code": 404}, UpstreamNotFound),
        ({"status_code": 400}, UpstreamRejected),
        ({"text": "<html>"}, UpstreamBadData),
        ({"json": [1]}, UpstreamBadData),
    ],
)
def test_an_endpoint_without_a_lifetime_fails_alike(upstream, reply, error):
    upstream.get(URL, **reply)
    with pytest.raises(error):
        ask(endpoint="random")


def test_an_unchanged_answer_is_confirmed_by_its_etag(upstream, aged):
    upstream.get(URL, json={"number": 1}, headers={"ETag": '"v1"'})
    ask()
    upstream.get(URL, status_code=304)
    with aged(61):
        answer = ask()
        assert upstream.last_request.headers["If-None-Match"] == '"v1"'
        assert answer.value == 1
        assert not answer.stale
        assert answer.age_seconds <= 1
    with aged(61 + 59):
        assert not ask().stale
    assert upstream.call_count == 2


def test_a_copy_that_cannot_be_read_is_not_confirmed(upstream):
    upstream.get(URL, json={"number": 1}, headers={"ETag": '"v1"'})
    ask()
    upstream.get(URL, json={"name": "one"})
    get(SOURCE, "/thing", {}, endpoint="thing", parse=lambda payload: payload["name"])
    assert "If-None-Match" not in upstream.last_request.headers


def test_two_ways_of_reading_share_one_request(upstream):
    upstream.get(URL, json={"number": 1})
    assert ask().value == 1
    assert get(SOURCE, "/thing", {}, endpoint="thing", parse=str).value == "{'number': 1}"
    assert upstream.call_count == 1


def test_an_answer_is_parsed_once_whoever_makes_the_parse(upstream):
    upstream.get(URL, json={"number": 1})
    parsed = []

    def scaled(factor: int, payload: Any) -> int:
        parsed.append(factor)
        return int(payload["number"]) * factor

    def closure(factor: int) -> Callable[[Any], int]:
        return lambda payload: scaled(factor, payload)

    for _ in range(3):
        assert get(SOURCE, "/thing", {}, endpoint="thing", parse=partial(scaled, 2)).value == 2
        assert get(SOURCE, "/thing", {}, endpoint="thing", parse=closure(3)).value == 3
        assert get(SOURCE, "/thing", {}, endpoint="thing", parse=closure(4)).value == 4
    assert parsed == [2, 3, 4]


def test_what_a_closure_holds_may_be_unhashable(upstream):
    upstream.get(URL, json={"number": 1})
    names = ["number"]
    answer = get(SOURCE, "/thing", {}, endpoint="thing", parse=lambda payload: [payload[n] for n in names])
    assert answer.value == [1]


def test_one_failed_call_is_one_line_in_the_log(upstream, caplog):
    upstream.get(URL, exc=requests.ConnectionError("refused"))
    with pytest.raises(UpstreamUnavailable):
        ask(a=1)
    (record,) = caplog.records
    assert record.levelname == "WARNING"
    assert record.getMessage() == "Upstream call failed: anilibria: /thing?a=1: ConnectionError: refused"
    assert record.exc_info is None


def test_not_found_is_no_line_in_the_log(upstream, caplog):
    upstream.get(URL, status_code=404)
    with pytest.raises(UpstreamNotFound):
        ask()
    assert not caplog.records


def test_number_reads_what_the_faked_upstream_sends():
    assert number({"number": "1"}) == 1

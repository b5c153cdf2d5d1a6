from __future__ import annotations

from typing import Any

import pytest
import requests

from catalog.services.errors import (
    UpstreamBadData,
    UpstreamNotFound,
    UpstreamRejected,
    UpstreamUnavailable,
)
from catalog.services.transport import Upstream, get, reset

URL = "http://upstream.test/api/thing"


@pytest.fixture(autouse=True)
def configured(settings, upstream):
    settings.ANILIBRIA_URL = "http://upstream.test/api"
    settings.UPSTREAM_TTLS = {"thing": 60.0}


def error_of(payload: Any) -> tuple[int | None, str]:
    return payload["error"]["code"], payload["error"]["message"]


SOURCE = Upstream("anilibria", "ANILIBRIA_URL", error_of)


def number(payload: Any) -> int:
    return int(payload["number"])


def ask(**params: Any):
    return get(SOURCE, "/thing", params, endpoint="thing", parse=number)


def test_the_answer_is_kept_in_memory_and_on_disk(upstream):
    upstream.get(URL, json={"number": 1})
    assert ask().value == 1
    assert ask().value == 1
    reset()
    answer = ask()
    assert answer.value == 1
    assert not answer.stale
    assert upstream.call_count == 1


def test_parameters_are_sent_in_words_and_none_is_left_out(upstream):
    upstream.get(URL, json={"number": 1})
    ask(b=True, a=2, none=None, c="x,y")
    assert upstream.last_request.url == f"{URL}?a=2&b=true&c=x%2Cy"


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        ({"exc": requests.ConnectionError}, UpstreamUnavailable),
        ({"exc": requests.ReadTimeout}, UpstreamUnavailable),
        ({"status_code": 500}, UpstreamUnavailable),
        ({"status_code": 429}, UpstreamUnavailable),
        ({"status_code": 400}, UpstreamRejected),
        ({"status_code": 401}, UpstreamRejected),
        ({"status_code": 412}, UpstreamRejected),
        ({"text": "<html>"}, UpstreamBadData),
        ({"text": ""}, UpstreamBadData),
        ({"json": [1]}, UpstreamBadData),
        ({"status_code": 404}, UpstreamNotFound),
        ({"status_code": 410}, UpstreamNotFound),
    ],
)
def test_each_failure_has_its_error(upstream, reply, error):
    upstream.get(URL, **reply)
    with pytest.raises(error):
        ask()


@pytest.mark.parametrize(
    "reply",
    [
        {"exc": requests.ConnectionError},
        {"status_code": 500},
        {"status_code": 429},
        {"status_code": 400},
        {"text": "<html>"},
        {"json": [1]},
    ],
)
def test_a_failure_leaves_the_saved_copy(upstream, aged, reply):
    upstream.get(URL, json={"number": 1})
    ask()
    upstream.get(URL, **reply)
    with aged(61):
        answer = ask()
        assert answer.value == 1
        assert answer.stale
        assert 60 <= answer.age_seconds <= 62


def test_a_quick_upstream_makes_a_stale_copy_fresh_at_once(upstream, aged):
    upstream.get(URL, json={"number": 1})
    ask()
    upstream.get(URL, json={"number": 2})
    with aged(61):
        answer = ask()
        assert answer.value == 2
        assert not answer.stale

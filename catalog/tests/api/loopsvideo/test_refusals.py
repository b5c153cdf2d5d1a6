"""Errors: their statuses and bodies, and the HTML that clients get who do not ask for JSON."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine

VIDEO, FEED, ACCOUNT = "/api/v1/video/{}", "/api/v1/feed/account/{}", "/api/v1/account/username/{}"


def envelope(code: int, message: str) -> dict[str, Any]:
    return {"data": [], "error": {"code": code, "message": message}}


@pytest.mark.parametrize(
    ("address", "status", "body"),
    [
        (VIDEO.format("5"), 404, envelope(404, "Resource not available")),
        (VIDEO.format("abc"), 404, envelope(404, "Resource not available")),
        (VIDEO.format("400"), 400, {"message": "Resource not available"}),
        (VIDEO.format("403"), 403, envelope(403, "This resource is not available")),
        (VIDEO.format("429"), 429, {"message": "Too Many Attempts.", "retry_after": 30}),
        (FEED.format("5"), 404, envelope(404, "Record not found.")),
        (FEED.format("400"), 400, envelope(400, "This resource is not available")),
        (FEED.format("429"), 429, {"message": "Too Many Attempts.", "retry_after": 30}),
        (
            FEED.format("1?sort=Best"),
            422,
            {"message": "The selected sort is invalid.", "errors": {"sort": ["The selected sort is invalid."]}},
        ),
        (ACCOUNT.format("nobody"), 404, envelope(404, "Record not found.")),
        (ACCOUNT.format("400"), 403, envelope(403, "This resource is not available")),
        (ACCOUNT.format("429"), 429, {"message": "Too Many Attempts.", "retry_after": 30}),
        ("/api/v1/explore/tag-feed/nsfw", 404, envelope(404, "Record not found.")),
        ("/api/v1/explore/tag-feed/sea?cursor=x", 404, envelope(404, "Record not found.")),
        ("/api/v1/tags/video/nothing", 404, envelope(404, "Record not found.")),
        ("/api/v1/nothing", 404, {"message": "Not Found."}),
        ("/api/v1/video/", 404, {"message": "Not Found."}),
        ("/v/5YvxWOxcRa", 404, {"message": "Not Found."}),
    ],
)
def test_an_error_has_its_status_and_body(ask, address, status, body):
    response = ask(address)
    assert response.status_code == status
    assert response["Content-Type"] == "application/json"
    assert response.json() == body


@pytest.mark.parametrize(
    "accept", ["*/*", "text/html,application/xhtml+xml,*/*;q=0.8", "text/html, application/json;q=0.5"]
)
@pytest.mark.parametrize(("number", "status"), [("5", 404), ("400", 400), ("403", 403), ("429", 429)])
def test_errors_are_html_for_those_who_do_not_ask_for_json(ask, accept, number, status):
    response = ask(VIDEO.format(number), accept=accept)
    assert response.status_code == status
    assert response["Content-Type"].startswith("text/html")
    assert str(status) in response.content.decode()


@pytest.mark.parametrize(
    "accept", ["application/json", "application/json, text/plain, */*", "application/activity+json"]
)
def test_json_of_any_kind_is_json(ask, accept):
    assert ask(VIDEO.format("5"), accept=accept)["Content-Type"] == "application/json"


def test_data_is_json_whatever_is_accepted(ask):
    assert ask(VIDEO.format("64"), accept="text/html").json()["data"]["id"] == "64"


def test_a_page_can_stand_where_data_should_be(ask):
    for address in (VIDEO.format("200"), FEED.format("200"), ACCOUNT.format("200")):
        response = ask(address)
        assert response.status_code == 200
        assert response["Content-Type"].startswith("text/html")


def test_who_asks_too_often_is_told_when_to_come_back(ask):
    with time_machine.travel("2026-11-20T12:00:00Z", tick=False):
        response = ask(VIDEO.format("429"))
    assert response["Retry-After"] == "30"
    assert response["X-RateLimit-Limit"] == "60"
    assert response["X-RateLimit-Remaining"] == "0"
    assert response["X-RateLimit-Reset"] == "1795176030"
    assert ask(VIDEO.format("429"), accept="text/html")["Retry-After"] == "30"


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_can_be_written(ask, method):
    response = ask(VIDEO.format("64"), method)
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert response.json()["message"].startswith(
        f"The {method.upper()} method is not supported for route loops/api/v1/video/64."
    )


@pytest.mark.parametrize("address", [VIDEO.format("64"), VIDEO.format("5"), "/api/web/feed", "/nothing"])
def test_answers_are_for_everyone_and_no_cache(ask, address):
    response = ask(address)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "no-cache, private"
    assert "ETag" not in response

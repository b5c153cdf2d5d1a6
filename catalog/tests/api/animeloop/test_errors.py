"""What the API answers to what it does not accept, and to whom it answers at all."""

from __future__ import annotations

import pytest

from catalog.tests.api.animeloop.conftest import LOOP_ID

OBJECT_ID = "query parameter [{}] was not correct, please provide a 24 length MongoDB ObjectId string."
INTEGER = "query parameter [{}] parse failed, please provide an integer number."
DURATION = "please provide correct [duration] query param."
CONFIDENCE = "query parameter [confidence] parse failed, please provide two float numbers split by ','."
SEASON = "query parameter [season] parse failed, please provide an YYYY-M date string."


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("/loop?id=123", OBJECT_ID.format("id")),
        ("/loop?seriesid=123", OBJECT_ID.format("seriesid")),
        ("/loop?episodeid=123&limit=1", OBJECT_ID.format("episodeid")),
        ("/loop?limit=abc", INTEGER.format("limit")),
        ("/loop?page=abc", INTEGER.format("page")),
        (
            "/loop?collectionid=abc",
            OBJECT_ID.partition(",")[0].format("collectionid") + ", please provide a integer number.",
        ),
        *[(f"/loop?duration={value}", DURATION) for value in ("1", "2,1", "a,b", "1,2,3", "1,")],
        ("/loop/count?duration=2,1", DURATION),
        ("/rand/loop?limit=abc", INTEGER.format("limit")),
        ("/rand/loop-720p.mp4?duration=2,1", DURATION),
        ("/episode?id=123", OBJECT_ID.format("id")),
        ("/episode?seriesid=123", OBJECT_ID.format("seriesid")),
        ("/episode/count?seriesid=123", OBJECT_ID.format("seriesid")),
        ("/series?id=123", OBJECT_ID.format("id")),
        *[(f"/series?season={value}", SEASON) for value in ("2014", "2014-4-1", "spring-4", "2014-")],
        ("/series/count?season=2014", SEASON),
        ("/search/series?value=x&limit=abc", INTEGER.format("limit")),
        ("/search/series", "query parameter [value] was not correct, please provide a keyword."),
        ("/search/series?value=%20", "query parameter [value] was not correct, please provide a keyword."),
        ("/tag?loopid=123", OBJECT_ID.format("loopid")),
        ("/tag?confidence=0.9", CONFIDENCE),
        ("/collection?id=abc", INTEGER.format("cid")),
        ("/collection?userid=abc", INTEGER.format("userid")),
        *[
            (f"/collection{query}", "please provide exactly one of the query parameters [id], [name] and [userid].")
            for query in ("", "?id=1&name=x", "?title=x", "?id=")
        ],
    ],
)
def test_a_refusal_comes_with_http_200_and_no_data(ask, address, message):
    response = ask(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert response.json() == {"status": "error", "code": 400, "message": message}


def test_24_letters_that_are_no_digits_kill_the_server(ask):
    response = ask("/loop?id=zzzzzzzzzzzzzzzzzzzzzzzz")
    assert response.status_code == 500
    assert response["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("address", ["/", "/nothing", "/loop/59adf78ac4c0bc657943222d", "/rand", "/netdata/chart/x"])
def test_an_unknown_route_is_http_400(ask, address):
    response = ask(address)
    assert response.status_code == 400
    assert response.json() == {"status": "error", "code": 400, "message": "Bad request"}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(ask, method):
    assert ask("/loop", method).status_code == 400
    assert ask("/collection/new", method).json()["message"] == "Bad request"


def test_a_slash_at_the_end_changes_nothing(ask):
    assert ask("/loop/").json() == ask("/loop").json()
    assert ask("/loop/count/").json()["data"] == {"count": 2}


def test_any_origin_may_read_with_cookies(ask):
    response = ask("/loop", origin="https://fans.example")
    assert response["Access-Control-Allow-Origin"] == "https://fans.example"
    assert response["Access-Control-Allow-Credentials"] == "true"
    assert "Origin" in response["Vary"]
    assert "Access-Control-Allow-Origin" not in ask("/loop")


@pytest.mark.parametrize("address", ["/loop?id=123", "/nothing", "/rand/loop-720p.mp4"])
def test_errors_and_files_are_shared_too(ask, address):
    assert ask(address, origin="https://fans.example")["Access-Control-Allow-Origin"] == "https://fans.example"


def test_a_browser_may_ask_first(ask):
    response = ask("/loop", "options", origin="https://fans.example")
    assert response.status_code == 200
    assert response["Allow"] == "GET,HEAD"
    assert response["Access-Control-Allow-Methods"] == "GET"


def test_head_is_get_without_a_body(ask):
    assert ask("/loop", "head").status_code == 200


def test_unchanged_json_is_not_sent_again(ask):
    tag = ask(f"/loop?id={LOOP_ID}")["ETag"]
    assert ask(f"/loop?id={LOOP_ID}", if_none_match=tag).status_code == 304

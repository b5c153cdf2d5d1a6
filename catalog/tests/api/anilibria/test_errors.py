"""Addresses, versions and refusals."""

from __future__ import annotations

import logging

import pytest

UNREADABLE = "Invalid value of parameter: "


@pytest.mark.parametrize("version", ["v2", "v2.8", "v2.8.3", "v2/"])
def test_every_spelling_of_the_version_answers(api, version):
    response = api.get(f"{version}/getYears")

    assert response.status_code == 200
    assert response["API-Version"] == "2.8.3"


@pytest.mark.parametrize(
    "path", ["v2/getyears", "v2/", "v2/getNothing", "v2.8.4/getYears", "v3/getYears", "v2.9/getYears", ""]
)
def test_other_addresses_are_a_404_in_json(api, path):
    response = api.get(path)

    assert response.status_code == 404
    assert response["API-Version"] == "2.8.3"
    assert response.json()["error"]["code"] == 404


def test_only_reading_is_possible(api, client):
    assert client.head("/anilibria/v2/getYears").status_code == 200
    response = client.post("/anilibria/v2/getYears")
    assert response.status_code == response.json()["error"]["code"] == 405


def test_unknown_parameters_are_named(api):
    assert api.error("getUpdates", id=1, limit=5, code="x") == (412, 412, "Unknown parameters: code, id")
    assert api.error("getYears", filter="x") == (412, 412, "Unknown parameters: filter")
    assert api.error("getChanges", playlist_type="array") == (412, 412, "Unknown parameters: playlist_type")


def test_a_missing_title_is_valid_json(api):
    assert api.error("getTitle", code="test") == (404, 404, 'Title "test" not found!')
    assert api.error("getTitle", id=99) == (404, 404, 'Title "99" not found!')


def test_something_must_be_asked_for(api):
    assert api.error("getTitle") == (412, 412, "Required parameters: id, code")
    assert api.error("getTitle", id="", code="") == (412, 412, "Required parameters: id, code")
    assert api.error("getTitles") == (412, 412, "Required parameters: id_list, code_list")


@pytest.mark.parametrize(
    ("method", "name", "value"),
    [
        ("getTitle", "id", "abc"),
        ("getTitle", "id", "1_0"),
        ("getTitle", "id", "-1"),
        ("getTitle", "id", "1.0"),
        ("getTitle", "id", "9" * 5000),
        ("getTitles", "id_list", "1,x"),
        ("getUpdates", "limit", "five"),
        ("getUpdates", "limit", "-2"),
        ("getUpdates", "after", "-1"),
        ("getChanges", "since", "yesterday"),
        ("getSchedule", "days", "7"),
        ("getSchedule", "days", "0,monday"),
        ("getGenres", "sorting_type", "2"),
        ("getSeedStats", "sort_by", "name"),
        ("getSeedStats", "order", "2"),
        ("searchTitles", "year", "MMXX"),
        ("searchTitles", "season_code", "осень"),
        ("getTitle", "include", "raw_poster,everything"),
        ("getTitle", "description_type", "markdown"),
        ("getTitle", "playlist_type", "set"),
    ],
)
def test_values_that_cannot_be_read_are_refused(api, method, name, value):
    assert api.error(method, **{name: value}) == (412, 412, UNREADABLE + name)


def test_a_failing_source_is_a_500_in_json(api, shelf, caplog):
    shelf.titles = None

    with caplog.at_level(logging.ERROR, logger="catalog.api.anilibria.urls"):
        assert api.error("getYears") == (500, 500, "Internal Server Error!")
    assert "getYears failed" in caplog.text


def test_every_5xx_comes_as_500_with_its_own_code_in_the_body(api, shelf):
    from catalog.api.anilibria.envelope import ApiError

    def unreachable():
        raise ApiError(504, "Gateway Timeout!")

    shelf.titles = unreachable

    assert api.error("getTitle", id=1) == (500, 504, "Gateway Timeout!")

"""Against what Sonarr and Prowlarr read: https://torznab.github.io/spec-1.3-draft/"""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
import requests

from catalog.tests.feeds.torrents.conftest import HASHES, shelf, torrent
from catalog.tests.views import samples

TORZNAB = "{http://torznab.com/schemas/2015/feed}attr"
RESPONSE = "channel/{http://www.newznab.com/DTD/2010/feeds/attributes/}response"
ATTRIBUTES = {  # of the specification
    "category", "size", "files", "grabs", "seeders", "peers", "infohash", "magneturl", "season", "episode", "year",
    "language", "downloadvolumefactor", "uploadvolumefactor",
}  # fmt: skip
SEARCH = f"{samples.ANILIBRIA}/searchTitles"


def ask(client, **parameters):
    answer = client.get("/torznab/api", parameters)
    return answer, ElementTree.fromstring(answer.content)


def found(client, **parameters):
    _, root = ask(client, **parameters)
    return [item.findtext("guid").rpartition("/")[2] for item in root.findall("channel/item")]


def names(*hashes):
    return [HASHES[name] for name in hashes]


def attributes(item):
    return [(attribute.get("name"), attribute.get("value")) for attribute in item.findall(TORZNAB)]


def test_caps_say_what_may_be_asked(client):
    answer, caps = ask(client, t="caps")
    assert answer.headers["Content-Type"] == "application/xml; charset=utf-8"
    assert caps.tag == "caps"
    assert caps.find("server").get("title") == "animesite"
    assert caps.find("limits").attrib == {"max": "100", "default": "50"}
    assert caps.find("searching/search").attrib == {"available": "yes", "supportedParams": "q"}
    assert caps.find("searching/tv-search").attrib == {"available": "yes", "supportedParams": "q,season,ep"}
    assert caps.find("searching/movie-search").get("available") == "no"
    assert [category.get("id") for category in caps.findall("categories/category")] == ["2000", "5000"]
    assert [category.get("id") for category in caps.findall("categories/category/subcat")] == ["5070"]


def test_without_words_it_is_what_is_new(client, tracker):
    answer, root = ask(client, t="search", apikey="whatever", extended="1")
    assert answer.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert root.find(RESPONSE).attrib == {"offset": "0", "total": "4"}
    assert found(client, t="search") == names("latest", "film", "second", "first")
    assert tracker.last_request.path == "/v2/getUpdates"


def test_an_item_has_what_programs_need(client, tracker):
    _, root = ask(client, t="search", q="nanatsu")
    item = root.findall("channel/item")[0]
    assert tracker.last_request.qs["search"] == ["nanatsu"]
    assert item.findtext("title") == "Nanatsu no Taizai S02E13 WEBRip 1080p h265 RUS-AniLibria"
    assert item.findtext("size") == "1288490189"
    assert item.findtext("pubDate") == "Fri, 20 Nov 2026 05:59:59 +0000"
    assert item.find("enclosure").get("type") == "application/x-bittorrent"
    assert item.find("enclosure").get("url") == item.findtext("link")
    given = attributes(item)
    assert {name for name, _ in given} <= ATTRIBUTES
    assert [value for name, value in given if name == "category"] == ["5000", "5070"]
    facts = dict(given)
    assert facts["magneturl"].startswith(f"magnet:?xt=urn:btih:{HASHES['latest']}&")
    assert {name: facts[name] for name in ("seeders", "peers", "grabs", "infohash", "size", "files")} == {
        "seeders": "16",
        "peers": "18",
        "grabs": "8918",
        "infohash": HASHES["latest"],
        "size": "1288490189",
        "files": "1",
    }
    assert {name: facts[name] for name in ("season", "episode", "year")} == {
        "season": "2",
        "episode": "13",
        "year": "2019",
    }


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"t": "tvsearch"}, ["latest", "second", "first"]),
        ({"t": "tvsearch", "season": 1}, ["first"]),
        ({"t": "tvsearch", "season": 2}, ["latest", "second"]),
        ({"t": "tvsearch", "season": 2, "ep": 13}, ["latest"]),
        ({"t": "tvsearch", "season": 2, "ep": 12}, ["second"]),
        ({"t": "tvsearch", "season": 1, "ep": 25}, []),
        ({"t": "tvsearch", "ep": 13}, ["latest", "first"]),
        ({"t": "search", "cat": "2000"}, ["film"]),
        ({"t": "search", "cat": "5070"}, ["latest", "second", "first"]),
        ({"t": "search", "cat": "5030,5000"}, ["latest", "second", "first"]),
        ({"t": "search", "cat": "2000, 5070"}, ["latest", "film", "second", "first"]),
        ({"t": "search", "cat": "7000"}, []),
        ({"t": "tvsearch", "cat": "2000"}, []),
        ({"t": "search", "cat": "2000", "season": "0"}, []),
    ],
)
def test_seasons_episodes_and_categories(client, tracker, asked, expected):
    assert found(client, q="nanatsu", **asked) == names(*expected)


def test_pages_count_the_whole(client, tracker):
    _, root = ask(client, t="search", limit="2", offset="1")
    assert root.find(RESPONSE).attrib == {"offset": "1", "total": "4"}
    assert found(client, t="search", limit="2", offset="1") == names("film", "second")
    assert found(client, t="search", offset="99") == []
    assert found(client, t="search", limit="0") == []
    assert len(found(client, t="search", limit="100000")) == 4


def test_a_number_behind_the_name_is_an_episode(client, tracker):
    tracker.get(SEARCH, json=[])
    tracker.get(f"{SEARCH}?search=Nanatsu no Taizai", json=shelf())
    assert found(client, t="search", q="Nanatsu no Taizai 13") == names("latest", "first")
    assert found(client, t="search", q="Nanatsu no Taizai 013") == names("latest", "first")


def test_a_number_that_belongs_to_a_name_is_none(client, tracker):
    named = samples.title(names={"en": "Mob Psycho 100 II"}, torrents={"list": [torrent("first", 4, 1, 12, "1-12")]})
    tracker.get(SEARCH, json=[named])
    assert found(client, t="search", q="Mob Psycho 100") == names("first")
    assert len([request for request in tracker.request_history if "searchTitles" in request.path]) == 1


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({}, "200"),
        ({"t": ""}, "200"),
        ({"t": "movie"}, "202"),
        ({"t": "details", "id": "1"}, "202"),
        ({"t": "search", "limit": "many"}, "201"),
        ({"t": "search", "offset": "-1"}, "201"),
        ({"t": "tvsearch", "season": "x"}, "201"),
        ({"t": "tvsearch", "ep": "11/20"}, "201"),
        ({"t": "search", "cat": "anime"}, "201"),
        ({"t": "search", "q": "x" * 201}, "201"),
        ({"t": "search", "q": "\x00"}, "201"),
    ],
)
def test_mistakes_are_errors_with_codes(client, tracker, asked, code):
    answer, root = ask(client, **asked)
    assert answer.status_code == 200
    assert root.tag == "error"
    assert root.get("code") == code
    assert root.get("description")
    assert tracker.request_history == []


def test_a_source_that_is_down_is_an_error_to_come_back_from(client, tracker):
    tracker.get(SEARCH, exc=requests.ConnectionError)
    answer, root = ask(client, t="search", q="nanatsu")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert root.get("code") == "900"


def test_words_that_the_source_refuses_find_nothing(client, tracker):
    tracker.get(SEARCH, status_code=412, json={"error": {"code": 412, "message": "no"}})
    answer, root = ask(client, t="search", q="nanatsu")
    assert answer.status_code == 200
    assert root.find(RESPONSE).get("total") == "0"


def test_the_last_copy_answers_for_a_source_that_is_down(client, tracker, aged):
    ask(client, t="search")
    tracker.get(f"{samples.ANILIBRIA}/getUpdates", status_code=500)
    with aged():
        answer, root = ask(client, t="search")
    assert answer.status_code == 200
    assert root.find(RESPONSE).get("total") == "4"
    assert "no-cache" in answer.headers["Cache-Control"]

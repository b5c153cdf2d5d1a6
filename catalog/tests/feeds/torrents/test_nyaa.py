from __future__ import annotations

from xml.etree import ElementTree

import feedparser
import pytest
import requests

from catalog.tests.feeds.torrents.conftest import HASHES, shelf, torrent
from catalog.tests.views import samples

NYAA = "{https://nyaa.si/xmlns/nyaa}"


def items(answer):
    return ElementTree.fromstring(answer.content).findall("channel/item")


def test_feedparser_finds_nothing_wrong(client, tracker):
    answer = client.get("/torrents.rss")
    feed = feedparser.parse(answer.content)
    assert answer.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert feed.bozo == 0
    assert [entry.title for entry in feed.entries] == [
        "Nanatsu no Taizai S02E13 WEBRip 1080p h265 RUS-AniLibria",
        "Nanatsu no Film (2019) WEBRip 1080p h265 RUS-AniLibria",
        "Nanatsu no Taizai S02E01-E12 WEBRip 1080p h265 RUS-AniLibria",
        "Nanatsu no Taizai S01E01-E24 WEBRip 1080p h265 RUS-AniLibria",
    ]
    assert len({entry.id for entry in feed.entries}) == 4


def test_has_the_fields_of_trackers(client, tracker):
    item = items(client.get("/torrents.rss"))[-1]
    fields = {field.tag.removeprefix(NYAA): field.text for field in item if field.tag.startswith(NYAA)}
    assert fields == {
        "seeders": "16",
        "leechers": "2",
        "downloads": "8918",
        "infoHash": HASHES["first"],
        "categoryId": "1_3",
        "category": "Anime - Non-English-translated",
        "size": "1.2 GB",
    }
    assert item.findtext("link") == "https://www.anilibria.tv/upload/torrents/4.torrent"
    assert item.findtext("comments") == "http://testserver/title/nanatsu-no-taizai/#torrent-4"
    assert item.find("enclosure").attrib == {
        "url": "https://www.anilibria.tv/upload/torrents/4.torrent",
        "length": "1288490189",
        "type": "application/x-bittorrent",
    }


def test_links_are_magnets_where_they_are_asked_for_or_there_is_no_file(client, tracker):
    link = items(client.get("/torrents.rss?magnets"))[0].findtext("link")
    assert link.startswith(f"magnet:?xt=urn:btih:{HASHES['latest']}&dn=latest%20%26%20co&tr=")
    title = samples.title(torrents={"list": [torrent("first", 4, 1, 24, "1-24", url=None)]})
    tracker.get(f"{samples.ANILIBRIA}/searchTitles", json=[title])
    assert items(client.get("/torrents.rss?q=x"))[0].findtext("link").startswith("magnet:")


def test_what_can_be_had_in_no_way_and_what_is_blocked_is_left_out(client, tracker):
    nothing = torrent("first", 4, 1, 24, "1-24", url=None, metadata={})
    tracker.get(f"{samples.ANILIBRIA}/getUpdates", json=[samples.title(torrents={"list": [nothing]}), shelf()[-1]])
    assert items(client.get("/torrents.rss")) == []


def test_is_filtered_as_the_catalogue(client, tracker):
    client.get("/torrents.rss?genre=экшен&voice=Kari&page=2")
    asked = tracker.last_request.qs
    assert (asked["genres"], asked["voice"], asked["after"]) == (["экшен"], ["Kari"], ["24"])
    assert asked["include"] == ["torrent_meta"]
    assert "torrents" in asked["filter"][0].split(",")


def test_the_catalogue_advertises_it(client, tracker):
    page = client.get("/catalog/?voice=Kari&page=2").text
    assert '<link rel="alternate" type="application/rss+xml" title="Torrents" href="/torrents.rss?voice=Kari">' in page


def test_is_revalidated_and_says_when_its_source_is_down(client, tracker, aged):
    first = client.get("/torrents.rss")
    assert client.get("/torrents.rss", headers={"if-none-match": first.headers["ETag"]}).status_code == 304
    tracker.get(f"{samples.ANILIBRIA}/getUpdates", exc=requests.ConnectionError)
    tracker.get(f"{samples.ANILIBRIA}/searchTitles", exc=requests.ConnectionError)
    down = client.get("/torrents.rss?q=x")
    assert (down.status_code, down.headers["Retry-After"]) == (503, "30")
    with aged():
        stale = client.get("/torrents.rss")
    assert stale.status_code == 200
    assert "no-cache" in stale.headers["Cache-Control"]


@pytest.mark.parametrize("words", ["<b>&\x0b\ufffe]]>", "\u202e"])
def test_hostile_names_stay_names(client, tracker, words):
    title = samples.title(
        names={"ru": words, "en": f"Name {words}"},
        torrents={"list": [torrent("first", 4, 1, 24, words, quality=words)]},
    )
    tracker.get(f"{samples.ANILIBRIA}/getUpdates", json=[title])
    feed = feedparser.parse(client.get("/torrents.rss").content)
    assert feed.bozo == 0
    assert feed.entries[0].title.startswith("Name")

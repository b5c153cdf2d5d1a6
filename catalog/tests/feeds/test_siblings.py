"""What every list's siblings have in common."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from html import unescape
from urllib.parse import quote, urlsplit

import feedparser
import pytest
import requests
from icalendar import Calendar

from catalog.tests.feeds.conftest import HOSTILE, LISTS
from catalog.tests.views import samples

TYPES = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
    "ics": "text/calendar",
}
SIBLINGS = [(path, query, format) for path, query, dated in LISTS for format in TYPES if dated or format != "ics"]
XML = [sibling for sibling in SIBLINGS if sibling[2] in ("rss", "atom")]


def get(client, path, format, query=""):
    return client.get(f"{path}.{format}{quote(query, safe='?&=,')}")


@pytest.mark.parametrize(("path", "query", "format"), SIBLINGS)
def test_has_its_media_type_and_may_be_cached_and_revalidated(client, lists, path, query, format):
    answer = get(client, path, format, query)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == f"{TYPES[format]}; charset=utf-8"
    assert "public" in answer.headers["Cache-Control"]
    assert re.fullmatch(r"Fri, 20 Nov 2026 09:0\d:\d\d GMT", answer.headers["Last-Modified"])
    assert "Cookie" not in answer.headers.get("Vary", "")
    again = client.get(answer.wsgi_request.get_full_path(), headers={"if-none-match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(("path", "query", "dated"), LISTS)
@pytest.mark.parametrize("language", ["", "/ru"])
def test_is_advertised_by_the_page_with_its_query(client, lists, path, query, dated, language):
    page = client.get(f"{language}{path}/{quote(query, safe='?&=')}").text
    head = page.partition("</head>")[0]
    links = re.findall(
        r'<link rel="alternate" type="([^"]+)" title="(?:RSS|Atom|JSON Feed|iCalendar)" href="([^"]+)">', head
    )
    assert [media_type for media_type, _ in links] == list(TYPES.values())[: 4 if dated else 3]
    for media_type, address in links:
        url = urlsplit(unescape(address))
        assert url.path == f"{path}.{next(format for format in TYPES if TYPES[format] == media_type)}"
        asked = quote(query.removeprefix("?"), safe="&=")
        spoken = "lang=ru" if language else ""
        assert url.query == "&".join(filter(None, (asked, spoken)))
        answer = client.get(unescape(address))
        assert answer.status_code == 200
        assert answer.headers["Content-Language"] == ("ru" if language else "en")


def test_the_page_of_the_list_is_not_what_is_advertised(client, lists):
    page = client.get("/catalog/?q=grehi&page=2").text
    assert '.rss?q=grehi">' in page


@pytest.mark.parametrize("path", ["/", "/about/", "/catalog/nothing/"])
def test_a_page_that_is_no_list_advertises_nothing(client, lists, path):
    assert 'title="RSS"' not in client.get(path).text


@pytest.mark.parametrize(("path", "query", "format"), XML)
def test_feedparser_finds_nothing_wrong(client, lists, path, query, format):
    feed = feedparser.parse(get(client, path, format, query).content)
    assert feed.bozo == 0
    assert feed.version == {"rss": "rss20", "atom": "atom10"}[format]
    assert feed.feed.title.endswith(": animesite")
    assert urlsplit(feed.feed.link).path == f"{path}/"
    assert [link.href for link in feed.feed.links if link.rel == "self"] == [
        f"http://testserver{path}.{format}{quote(query, safe='?&=,')}"
    ]
    assert len(feed.entries) >= 1
    ids = [entry.id for entry in feed.entries]
    assert len(set(ids)) == len(ids)
    for entry in feed.entries:
        assert entry.id.startswith("tag:testserver,2026:")
        assert entry.title
        assert urlsplit(entry.link).scheme in ("http", "https")
        assert format == "rss" or entry.updated_parsed


@pytest.mark.parametrize("format", ["rss", "atom"])
def test_an_entry_has_what_a_reader_shows(client, lists, format):
    entry = feedparser.parse(get(client, "/catalog", format).content).entries[0]
    assert entry.title == "Семь смертных грехов, ep. 2"
    assert entry.link == "http://testserver/title/nanatsu-no-taizai/"
    assert "Грехи против Заповедей." in entry.summary
    assert "<p>TV, 24 ep., 2019</p>" in entry.summary
    assert entry.published_parsed[:5] == (2026, 11, 20, 6, 0)
    assert [tag.term for tag in entry.tags] == ["экшен", "магия"]
    assert entry.media_thumbnail[0]["url"] == "http://testserver/poster/nanatsu-no-taizai.svg"


def test_an_update_is_news_and_the_same_release_is_not(client, lists, aged):
    def ids():
        return {entry["id"] for entry in get(client, "/catalog", "json").json()["items"]}

    before = ids()
    lists.get(f"{samples.ANILIBRIA}/getUpdates", json=[samples.title(announce="Иначе"), samples.title(updated=1)])
    with aged():
        after = ids()
    assert len(before & after) == 1
    assert len(after - before) == 1


@pytest.mark.parametrize(("path", "query", "dated"), LISTS)
def test_json_feed_has_the_fields_of_its_version(client, lists, path, query, dated):
    feed = get(client, path, "json", query).json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert urlsplit(feed["home_page_url"]).path == f"{path}/"
    assert urlsplit(feed["feed_url"]).path == f"{path}.json"
    assert [list(author) for author in feed["authors"]] == [["name"]]
    for item in feed["items"]:
        assert set(item) <= {
            "id", "url", "title", "content_html", "image", "date_published", "authors", "tags", "language",
            "attachments",
        }  # fmt: skip
        assert isinstance(item["id"], str)
        assert isinstance(item["content_html"], str)
        assert item["url"].startswith("http")
        assert not dated or datetime.fromisoformat(item["date_published"]).tzinfo
        for attachment in item.get("attachments", []):
            assert attachment["mime_type"] == "video/mp4"


def test_json_feed_says_where_it_goes_on(client, lists):
    many = [samples.title(id=number, code=f"t{number}") for number in range(1, 26)]
    lists.get(f"{samples.ANILIBRIA}/searchTitles", json=many[:24])
    feed = get(client, "/catalog", "json", "?q=grehi&lang=ru").json()
    assert feed["next_url"] == "http://testserver/catalog.json?page=2&q=grehi&lang=ru"
    assert feed["home_page_url"] == "http://testserver/ru/catalog/?q=grehi"
    lists.get(f"{samples.ANILIBRIA}/searchTitles", json=many[24:])
    assert "next_url" not in client.get(feed["next_url"]).json()
    assert lists.last_request.qs["after"] == ["24"]


@pytest.mark.parametrize(("path", "query"), [(path, query) for path, query, dated in LISTS if dated])
def test_a_calendar_reads_back(client, lists, path, query):
    calendar = Calendar.from_ical(get(client, path, "ics", query).content)
    assert calendar["version"] == "2.0"
    assert calendar["refresh-interval"].to_ical() == b"PT1H"
    assert calendar["x-published-ttl"] == "PT1H"
    events = calendar.walk("VEVENT")
    assert len(events) >= 1
    uids = [str(event["uid"]) for event in events]
    assert len(set(uids)) == len(uids)
    for event in events:
        assert event["summary"]
        assert event["transp"] == "TRANSPARENT"
        assert isinstance(event.decoded("dtstart"), date)
        assert event.decoded("dtstamp").tzinfo


@pytest.mark.parametrize(("path", "query", "format"), SIBLINGS)
def test_an_upstream_that_is_down_is_said_in_text(client, lists, path, query, format):
    lists.get(requests_mock_any(), exc=requests.ConnectionError)
    answer = get(client, path, format, query)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.text == "The source is not answering.\n"


@pytest.mark.parametrize(("path", "query", "format"), SIBLINGS)
def test_the_last_copy_outlives_the_upstream(client, lists, path, query, format, aged):
    before = get(client, path, format, query)
    lists.get(requests_mock_any(), exc=requests.ConnectionError)
    with aged(3600 * 30):
        after = get(client, path, format, query)
    assert after.status_code == 200
    assert "no-cache" in after.headers["Cache-Control"]
    assert path == "/schedule" or after.headers["Last-Modified"] == before.headers["Last-Modified"]


@pytest.mark.parametrize(
    "path", ["/catalog", "/schedule", "/feed", "/clips", "/loops", "/videos", "/videos/@sora.cels", "/team", "/stats"]
)
@pytest.mark.parametrize("format", ["rss", "atom", "json"])
def test_nothing_is_an_empty_list(client, lists, path, format):
    for method in ("getUpdates", "getSchedule", "getFeed", "getYouTube", "getSeedStats"):
        lists.get(f"{samples.ANILIBRIA}/{method}", json=[])
    lists.get(f"{samples.ANILIBRIA}/getTeam", json={"team": {}})
    lists.get(f"{samples.ANIMELOOP}/loop", json=samples.animeloop([]))
    lists.get(f"{samples.LOOPS}/api/web/feed", json={"data": [], "links": {}, "meta": {}})
    answer = get(client, path, format)
    assert answer.status_code == 200
    if format == "json":
        assert answer.json()["items"] == []
    else:
        assert feedparser.parse(answer.content).bozo == 0


@pytest.mark.parametrize("path", ["/series/59adb3f8c4c0bc6579431f4a", "/series/x", "/team/nobody", "/team/a,b"])
@pytest.mark.parametrize("format", ["rss", "json"])
def test_what_does_not_exist_is_a_404_in_text(client, lists, path, format):
    lists.get(f"{samples.ANIMELOOP}/series", json=samples.animeloop({}))
    lists.get(f"{samples.ANILIBRIA}/searchTitles", json=[])
    answer = get(client, path, format)
    assert answer.status_code == 404
    assert answer.text == "There is nothing at this address.\n"


@pytest.mark.parametrize("path", ["/ru/catalog.rss", "/team.ics", "/stats.ics", "/catalog.xml"])
def test_has_one_path_and_the_formats_that_make_sense(client, lists, path):
    assert client.get(path).status_code == 404


def test_values_that_make_no_sense_are_named(client, lists):
    feed = get(client, "/catalog", "json", "?year=x&season=9&page=0&genre=экшен").json()
    assert feed["description"] == "экшен Ignored: Page: 0; Year: x; Season: 9."


def test_our_words_follow_lang_and_an_unknown_one_is_english(client, lists):
    assert get(client, "/clips", "json", "?lang=ru").json()["title"] == "Ролики: animesite"
    assert get(client, "/clips", "json", "?lang=xx").json()["title"] == "Clips: animesite"


@pytest.mark.parametrize("format", TYPES)
def test_hostile_words_stay_words(client, lists, format):
    hostile = samples.title(
        names={"ru": HOSTILE, "en": None, "alternative": None},
        announce=HOSTILE,
        genres=[HOSTILE],
        description=f'{HOSTILE}<img src=x onerror=alert(1)><a href="javascript:alert(1)">a</a><b>bold</b>',
    )
    lists.get(f"{samples.ANILIBRIA}/searchTitles", json=[hostile])
    answer = client.get(f"/catalog.{format}", {"q": "\x0b<script>"})
    assert answer.status_code == 200
    if format == "ics":
        event = Calendar.from_ical(answer.content).walk("VEVENT")[0]
        assert event["summary"].startswith("<script>alert(1)</script>")
        return
    if format == "json":
        item = json.loads(answer.content)["items"][0]
        title, html = item["title"], item["content_html"]
    else:
        feed = feedparser.parse(answer.content, sanitize_html=False)
        assert feed.bozo == 0
        title, html = feed.entries[0].title, feed.entries[0].summary
    assert "<script>alert(1)</script>" in unescape(title)
    assert "<script" not in html
    assert "<img" not in html
    assert "onerror=alert" not in html
    assert "javascript:" not in html
    assert "<b>bold</b>" in html


def requests_mock_any():
    return re.compile(".*")

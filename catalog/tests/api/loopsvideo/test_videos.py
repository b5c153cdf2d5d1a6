"""The Video resource, its compact sister, and the pages that carry them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine

from catalog.api.loopsvideo.source import DeadVideo
from catalog.domain.videos import Video
from catalog.tests.api.loopsvideo.conftest import ODD, WOW, video

EXAMPLE = {
    "id": "107099161459215690",
    "account": {
        "id": "1",
        "name": "dansup",
        "username": "dansup",
        "avatar": "https://loopsusercontent.com/avatars/1/y6i8g7330.jpg",
    },
    "caption": "Wow!",
    "url": "https://loops.video/v/5YvxWOxcRa",
    "shortcode": "5YvxWOxcRa",
    "is_owner": True,
    "is_sensitive": False,
    "is_local": True,
    "media": {
        "thumbnail": "https://loopsusercontent.com/videos/1/SZDoYkIThHJ.jpg",
        "src_url": "https://loopsusercontent.com/videos/1/SZDoYkIThHJ.mp4",
        "hls_url": None,
        "alt_text": None,
        "duration": 54,
        "width": 720,
        "height": 1278,
    },
    "pinned": True,
    "likes": 327,
    "shares": 23,
    "comments": 50,
    "bookmarks": 6,
    "has_liked": True,
    "has_bookmarked": True,
    "is_edited": True,
    "lang": None,
    "tags": [],
    "mentions": [],
    "permissions": {
        "can_comment": True,
        "can_download": False,
        "can_duet": False,
        "can_stitch": False,
        "can_embed": True,
    },
    "audio": {
        "has_audio": True,
        "id": "at:107099161459215690",
        "count": 0,
        "key": "80cf38c3-cd9c-4e75-8e24-a955c79c883b",
        "sound_id": "248936263126653225",
    },
    "meta": {"contains_ai": False, "contains_ad": False},
    "created_at": "2025-01-18T00:15:42+00:00",
}


def keys(value: Any) -> list[Any]:
    """The keys of nested objects in the order in which they stand."""
    return [(key, keys(inner)) for key, inner in value.items()] if isinstance(value, dict) else []


def test_a_video_is_the_documents_example_in_the_documents_order(ask):
    response = ask("/api/v1/video/107099161459215690")
    assert response.json() == {"data": EXAMPLE}
    assert keys(response.json()["data"]) == keys(EXAMPLE)


def test_what_is_unknown_is_null(ask):
    data = ask("/api/v1/video/64").json()["data"]
    assert data["media"] == {
        "thumbnail": None,
        "src_url": None,
        "hls_url": None,
        "alt_text": "waves",
        "duration": 8,
        "width": None,
        "height": None,
    }
    assert data["audio"]["sound_id"] is None
    assert data["created_at"] is None
    assert data["account"]["avatar"] is None
    assert (data["is_sensitive"], data["is_local"], data["lang"]) == (True, False, "zh-TW")
    assert data["tags"] == ["sea", "море"]
    assert data["meta"] == {"contains_ai": True, "contains_ad": True}


def test_mentions_are_counted_in_utf16_units(ask):
    data = ask("/api/v1/video/64").json()["data"]
    assert data["mentions"] == [
        {"username": "dansup", "start_index": 7, "end_index": 14, "profile_id": "1", "is_local": True},
        {
            "username": "mika@tube.example",
            "start_index": 19,
            "end_index": 37,
            "profile_id": None,
            "is_local": False,
        },
    ]
    units = data["caption"].encode("utf-16-le")
    for mention in data["mentions"]:
        assert (
            units[2 * mention["start_index"] : 2 * mention["end_index"]].decode("utf-16-le")
            == f"@{mention['username']}"
        )


def test_the_feed_is_one_page_of_at_most_ten(ask, source):
    source.liked = [video(number) for number in range(60)]
    answer = ask("/api/web/feed").json()
    assert len({entry["id"] for entry in answer["data"]}) == 10
    assert answer["links"] == {"first": None, "last": None, "prev": None, "next": None}
    assert answer["meta"] == {
        "path": "http://testserver/loops/api/web/feed",
        "per_page": 10,
        "next_cursor": None,
        "prev_cursor": None,
    }


def test_the_feed_is_drawn_anew_every_45_minutes(ask, source):
    source.liked = [video(number) for number in range(60)]
    with time_machine.travel("2026-11-20T12:00:00Z", tick=False) as clock:
        first = ask("/api/web/feed").json()
        clock.shift(44 * 60)
        assert ask("/api/web/feed").json() == first
        clock.shift(60)
        assert ask("/api/web/feed").json() != first


def test_the_dead_stay_in_lists(ask):
    entries = ask("/api/web/feed").json()["data"]
    assert [] in entries
    (orphan,) = [entry for entry in entries if entry and entry["account"] == []]
    assert orphan["id"] == ODD.id
    assert keys(orphan)[:3] == [("id", []), ("account", []), ("caption", [])]


def walk(ask: Callable[..., Any], sort: str) -> list[list[int]]:
    """The ids of every page, following the cursors."""
    pages: list[list[int]] = []
    cursor: str | None = ""
    while cursor is not None:
        query = f"sort={sort}&cursor={cursor}" if cursor else f"sort={sort}"
        answer = ask(f"/api/v1/feed/account/1?{query}").json()
        pages.append([int(entry["id"]) for entry in answer["data"]])
        cursor = answer["meta"]["next_cursor"]
    return pages


def test_the_latest_begin_with_the_pinned_which_come_again(ask, source):
    source.of_account = [video(number, pinned=number in (2, 9, 11, 24)) for number in range(1, 26)]
    assert walk(ask, "Latest") == [
        [24, 11, 9, 25, 23, 22, 21, 20, 19, 18, 17, 16, 15],
        [14, 13, 12, 11, 10, 9, 8, 7, 6, 5],
        [4, 3, 2, 1],
    ]


def test_the_oldest_have_nothing_pinned_on_top(ask, source):
    source.of_account = [video(number, pinned=number == 9) for number in range(1, 13)]
    assert walk(ask, "Oldest") == [list(range(1, 11)), [11, 12]]


def test_the_popular_lose_what_ties_at_the_edge_of_a_page(ask, source):
    source.of_account = [video(number, likes=likes) for number, likes in enumerate([9] * 9 + [5] * 3 + [1], start=1)]
    pages = walk(ask, "Popular")
    assert [len(page) for page in pages] == [10, 1]
    assert pages[1] == [13]


def test_a_page_leads_back_to_the_one_before(ask, source):
    source.of_account = [video(number) for number in range(1, 26)]
    first = ask("/api/v1/feed/account/1?sort=Latest").json()
    assert first["links"]["prev"] is None
    second = ask(urlsplit_path(first["links"]["next"])).json()
    third = ask(urlsplit_path(second["links"]["next"])).json()
    assert third["links"]["next"] is None
    assert ask(urlsplit_path(third["links"]["prev"])).json()["data"] == second["data"]
    back = ask(urlsplit_path(second["links"]["prev"])).json()
    assert back["data"] == first["data"]
    assert back["meta"]["prev_cursor"] is None
    assert back["meta"]["next_cursor"] == first["meta"]["next_cursor"]


def urlsplit_path(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path.removeprefix('/loops')}?{parts.query}"


def test_links_repeat_the_sorting(ask, source):
    source.of_account = [video(number) for number in range(1, 13)]
    answer = ask("/api/v1/feed/account/1?sort=Oldest&limit=3").json()
    parts = urlsplit(answer["links"]["next"])
    assert (parts.netloc, parts.path) == ("testserver", "/loops/api/v1/feed/account/1")
    assert parse_qs(parts.query) == {"sort": ["Oldest"], "cursor": [answer["meta"]["next_cursor"]]}
    assert answer["meta"]["per_page"] == len(answer["data"]) == 10
    assert "sort" not in ask("/api/v1/feed/account/1").json()["links"]["next"]


@pytest.mark.parametrize("cursor", ["nonsense", "{}", "W10", "eyJpZCI6IngifQ", "жж", "eyJsaWtlcyI6MX0"])
def test_a_cursor_that_is_none_shows_the_first_page(ask, source, cursor):
    source.of_account = [video(number) for number in range(1, 13)]
    assert ask(f"/api/v1/feed/account/1?cursor={cursor}").json()["data"][0]["id"] == "12"


def test_an_account_by_its_handle(ask):
    assert ask("/api/v1/account/username/dansup").json() == {"data": EXAMPLE["account"]}
    assert ask("/api/v1/account/username/mika@tube.example").json()["data"]["id"] == "9001"


def test_tags_in_fashion(ask):
    assert ask("/api/v1/explore/tags").json() == {
        "data": [{"id": 7, "name": "sea", "count": 23}, {"id": 9, "name": "море", "count": 3}]
    }


def test_a_tag_shows_the_compact_shape(ask):
    answer = ask("/api/v1/tags/video/sea").json()
    assert answer["meta"] == {
        "total_results": 23,
        "limit": 9,
        "next_cursor": None,
        "has_more": False,
        "is_guest": True,
    }
    odd, orphan, nothing = answer["data"]
    assert (orphan["id"], orphan["account"], nothing) == (WOW.id, [], [])
    assert odd == {
        "id": "64",
        "hid": "10",
        "account": {"id": "9001", "name": "Mika 🌸", "username": "mika@tube.example", "avatar": None},
        "caption": "🌊 hey @dansup and @mika@tube.example",
        "captionText": "🌊 hey @dansup and @m... • 0 likes • 0 comments",
        "captionLinked": (
            '🌊 hey <a href="/@dansup">@dansup</a> and <a href="/@mika@tube.example">@mika@tube.example</a>'
        ),
        "url": None,
        "likes": 0,
        "shares": 0,
        "comments": 0,
        "bookmarks": 0,
        "is_sensitive": True,
        "created_at": None,
        "updated_at": None,
        "media": {"duration": 8, "width": 720, "height": 1280, "thumbnail": None},
    }


def test_a_compact_caption_is_escaped_before_it_is_linked(ask, source):
    source.of_tag = [
        video_with("<b>it's</b> #море, #a_b! x@y.example https://e.example/#top"),
        video_with(None),
    ]
    linked, silent = ask("/api/v1/tags/video/sea").json()["data"]
    assert linked["captionLinked"] == (
        "&lt;b&gt;it&#x27;s&lt;/b&gt; "
        '<a href="/tag/%D0%BC%D0%BE%D1%80%D0%B5">#море</a>, <a href="/tag/a_b">#a_b</a>! x@y.example '
        "https://e.example/#top"
    )
    assert (silent["captionLinked"], silent["captionText"]) == (None, "Untitled loop • 0 likes • 0 comments")


def video_with(caption: str | None) -> Video:
    return Video(id="5", account=WOW.account, caption=caption)


def test_guests_see_the_newest_nine_of_a_tag(ask, source):
    source.of_tag = [video(number) for number in range(30)]
    assert [entry["id"] for entry in ask("/api/v1/tags/video/sea").json()["data"]] == [str(n) for n in range(9)]


def test_guests_see_one_page_of_a_tag_in_fashion(ask, source):
    source.of_tag = [video(number) for number in range(30)]
    answer = ask("/api/v1/explore/tag-feed/sea").json()
    assert len(answer["data"]) == 22
    assert "hid" in answer["data"][0]
    assert answer["links"]["next"] is None
    assert answer["meta"]["next_cursor"] is None


def test_a_sensitive_tag_shows_guests_nothing(ask):
    assert ask("/api/v1/tags/video/nsfw").json() == {
        "data": [],
        "links": [],
        "meta": {"is_nsfw": True, "is_guest": True},
    }


def test_an_empty_account_has_an_empty_page(ask, source):
    source.of_account = []
    answer = ask("/api/v1/feed/account/1").json()
    assert (answer["data"], answer["meta"]["next_cursor"]) == ([], None)


def test_a_feed_of_the_dead_alone(ask, source):
    source.liked = [DeadVideo()]
    assert ask("/api/web/feed").json()["data"] == [[]]

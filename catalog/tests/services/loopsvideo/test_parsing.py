"""Every field of a video, and the edge cases that real servers send."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from catalog.domain.videos import (
    Account,
    Mention,
    Video,
    VideoAudio,
    VideoMedia,
    VideoPage,
    VideoPermissions,
)
from catalog.services.errors import UpstreamNotFound, UpstreamRejected, UpstreamUnavailable
from catalog.services.loopsvideo.parsing import error_of, parse_video, read_page, read_tags, read_video
from catalog.tests.services.loopsvideo import samples

ACCOUNT = Account(
    id="1", username="dansup", name="dansup", avatar_url="https://loopsusercontent.com/avatars/1/y6i8g7330.jpg"
)


def read(*entries, **page):
    return read_page("feed")(samples.page(*entries, **page))


def mentions(caption, *entries):
    return parse_video(samples.video(caption=caption, mentions=list(entries))).mentions


def mention(username, start, end, **more):
    return {"username": username, "start_index": start, "end_index": end, "profile_id": "7", "is_local": True} | more


def test_every_field_of_the_document():
    assert parse_video(samples.video(lang="en", tags=["cats", "#dogs"])) == Video(
        id=samples.VIDEO_ID,
        account=ACCOUNT,
        caption="Wow!",
        url="https://loops.video/v/5YvxWOxcRa",
        shortcode="5YvxWOxcRa",
        media=VideoMedia(
            thumbnail_url="https://loopsusercontent.com/videos/1/a.jpg",
            src_url="https://loopsusercontent.com/videos/1/a.mp4",
            duration=54.0,
            width=720,
            height=1278,
        ),
        is_owner=True,
        is_sensitive=False,
        is_local=True,
        pinned=True,
        likes=327,
        shares=23,
        comments=50,
        bookmarks=6,
        has_liked=True,
        has_bookmarked=True,
        is_edited=True,
        lang="en",
        tags=("cats", "dogs"),
        permissions=VideoPermissions(can_comment=True, can_embed=True),
        audio=VideoAudio(
            has_audio=True,
            id="at:107099161459215690",
            key="80cf38c3-cd9c-4e75-8e24-a955c79c883b",
            sound_id="248936263126653225",
        ),
        created_at=datetime(2025, 1, 18, 0, 15, 42, tzinfo=UTC),
    )


def test_the_compact_shape_of_tags():
    video = parse_video(samples.compact())
    assert video.shortcode == "5YvxWOxcRa"
    assert video.caption == "Rain & #neon\ntonight"
    assert (video.media.src_url, video.permissions, video.tags) == (None, VideoPermissions(), ())
    assert (video.likes, video.media.duration) == (5, 12.0)


def test_hostile_html_of_the_compact_shape_is_only_text():
    caption = parse_video(
        samples.compact(captionLinked="<script>alert(1)</script>&lt;b&gt;x<img src=x onerror=y>")
    ).caption
    assert caption == "<b>x"


@pytest.mark.parametrize(
    "changes",
    [
        {"caption": None},
        {"media": {"thumbnail": None, "src_url": None, "duration": None, "width": None, "height": None}},
        {"media": []},
        {"audio": {"has_audio": True, "sound_id": None}},
        {"audio": [], "permissions": [], "meta": [], "tags": None, "mentions": None},
        {"lang": "zh-TW"},
        {"created_at": None, "url": None, "likes": None, "comments": -1},
    ],
)
def test_a_video_survives_what_is_missing(changes):
    video = parse_video(samples.video(**changes))
    assert (video.id, video.account) == (samples.VIDEO_ID, ACCOUNT)
    assert video.comments >= 0


def test_media_of_other_hosts_is_not_used():
    hostile = {"thumbnail": "https://evil.example/a.jpg", "src_url": "javascript:alert(1)", "width": 0, "duration": -1}
    assert parse_video(samples.video(media=hostile)).media == VideoMedia()


def test_a_page_is_only_linked_to_over_http():
    assert parse_video(samples.video(url="javascript:alert(1)")).url is None


def test_the_shortcode_is_that_of_the_id_whatever_was_sent():
    assert parse_video(samples.video(shortcode="../../admin")).shortcode == samples.SHORTCODE


def test_a_remote_account_keeps_its_host():
    account = samples.account(username="@sora@cels.example", name=None, avatar=None)
    assert parse_video(samples.video(account=account, is_local=False)).account == Account(
        id="1", username="sora@cels.example", name="Dan"
    )


@pytest.mark.parametrize("dead", [[], None, {}, samples.video(account=[]), samples.video(account=None)])
def test_dead_videos_are_skipped_without_a_word(dead, caplog):
    assert [video.id for video in read(samples.video("1"), dead, samples.video("2")).videos] == ["1", "2"]
    assert not caplog.records


@pytest.mark.parametrize(
    "bad", ["text", 5, samples.video("x"), samples.video(id=None), samples.video(account={"id": 1}), {"id": "5"}]
)
def test_one_bad_video_drops_itself(bad, caplog):
    assert [video.id for video in read(samples.video("1"), bad).videos] == ["1"]
    assert "loops: dropped an entry" in caplog.text or bad == {"id": "5"}


def test_a_pinned_video_that_comes_again_is_taken_once_in_its_first_place():
    entries = [samples.video("3", pinned=True), samples.video("9", pinned=False), samples.video("3", pinned=True)]
    assert [video.id for video in read(*entries).videos] == ["3", "9"]


def test_cursors_come_from_meta_or_from_the_links():
    assert read(next="abc", prev="def") == VideoPage(videos=(), next_cursor="abc", prev_cursor="def")
    linked = {"data": [], "links": {"next": "https://loops.video/api/x?cursor=a%3Db&sort=Latest", "prev": None}}
    assert read_page("feed")(linked).next_cursor == "a=b"
    assert read_page("feed")({"data": [], "links": [], "meta": []}).next_cursor is None


def test_a_tag_for_adults_says_so():
    withheld = {"data": [], "links": [], "meta": {"is_nsfw": True, "is_guest": True}}
    assert read_page("tag")(withheld) == VideoPage(videos=(), is_nsfw=True)


def test_a_tag_tells_how_many_it_has():
    assert read_page("tag")({"data": [], "meta": {"total_results": 41}}).total == 41


@pytest.mark.parametrize("payload", [{"data": {}}, {"data": "x"}, {}, [], "x", None, 5])
def test_what_is_no_page_is_refused(payload):
    with pytest.raises((TypeError, KeyError, AttributeError)):
        read_page("feed")(payload)


@pytest.mark.parametrize("data", [[], {}, None, samples.video(account=[])])
def test_a_video_without_its_author_is_gone(data):
    with pytest.raises(UpstreamNotFound):
        read_video("video 1")({"data": data})


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("404", UpstreamNotFound),
        (410, UpstreamNotFound),
        (403, UpstreamRejected),
        (400, UpstreamRejected),
        (429, UpstreamUnavailable),
        (500, UpstreamUnavailable),
        ("unknown", UpstreamUnavailable),
    ],
)
def test_an_error_inside_a_success(code, error):
    with pytest.raises(error, match="because"):
        read_video("video 1")(samples.error(code, "because"))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (samples.error("403", "Private"), (403, "Private")),
        ({"message": "Not Found."}, (None, "Not Found.")),
        ({"message": "Bad", "errors": {"sort": ["Unknown"]}}, (None, "Bad")),
        ({"error": "Forbidden"}, (None, "Forbidden")),
        ([], (None, "")),
        ("<html>", (None, "<html>")),
        (None, (None, "")),
    ],
)
def test_how_errors_are_worded(body, expected):
    assert error_of(body) == expected


def test_mentions_count_in_utf_16():
    caption = "🎆🎆 с @sora и @dansup!"
    assert mentions(caption, mention("sora", 7, 12), mention("dansup", 15, 22)) == (
        Mention(username="sora", start=5, end=10, profile_id="7"),
        Mention(username="dansup", start=13, end=20, profile_id="7"),
    )
    assert caption[5:10] == "@sora"
    assert caption[13:20] == "@dansup"


def test_a_remote_mention_may_show_only_the_name():
    remote = mention("sora@cels.example", 3, 8, is_local=False)
    assert mentions("hi @sora", remote) == (
        Mention(username="sora@cels.example", start=3, end=8, profile_id="7", is_local=False),
    )
    whole = mention("sora@cels.example", 3, 21, is_local=False)
    assert mentions("hi @sora@cels.example", whole)[0].end == 21


@pytest.mark.parametrize(
    "bad",
    [
        mention("sora", 0, 5),
        mention("sora", 1, 6),
        mention("sora", 3, 99),
        mention("sora", -2, 3),
        mention("sora", 8, 3),
        mention("sora", None, 8),
        mention("nobody", 3, 8),
        {"username": "sora"},
        [],
        "sora",
    ],
)
def test_a_mention_that_is_not_where_it_says_is_dropped(bad):
    assert mentions("🎆 @sora", bad) == ()


def test_mentions_come_in_order_and_never_inside_another():
    caption = "@dansup @sora"
    found = mentions(caption, mention("sora", 8, 13), mention("dansup", 0, 7), mention("dansup", 0, 7))
    assert [(found.start, found.end) for found in found] == [(0, 7), (8, 13)]


@pytest.mark.parametrize(
    "payload",
    [
        {"data": [{"id": 1, "name": "neon", "count": 5}, {"name": "#rain"}, {"id": 2}, {"name": "neon"}]},
        ["neon", "#rain", None, "neon"],
    ],
)
def test_trending_tags_are_names(payload):
    assert read_tags(payload) == ("neon", "rain")

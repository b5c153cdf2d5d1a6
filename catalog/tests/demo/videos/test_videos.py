"""The demo's videos: the document's example, every oddity, and the same for everyone."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from catalog.api.loopsvideo.refusals import Forbidden, FrontPage, Suspended, Throttled
from catalog.api.loopsvideo.source import DeadVideo
from catalog.demo.media.clips import CLIPS
from catalog.demo.videos import DemoVideos, avatar_specs, video_specs
from catalog.demo.videos.source import REFUSALS, REFUSED_HANDLES
from catalog.domain.videos import Video, shortcode, video_id

ORIGIN = "http://127.0.0.1:9000"
TODAY = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
ACCOUNT_IDS = [spec.account_id for spec in avatar_specs() if spec.account_id not in REFUSALS]
LOCAL_CAPTION_LIMIT = 200


@pytest.fixture
def demo() -> DemoVideos:
    return DemoVideos(ORIGIN, lambda: TODAY)


def everything(demo: DemoVideos) -> list[Any]:
    return [video for account_id in ACCOUNT_IDS for video in demo.account_videos(account_id) or ()]


def test_the_documents_example_keeps_its_figures(demo):
    video = demo.video("107099161459215690")
    assert video.shortcode == "5YvxWOxcRa"
    assert video.url == f"{ORIGIN}/loops/v/5YvxWOxcRa"
    assert (video.account.id, video.account.username, video.account.name) == ("1", "dansup", "dansup")
    assert video.caption == "Wow!"
    assert (video.likes, video.shares, video.comments, video.bookmarks) == (327, 23, 50, 6)
    assert (video.media.duration, video.media.width, video.media.height) == (54, 720, 1278)
    assert video.is_owner
    assert video.has_liked
    assert video.has_bookmarked
    assert video.pinned
    assert video.is_edited
    assert video.lang is None
    assert (video.tags, video.mentions) == ((), ())
    assert video.permissions.can_comment
    assert video.permissions.can_embed
    assert not video.permissions.can_download
    assert not video.permissions.can_duet
    assert not video.permissions.can_stitch
    assert video.audio.has_audio
    assert video.audio.id == "at:107099161459215690"
    assert video.audio.key == "80cf38c3-cd9c-4e75-8e24-a955c79c883b"
    assert video.audio.sound_id == "248936263126653225"
    assert video.created_at == datetime(2025, 1, 18, 0, 15, 42, tzinfo=UTC)


def test_there_are_60_videos_each_reachable_by_its_number(demo):
    videos = everything(demo)
    assert len({video.id for video in videos}) == len(videos) == 60
    for video in videos:
        assert demo.video(video.id) == video
        assert video.shortcode == shortcode(video.id)
        assert video_id(video.shortcode) == video.id


def test_numbers_grow_with_time(demo):
    videos = sorted(everything(demo), key=lambda video: int(video.id))
    dates = [video.created_at for video in videos]
    assert dates == sorted(dates)
    assert dates[-1] < TODAY


def test_every_oddity_is_there(demo):
    videos = everything(demo)

    def some(test: Callable[[Any], Any], at_least: int = 1) -> bool:
        return sum(map(bool, map(test, videos))) >= at_least

    assert some(lambda video: video.caption is None, 2)
    assert some(lambda video: video.media.src_url is None)
    assert some(lambda video: video.media.duration is None, 2)
    assert some(lambda video: video.media.width is None and video.media.height is None, 2)
    assert some(lambda video: video.audio.sound_id is None and video.audio.has_audio)
    assert some(lambda video: not video.audio.has_audio, 2)
    assert some(lambda video: len(video.mentions) >= 3)
    assert some(lambda video: any(not mention.is_local for mention in video.mentions))
    assert some(lambda video: not video.is_local and "@" in video.account.username, 2)
    assert some(lambda video: video.is_sensitive and not video.permissions.can_embed, 2)
    assert some(lambda video: (video.media.width or 0) > (video.media.height or 0), 3)
    assert some(lambda video: video.media.width is not None and video.media.width == video.media.height, 2)
    assert some(lambda video: video.contains_ai)
    assert some(lambda video: video.contains_ad)
    assert some(lambda video: video.contains_ai and video.contains_ad)
    assert some(lambda video: video.is_edited, 3)
    assert some(lambda video: not video.permissions.can_comment and video.comments == 0 and video.likes > 100)
    assert some(lambda video: not video.permissions.can_embed and not video.is_sensitive)
    assert some(lambda video: video.permissions.can_download, 2)
    assert some(lambda video: video.permissions.can_duet and video.permissions.can_stitch)
    assert some(lambda video: video.likes == 0)
    assert some(lambda video: video.likes == 1_234_567)
    assert some(lambda video: len(video.media.alt_text or "") == 2000)
    assert {"zh-TW", "ru", "ja", "en", None} <= {video.lang for video in videos}


def test_captions_are_awkward(demo):
    captions = [video.caption or "" for video in everything(demo)]
    for wanted in ("\n\n", "https://", "<script>", "&", '"'):
        assert any(wanted in caption for caption in captions), wanted
    assert any(unicodedata.bidirectional(letter) in ("R", "AL") for caption in captions for letter in caption)
    assert all(len(video.caption or "") <= LOCAL_CAPTION_LIMIT or not video.is_local for video in everything(demo))
    assert max(map(len, captions)) > 1000


def test_mentions_stand_where_they_say(demo):
    mentioned = [video for video in everything(demo) if video.mentions]
    for video in mentioned:
        for mention in video.mentions:
            assert video.caption[mention.start : mention.end] == f"@{mention.username}"
            assert demo.account(mention.username).id == mention.profile_id
    assert any(ord(letter) > 0xFFFF for video in mentioned for letter in video.caption[: video.mentions[0].start])


def test_files_are_in_the_store_and_last_as_long_as_the_data_says(demo):
    specs = {spec.video_id: spec for spec in video_specs()}
    for video in everything(demo):
        spec = specs[video.id]
        assert video.media.thumbnail_url == ORIGIN + spec.thumbnail_path
        assert video.media.src_url in (None, ORIGIN + spec.video_path)
        assert video.media.duration in (None, round(spec.source.seconds))
        if video.id != "107099161459215690":
            assert video.media.width in (None, spec.source.width)
            assert video.media.height in (None, spec.source.height)
        assert video.audio.has_audio == spec.source.has_audio
    assert {spec.clip for spec in video_specs()} == set(CLIPS)


def test_avatars_are_in_the_store(demo):
    avatars = {video.account.avatar_url for video in everything(demo)}
    assert avatars <= {ORIGIN + spec.path for spec in avatar_specs()}


def test_the_popular_are_local_safe_and_liked_and_two_of_them_are_dead(demo):
    entries = demo.popular()
    alive = [entry for entry in entries if isinstance(entry, Video)]
    dead = [entry for entry in entries if isinstance(entry, DeadVideo)]
    assert all(video.is_local and not video.is_sensitive and video.likes >= 10 for video in alive)
    assert [video.likes for video in alive] == sorted((video.likes for video in alive), reverse=True)
    assert 40 <= len(alive) <= 58
    assert [entry.video is None for entry in dead] == [False, True]


def test_one_account_fills_several_pages_with_its_pinned_ones_on_a_later_one(demo):
    videos = sorted(demo.account_videos("24"), key=lambda video: int(video.id), reverse=True)
    assert len(videos) == 24
    assert [place for place, video in enumerate(videos) if video.pinned] == [4, 12, 17]
    likes = sorted((video.likes for video in videos), reverse=True)
    assert likes[9] == likes[10], "the popular tie at the edge of their first page"


def test_accounts_are_found_by_handle(demo):
    assert demo.account("sora.cels").id == "24"
    assert demo.account("mika@tube.example").id == "9001"
    assert demo.account("nobody") is None
    assert demo.account_videos("12345") is None
    assert demo.video("12345") is None


def test_tags(demo):
    trending = demo.trending_tags()
    assert len(trending) == 12
    assert trending[0].name == "гуашь"
    assert [tag.count for tag in trending] == sorted((tag.count for tag in trending), reverse=True)
    assert trending[0].count == len(demo.tagged("гуашь")) == 24
    assert len({tag.id for tag in trending}) == 12
    assert demo.tag("nothing") is None
    assert demo.tagged("nothing") == []
    assert demo.tag("spoilers").is_sensitive
    assert "spoilers" not in {tag.name for tag in trending}


def test_a_tag_carries_the_dead_among_the_first(demo):
    entries = demo.tagged("process")
    assert [type(entry) for entry in entries[:4]] == [Video, DeadVideo, DeadVideo, Video]
    assert entries[1].video.account.username == "gone.by.morning"
    with pytest.raises(Suspended):
        demo.video(entries[1].video.id)


@pytest.mark.parametrize(
    ("number", "handle", "refusal"),
    [
        ("200", "front.page", FrontPage),
        ("400", "suspended", Suspended),
        ("403", "members.only", Forbidden),
        ("429", "rate.limited", Throttled),
        ("666", "gone.by.morning", Suspended),
    ],
)
def test_some_numbers_and_handles_are_refused(demo, number, handle, refusal):
    for call, subject in ((demo.video, number), (demo.account_videos, number), (demo.account, handle)):
        with pytest.raises(refusal):
            call(subject)
    assert REFUSED_HANDLES[handle] == number


def test_two_people_see_the_same(demo):
    assert everything(demo) == everything(DemoVideos(ORIGIN, lambda: TODAY))


def test_posts_move_with_the_day_but_keep_their_numbers(demo):
    tomorrow = everything(DemoVideos(ORIGIN, lambda: TODAY + timedelta(days=1)))
    for before, after in zip(everything(demo), tomorrow, strict=True):
        assert before.id == after.id
        is_the_documents = before.id == "107099161459215690"
        assert after.created_at - before.created_at == timedelta(days=0 if is_the_documents else 1)
    later = DemoVideos(ORIGIN, lambda: TODAY.replace(hour=23))
    assert everything(later) == everything(demo)

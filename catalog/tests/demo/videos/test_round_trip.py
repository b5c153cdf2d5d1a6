"""What the demo serves is what the site reads: only the dead are dropped, nothing else is lost or changed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine

from catalog.api import loopsvideo as api
from catalog.api.loopsvideo.source import DeadVideo
from catalog.demo.videos import DemoVideos, avatar_specs
from catalog.demo.videos.source import REFUSALS
from catalog.domain.videos import Video
from catalog.services import loopsvideo
from catalog.services.errors import UpstreamBadData, UpstreamNotFound, UpstreamRejected, UpstreamUnavailable
from catalog.tests.demo.wire import ORIGIN, wired

DEMO = DemoVideos(ORIGIN, lambda: datetime(2026, 11, 20, 15, 30, tzinfo=UTC))
ACCOUNT_IDS = [spec.account_id for spec in avatar_specs() if spec.account_id not in REFUSALS]


@pytest.fixture(autouse=True)
def wire(settings, tmp_path):
    settings.LOOPS_URL = f"{ORIGIN}/loops"
    with wired(settings, tmp_path, "loops/", api.urls.urls(DEMO)):
        yield


def videos_of(account_id: str) -> list[Video]:
    return sorted(DEMO.account_videos(account_id) or (), key=lambda video: int(video.id), reverse=True)


def test_every_video_alone():
    for account_id in ACCOUNT_IDS:
        for video in videos_of(account_id):
            assert loopsvideo.video(video.id).value == video
            assert loopsvideo.video_by_shortcode(video.shortcode).value == video


def test_every_account_and_all_its_videos():
    for account_id in ACCOUNT_IDS:
        videos: list[Video] = []
        cursor = None
        while True:
            page = loopsvideo.account_feed(account_id, cursor=cursor).value
            videos += page.videos
            cursor = page.next_cursor
            if cursor is None:
                break
        assert sorted(videos, key=lambda video: int(video.id), reverse=True) == videos_of(account_id)
        account = videos[0].account
        assert loopsvideo.account(account.username).value == account


def test_the_feed_loses_only_the_dead():
    dead_were_drawn = 0
    for hour in range(24):
        with time_machine.travel(datetime(2026, 11, 20, hour, tzinfo=UTC)):
            videos = loopsvideo.feed().value.videos
        assert all(video in DEMO.popular() for video in videos)
        assert 8 <= len(videos) <= 10
        dead_were_drawn += 10 - len(videos)
    assert dead_were_drawn


def test_a_tag_loses_only_the_dead():
    for tag in DEMO.trending_tags():
        entries = DEMO.tagged(tag.name)
        page = loopsvideo.tag(tag.name).value
        assert [video.id for video in page.videos] == [
            entry.id for entry in entries[:9] if not isinstance(entry, DeadVideo)
        ]
        assert page.total == tag.count
        assert len(loopsvideo.trending_tag(tag.name).value.videos) >= len(page.videos)
    assert loopsvideo.trending_tags().value == tuple(tag.name for tag in DEMO.trending_tags())
    assert loopsvideo.tag("spoilers").value.is_nsfw


@pytest.mark.parametrize(
    ("number", "error", "code"),
    [
        ("200", UpstreamBadData, None),
        ("400", UpstreamRejected, 400),
        ("403", UpstreamRejected, 403),
        ("404", UpstreamNotFound, 404),
        ("429", UpstreamUnavailable, 429),
    ],
)
@pytest.mark.parametrize("ask", [loopsvideo.video, loopsvideo.account_feed])
def test_errors(ask, number, error, code):
    with pytest.raises(error) as failure:
        ask(number)
    assert failure.value.code == code

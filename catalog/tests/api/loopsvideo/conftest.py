"""A source of a few videos, and a client of the API over it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import include, path

from catalog.api import loopsvideo
from catalog.api.loopsvideo.refusals import Forbidden, FrontPage, Suspended, Throttled
from catalog.api.loopsvideo.source import DeadVideo, Tag
from catalog.domain.videos import (
    Account,
    Mention,
    Video,
    VideoAudio,
    VideoMedia,
    VideoPermissions,
)

DANSUP = Account(
    id="1",
    name="dansup",
    username="dansup",
    avatar_url="https://loopsusercontent.com/avatars/1/y6i8g7330.jpg",
)
WOW = Video(
    id="107099161459215690",
    account=DANSUP,
    caption="Wow!",
    url="https://loops.video/v/5YvxWOxcRa",
    shortcode="5YvxWOxcRa",
    is_owner=True,
    media=VideoMedia(
        thumbnail_url="https://loopsusercontent.com/videos/1/SZDoYkIThHJ.jpg",
        src_url="https://loopsusercontent.com/videos/1/SZDoYkIThHJ.mp4",
        duration=54,
        width=720,
        height=1278,
    ),
    pinned=True,
    likes=327,
    shares=23,
    comments=50,
    bookmarks=6,
    has_liked=True,
    has_bookmarked=True,
    is_edited=True,
    permissions=VideoPermissions(can_comment=True, can_embed=True),
    audio=VideoAudio(
        has_audio=True,
        id="at:107099161459215690",
        key="80cf38c3-cd9c-4e75-8e24-a955c79c883b",
        sound_id="248936263126653225",
    ),
    created_at=datetime(2025, 1, 18, 0, 15, 42, tzinfo=UTC),
)
REMOTE = Account(id="9001", name="Mika 🌸", username="mika@tube.example")
ODD = Video(
    id="64",
    account=REMOTE,
    caption="🌊 hey @dansup and @mika@tube.example",
    shortcode="10",
    is_sensitive=True,
    is_local=False,
    media=VideoMedia(alt_text="waves", duration=7.58),
    lang="zh-TW",
    tags=("sea", "море"),
    mentions=(
        Mention(username="dansup", start=6, end=13, profile_id="1"),
        Mention(username="mika@tube.example", start=18, end=36, is_local=False),
    ),
    contains_ai=True,
    contains_ad=True,
)
SEA = Tag(id=7, name="sea", count=23)
NSFW = Tag(id=8, name="nsfw", count=5, is_sensitive=True)
REFUSALS = {"200": FrontPage(), "400": Suspended(), "403": Forbidden(), "429": Throttled(retry_after=30)}


def video(number: int, *, likes: int = 0, pinned: bool = False) -> Video:
    return Video(id=str(number), account=DANSUP, likes=likes, pinned=pinned)


class FakeSource:
    def __init__(self) -> None:
        self.liked: list[Any] = [WOW, DeadVideo(ODD), DeadVideo()]
        self.of_account: list[Video] = [WOW]
        self.of_tag: list[Any] = [ODD, DeadVideo(WOW), DeadVideo()]

    def video(self, video_id):
        if video_id in REFUSALS:
            raise REFUSALS[video_id]
        return {WOW.id: WOW, ODD.id: ODD}.get(video_id)

    def popular(self):
        return self.liked

    def account(self, username):
        if username in REFUSALS:
            raise REFUSALS[username]
        return {"dansup": DANSUP, "mika@tube.example": REMOTE}.get(username)

    def account_videos(self, account_id):
        if account_id in REFUSALS:
            raise REFUSALS[account_id]
        return self.of_account if account_id == "1" else None

    def trending_tags(self):
        return [SEA, Tag(id=9, name="море", count=3)]

    def tag(self, name):
        return {"sea": SEA, "nsfw": NSFW}.get(name)

    def tagged(self, name):
        return self.of_tag if name == "sea" else []


@pytest.fixture
def source() -> FakeSource:
    return FakeSource()


@pytest.fixture
def ask(settings, source) -> Callable[..., Any]:
    """``ask("/api/web/feed")`` is the response to a client that accepts JSON and nothing else, unless told."""
    settings.MIDDLEWARE = []
    settings.ALLOWED_HOSTS = ["*"]
    settings.ROOT_URLCONF = (path("loops/", include(loopsvideo.urls.urls(source))),)
    client = Client()

    def ask(address: str, method: str = "get", accept: str = "application/json", **headers: str) -> Any:
        return getattr(client, method)(f"/loops{address}", headers={"accept": accept, **headers})

    return ask

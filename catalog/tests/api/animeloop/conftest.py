"""A source of two loops that remembers what it was asked, and a client of the API over it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import include, path

from catalog.api import animeloop
from catalog.domain.loops import (
    LOOP_FILE_KEYS,
    Loop,
    LoopCollection,
    LoopEpisode,
    LoopFile,
    LoopSeries,
    LoopTag,
)

SERIES_ID = "59adb3f8c4c0bc6579431f49"
EPISODE_ID = "59adf789c4c0bc65794321fb"
LOOP_ID = "59adf78ac4c0bc657943222d"
OTHER_LOOP_ID = "591446445f6e5e51d937e118"
UNKNOWN_ID = "0123456789abcdef01234567"

SERIES = LoopSeries(
    id=SERIES_ID,
    title="LoveLive! 2期",
    title_romaji="Love Live! School Idol Project 2nd Season",
    title_english="Love Live! School Idol Project 2nd Season",
    title_japanese="ラブライブ! School idol project 2期",
    description="Nine girls, one more contest.",
    genres=("Music", "Slice of Life"),
    type="TV",
    total_episodes=13,
    anilist_id=19111,
    season="2014-4",
    cover_url="http://cdn.animeloop.org/files/anilist/19111/image_large.jpg",
)
BARE_SERIES = LoopSeries(id="592a63088e46ce684784a6b3", title="小魔女學院")
EPISODE = LoopEpisode(id=EPISODE_ID, number="13", series_id=SERIES_ID, series=SERIES)


def loop(loop_id: str, **fields: Any) -> Loop:
    return Loop(
        id=loop_id,
        files=tuple(
            LoopFile(key=key, url=f"http://cdn.animeloop.org/files/{key}/{loop_id}.{key[:3]}") for key in LOOP_FILE_KEYS
        ),
        episode_id=EPISODE_ID,
        series_id=SERIES_ID,
        episode=EPISODE,
        series=SERIES,
        **fields,
    )


LOOPS = (
    loop(
        LOOP_ID,
        duration=0.7507499999999999,
        begin=timedelta(minutes=22, seconds=47, milliseconds=783),
        end=timedelta(minutes=22, seconds=48, milliseconds=533),
        begin_frame=32794,
        end_frame=32812,
        source="automator",
        uploaded_at=datetime(2017, 9, 5, 1, 0, 26, 913000, UTC),
    ),
    loop(OTHER_LOOP_ID, duration=1.6683333333333332, begin=timedelta(minutes=6, seconds=13)),
)
TAG = LoopTag(
    id="59e5b1f17321a02650a39516",
    loop_id=LOOP_ID,
    type="character",
    value="nishikino maki",
    source="illustration2vec",
    confidence=0.992725133895874,
)
COLLECTION = LoopCollection(id=1080, name="stages", title="Stages", description="Lights on", user_id=1002)


class FakeSource:
    """Answers every query with all there is, ``asked`` holds the last one."""

    def __init__(self) -> None:
        self.asked: Any = None
        self.found: tuple[Loop, ...] = LOOPS
        self.listed: tuple[LoopSeries, ...] = (SERIES, BARE_SERIES)

    def loop(self, loop_id):
        return next((loop for loop in LOOPS if loop.id == loop_id), None)

    def loops(self, query):
        self.asked = query
        return self.found

    def episode(self, episode_id):
        return EPISODE if episode_id == EPISODE_ID else None

    def episodes(self, query):
        self.asked = query
        return (EPISODE,)

    def series(self, series_id):
        return next((series for series in self.listed if series.id == series_id), None)

    def serieses(self, query):
        self.asked = query
        return self.listed

    def seasons(self):
        return ("2014-4", "2017-1", "2014-4")

    def tags(self, query):
        self.asked = query
        return (TAG,)

    def collections(self, query):
        self.asked = query
        return (COLLECTION,)


@pytest.fixture
def source() -> FakeSource:
    return FakeSource()


@pytest.fixture
def ask(settings, source) -> Callable[..., Any]:
    """``ask("/loop?limit=2")`` is the response to that path below the API's base."""
    settings.MIDDLEWARE = []
    settings.ALLOWED_HOSTS = ["*"]
    settings.ROOT_URLCONF = (path("api/v2/", include(animeloop.urls.urls(source))),)
    client = Client()

    def ask(address: str, method: str = "get", **headers: str) -> Any:
        return getattr(client, method)(f"/api/v2{address}", headers=headers)

    return ask

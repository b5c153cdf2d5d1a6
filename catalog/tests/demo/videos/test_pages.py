"""The page that a video's own address leads to."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import include, path

from catalog.demo.videos import DemoVideos
from catalog.demo.videos.pages import urls

DEMO = DemoVideos("http://testserver", lambda: datetime(2026, 11, 20, tzinfo=UTC))


@pytest.fixture
def client(settings) -> Client:
    settings.MIDDLEWARE = []
    settings.ALLOWED_HOSTS = ["*"]
    settings.DEBUG = True  # a plain 404, without the site's own page
    settings.ROOT_URLCONF = (path("loops/", include(urls(DEMO))),)
    return Client()


def test_every_videos_address_plays_it(client):
    for account_id in ("1", "24", "733", "9001"):
        for video in DEMO.account_videos(account_id) or ():
            page = client.get(video.url)
            assert page.status_code == 200
            assert f'src="{video.media.src_url or ""}"' in page.content.decode()


def test_captions_are_text(client):
    (awkward,) = [video for video in DEMO.account_videos("733") or () if "<script>" in (video.caption or "")]
    page = client.get(awkward.url)
    assert "<script>" not in page.content.decode()
    assert "&lt;script&gt;" in page.content.decode()


@pytest.mark.parametrize("code", ["0", "6g", "nothing-to-see", "!"])
def test_other_addresses_lead_nowhere(client, code):
    assert client.get(f"/loops/v/{code}").status_code == 404


def test_a_player_for_what_may_be_embedded_and_a_sentence_for_the_rest(client):
    for account_id in ("1", "103", "57", "9001"):
        for video in DEMO.account_videos(account_id) or ():
            page = client.get(f"/loops/embed/{video.shortcode}")
            assert page.status_code == 200
            may = video.permissions.can_embed and video.is_local and not video.is_sensitive
            assert ("<video" in page.content.decode()) is may
    assert "Unavailable" in client.get("/loops/embed/6j").content.decode()


def test_the_api_stands_beside_the_pages(client):
    assert client.get("/loops/api/v1/video/107099161459215690").json()["data"]["caption"] == "Wow!"

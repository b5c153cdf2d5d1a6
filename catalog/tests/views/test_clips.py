from __future__ import annotations

import re

import pytest
import requests

from catalog.tests.views import samples

CLIPS = f"{samples.ANILIBRIA}/getYouTube"


@pytest.fixture
def clips(anilibria):
    anilibria.get(CLIPS, json=[samples.clip()])
    return anilibria


def test_a_clip_is_a_plain_link_to_what_plays_on_a_click(client, clips):
    page = client.get("/clips/").text
    assert 'href="https://www.youtube.com/watch?v=OXBO4h3l3rM" rel="noopener" data-youtube="OXBO4h3l3rM"' in page
    assert "clips.js" in page
    assert "20 November 2026" in page


def test_nothing_is_loaded_from_youtube_before_the_click(client, clips):
    answer = client.get("/clips/")
    assert not re.search(r'(?:src|srcset|poster)="[^"]*youtube|<iframe|preconnect', answer.text)
    assert "frame-src 'self' https://www.youtube-nocookie.com" in answer.headers["Content-Security-Policy"]


def test_a_still_on_a_media_host_is_shown(client, clips, settings):
    settings.MEDIA_HOSTS = ["img.example"]
    clips.get(CLIPS, json=[samples.clip(image="https://img.example/0.jpg")])
    assert 'src="https://img.example/0.jpg"' in client.get("/clips/").text


def test_the_drawn_still_is_the_same_for_ever(client):
    first, again = client.get("/clip/OXBO4h3l3rM.svg"), client.get("/clip/OXBO4h3l3rM.svg")
    assert first.content == again.content
    assert first.headers["Content-Type"] == "image/svg+xml"
    assert "immutable" in first.headers["Cache-Control"]
    assert first.content != client.get("/clip/another.svg").content


def test_an_id_that_is_none_has_no_still(client):
    assert client.get(f"/clip/{'x' * 65}.svg").status_code == 404


def test_goes_on_page_by_page(client, clips):
    clips.get(CLIPS, json=[samples.clip(id=number) for number in range(1, 26)])
    page = client.get("/clips/").text
    assert page.count('<article class="clip"') == 24
    assert 'href="?page=2"' in page


def test_none_and_none_any_more_are_different_sentences(client, clips):
    clips.get(CLIPS, json=[])
    assert "No clips yet." in client.get("/clips/").text
    assert "The list does not go on this far." in client.get("/clips/?page=2").text


def test_a_source_that_is_down_is_an_intermission(client, clips):
    clips.get(CLIPS, exc=requests.ConnectionError)
    assert client.get("/clips/").status_code == 503

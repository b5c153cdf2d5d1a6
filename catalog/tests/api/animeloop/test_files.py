"""``/rand/loop-{size}.{type}``: which file is to be sent."""

from __future__ import annotations

import pytest

from catalog.api.animeloop.source import Between
from catalog.tests.api.animeloop.conftest import LOOP_ID, LOOPS


@pytest.mark.parametrize(
    ("size", "type", "content_type"),
    [
        ("360p", "gif", "image/gif"),
        ("360p", "mp4", "video/mp4"),
        ("360p", "jpg", "image/jpeg"),
        ("720p", "mp4", "video/mp4"),
        ("720p", "jpg", "image/jpeg"),
        ("1080p", "mp4", "video/mp4"),
        ("1080p", "jpg", "image/jpeg"),
    ],
)
def test_the_documents_seven_pairs_are_files(ask, source, size, type, content_type):
    source.found = LOOPS[:1]
    response = ask(f"/rand/loop-{size}.{type}")
    assert response.status_code == 200
    assert response["Content-Type"] == content_type
    assert response["X-Sendfile"] == f"/files/{type}_{size}/{LOOP_ID}.{type}"
    assert response["Cache-Control"] == "public, max-age=0"


def test_the_file_is_one_of_those_that_match(ask, source):
    sent = {ask("/rand/loop-720p.mp4?duration=0.5,1.5&source_from=automator&limit=9")["X-Sendfile"] for _ in range(40)}
    assert sent == {f"/files/mp4_720p/{loop.id}.mp4" for loop in LOOPS}
    assert source.asked.duration == Between(0.5, 1.5)
    assert source.asked.source == "automator"


def test_no_match_is_a_plain_404(ask, source):
    source.found = ()
    response = ask("/rand/loop-720p.mp4")
    assert response.status_code == 404
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content == b"Not Found"


@pytest.mark.parametrize("name", ["loop-720p.gif", "loop-1080p.gif", "loop-240p.mp4", "loop-720p.webm"])
def test_another_pair_kills_the_server(ask, name):
    assert ask(f"/rand/{name}").status_code == 500

"""What of Loops may be repeated elsewhere: the public feed and nothing more."""

from __future__ import annotations

import pytest

from catalog.tests.views import samples

SECRET = "103467893641113609"


@pytest.fixture
def walls(lists):
    """An account and a hashtag that also have a video which is not in the public feed."""
    lists.get(
        f"{samples.LOOPS}/api/web/feed",
        json={
            "data": [
                samples.video(tags=["Sky"]),
                samples.video(id="2", account={"id": "2", "username": "other"}, is_sensitive=True),
            ]
        },
    )
    wall = {"data": [samples.video(), samples.video(id=SECRET, caption="For followers")]}
    lists.get(f"{samples.LOOPS}/api/v1/feed/account/1", json=wall)
    lists.get(f"{samples.LOOPS}/api/v1/tags/video/sky", json=wall)
    lists.get(f"{samples.LOOPS}/api/v1/explore/tag-feed/sky", json=wall)
    return lists


@pytest.mark.parametrize(
    ("path", "query", "number"),
    [
        ("/videos", "", 2),
        ("/videos", "?account=1", 1),
        ("/videos/@sora.cels", "", 1),
        ("/videos/@nobody", "", 0),
        ("/videos/tag/sky", "", 1),
        ("/videos/tag/SKY", "", 1),
        ("/videos/tag/none", "", 0),
    ],
)
@pytest.mark.parametrize("format", ["rss", "atom", "json", "ics"])
def test_only_the_public_feed_is_repeated(client, walls, path, query, number, format):
    answer = client.get(f"{path}.{format}{query}")
    assert answer.status_code == 200
    assert "For followers" not in answer.text
    assert SECRET not in answer.text
    assert [request.path for request in walls.request_history] == ["/api/web/feed"]
    if format == "json":
        assert len(answer.json()["items"]) == number


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("?account=@sora.cels", "@sora.cels.rss"),
        ("?tag=sky&lang=ru", "tag/sky.rss?lang=ru"),
        ("?trending=%23SKY", "tag/SKY.rss"),
    ],
)
def test_addresses_of_old_have_moved_for_good(client, walls, query, address):
    answer = client.get(f"/videos.rss{query}")
    assert (answer.status_code, answer["Location"]) == (301, f"/videos/{address}")
    assert client.get(answer["Location"]).status_code == 200


def test_a_sensitive_video_brings_neither_picture_nor_film(client, walls):
    open_, veiled = client.get("/videos.json").json()["items"]
    assert "image" in open_
    assert "image" not in veiled
    assert "attachments" not in veiled
    assert veiled["authors"] == [{"name": "@other"}]

"""The upstreams of the pages, with every list that has a feed."""

from __future__ import annotations

import re

import pytest
import requests_mock

from catalog.tests.services.conftest import aged, transport_folder, upstream  # noqa: F401
from catalog.tests.views import samples
from catalog.tests.views.conftest import anilibria, at_a_friday, everything, no_index  # noqa: F401

SERIES = {"id": "59adb3f8c4c0bc6579431f49", "title": "ラブライブ!", "title_romaji": "Love Live!", "genres": ["Music"]}
HOSTILE = '<script>alert(1)</script> & "quotes" ]]> \x00\x0b\ufffe\ud800 \u202e'

# Every list with what its siblings need: path, query, and whether anything in it has a date.
LISTS = [
    ("/catalog", "?genre=экшен&year=2019", True),
    ("/schedule", "?day=4", True),
    ("/feed", "", True),
    ("/clips", "", True),
    ("/loops", "?duration=0.5,2", True),
    ("/series", "?season=2014-4&type=TV", False),
    ("/series/59adb3f8c4c0bc6579431f49", "", True),
    ("/videos", "", True),
    ("/videos/@sora.cels", "", True),
    ("/videos/tag/sky", "", True),
    ("/team", "?role=voice", False),
    ("/team/Kari", "", True),
    ("/stats", "?sort_by=user&order=1", False),
]


@pytest.fixture
def lists(no_index: None, everything: requests_mock.Mocker) -> requests_mock.Mocker:
    everything.get(f"{samples.ANILIBRIA}/getFeed", json=[{"title": samples.title()}, {"youtube": samples.clip()}])
    everything.get(f"{samples.ANILIBRIA}/getYouTube", json=[samples.clip()])
    everything.get(
        f"{samples.ANILIBRIA}/getSeedStats",
        json=[{"user": "T1MOX4", "downloaded": 72110162198, "uploaded": 7211016219800}],
    )
    everything.get(f"{samples.ANIMELOOP}/series", json=samples.animeloop(SERIES))
    everything.get(f"{samples.ANIMELOOP}/series?limit=24", json=samples.animeloop([SERIES]))
    everything.get(f"{samples.ANIMELOOP}/search/series", json=samples.animeloop([SERIES]))
    everything.get(f"{samples.ANIMELOOP}/series/season", json=samples.animeloop(["2014-4"]))
    everything.get(f"{samples.ANIMELOOP}/episode", json=samples.animeloop([]))
    everything.get(f"{samples.LOOPS}/api/v1/explore/tags", json={"data": []})
    author = {"id": "1", "username": "sora.cels", "name": "Sora"}
    wall = {"data": [samples.video(tags=["sky"])], "links": {}, "meta": {}}
    everything.get(f"{samples.LOOPS}/api/web/feed", json=wall)
    everything.get(
        re.compile(f"^{samples.LOOPS}/api/v1/(account/username|tags/video|explore/tag-feed)/"), status_code=404
    )
    everything.get(f"{samples.LOOPS}/api/v1/account/username/sora.cels", json={"data": author})
    for path in ("feed/account/1", "tags/video/sky", "explore/tag-feed/sky"):
        everything.get(f"{samples.LOOPS}/api/v1/{path}", json=wall)
    return everything

"""What the things of the lists are, at their sources and in the index."""

from __future__ import annotations

import pytest

from catalog.domain.titles import EpisodeRange, Names, Player
from catalog.tests.browser.my.lists import LOOP, TITLE
from catalog.tests.factories import TitleRowFactory
from catalog.tests.views import samples


@pytest.fixture(autouse=True)
def sources(everything, db):
    everything.get(f"{samples.ANIMELOOP}/loop?id={LOOP}", json=samples.animeloop(samples.loop()))
    for name in ("1.mp4", "1.jpg"):
        everything.head(f"https://cdn.animeloop.org/{name}", headers={"Content-Length": "1"})
    film = samples.video(id="107099161459215690")
    everything.get(f"{samples.LOOPS}/api/v1/video/{film['id']}", json={"data": film})
    everything.get(f"{samples.LOOPS}/api/web/feed", json={"data": [film], "links": {}, "meta": {}})
    everything.get(f"{samples.LOOPS}/api/v1/explore/tags", json={"data": []})
    everything.get(f"{samples.ANILIBRIA}/getTitles", json=[])
    TitleRowFactory.create(
        id=TITLE,
        code="nanatsu-no-taizai",
        names=Names(ru="Семь смертных грехов", en="Nanatsu no Taizai"),
        player=Player(range=EpisodeRange(first=1, last=2)),
    )

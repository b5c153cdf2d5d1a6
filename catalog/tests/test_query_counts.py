"""No list asks the database more often because there is more in it: neither a page nor any sibling of one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests_mock
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.feeds.registry import FEEDS
from catalog.services import index, posters, transport
from catalog.tests.factories import (
    CollectionFactory,
    DailyLoopFactory,
    FavouriteFactory,
    LoopFactory,
    LoopRowFactory,
    SeriesRowFactory,
    StoredPosterFactory,
    TitleFactory,
    TitleRowFactory,
    VideoFactory,
)
from catalog.tests.feeds.conftest import lists  # noqa: F401
from catalog.tests.services.conftest import transport_folder, upstream  # noqa: F401
from catalog.tests.views import samples
from catalog.tests.views.conftest import anilibria, at_a_friday, everything, no_index  # noqa: F401

FEW, MANY = 1, 8
SERIES = "59adb3f8c4c0bc6579431f49"
NAMED = {
    "person": {"nick": "Kari"},
    "series": {"id": SERIES},
    "collection": {"slug": "autumn"},
    "video_account": {"username": "sora.cels"},
    "video_tag": {"name": "sky"},
}
LISTS = {
    page: [
        reverse(f"catalog:{page}", kwargs=NAMED.get(page)),
        *(reverse(f"feeds:{page}", kwargs={**NAMED.get(page, {}), "format": format}) for format in feed.formats),
    ]
    for page, feed in FEEDS.items()
}
OTHERS = {
    "home": ["/"],
    "indexed catalogue": ["/catalog/?genre=драма", "/catalog/?q=название", "/catalog/suggestions/?q=название"],
    "title": ["/title/title-1/", "/title/title-1/loops/"],
    "filtered loops": ["/loops/?order=random&seed=a", "/loops/?favourites=autumn", f"/loops/?series={SERIES}"],
    "embeds": [
        "/embed/builder/?favourites=autumn",
        f"/embed/loop/?favourites=autumn&series={SERIES}",
        "/embed/loop/next/",
    ],
    "torrents": ["/torrents.rss", "/torznab/api?t=search", "/torznab/api?t=tvsearch&q=семь"],
    "about the site": ["/sitemap.xml", "/status/"],
}


def put(amount: int, upstream: requests_mock.Mocker) -> None:
    """That many of everything, here and at the sources, to a process that knows nothing yet."""
    shelf = CollectionFactory.create(slug="autumn") if amount == FEW else CollectionFactory.create()
    for number in range(amount):
        title = TitleRowFactory.create().title
        StoredPosterFactory.create(subject=str(title.id))
        known = {"id": SERIES} if amount == FEW else {}
        series = SeriesRowFactory.create(row={"title_id": title.id}, **known).series
        loops = [LoopRowFactory.create(series=series, number=f"{number:02}").loop for _ in range(2)]
        DailyLoopFactory.create(loop_id=loops[0].id)
        for item in (title, TitleFactory.build(), loops[1], LoopFactory.build(), series, VideoFactory.build()):
            FavouriteFactory.create(collection=shelf, item=item)
            FavouriteFactory.create(collection__slug=f"of-{item.id}", item=item)
    source(amount, upstream)
    transport.reset()
    index.forget()
    posters.forget()
    caches["pages"].clear()


def source(amount: int, upstream: requests_mock.Mocker) -> None:
    titles = [samples.title(id=number, code=f"title-{number}") for number in range(1, amount + 1)]
    videos = [samples.video(id=str(184000000000000000 + number), tags=["sky"]) for number in range(amount)]
    for method in ("getUpdates", "searchTitles", "getTitles"):
        upstream.get(f"{samples.ANILIBRIA}/{method}", json=titles)
    for title in titles:
        upstream.get(f"{samples.ANILIBRIA}/getTitle?code={title['code']}", json=title)
    upstream.get(f"{samples.ANILIBRIA}/getSchedule", json=[{"day": day, "list": titles} for day in range(7)])
    upstream.get(f"{samples.ANILIBRIA}/getFeed", json=[{"title": title} for title in titles])
    upstream.get(f"{samples.ANILIBRIA}/getYouTube", json=[samples.clip(id=number) for number in range(1, amount + 1)])
    stats = [{"user": f"user {number}", "downloaded": 1, "uploaded": 2} for number in range(amount)]
    upstream.get(f"{samples.ANILIBRIA}/getSeedStats", json=stats)
    upstream.get(
        f"{samples.ANILIBRIA}/getTeam", json={"team": {"voice": [f"Voice {number}" for number in range(amount)]}}
    )
    loops = [samples.loop(id=f"59adb3f8c4c0bc65{number:08x}") for number in range(amount)]
    upstream.get(f"{samples.ANIMELOOP}/loop", json=samples.animeloop(loops))
    for address in ("api/web/feed", "api/v1/feed/account/1", "api/v1/tags/video/sky", "api/v1/explore/tag-feed/sky"):
        upstream.get(f"{samples.LOOPS}/{address}", json={"data": videos, "links": {}, "meta": {}})


def asked(client: Client, paths: list[str]) -> dict[str, int]:
    """How often each asks the database, once its process knows what there is."""
    counts = {}
    for path in paths:
        mark = "&" if "?" in path else "?"
        assert client.get(f"{path}{mark}x=1").status_code == 200, path
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{path}{mark}x=2").status_code == 200, path
        counts[path] = len(queries)
    return counts


@pytest.fixture(autouse=True)
def apart(posters_at_rest, lists) -> Iterator[None]:
    yield
    index.forget()


@pytest.mark.parametrize("paths", [pytest.param(paths, id=name) for name, paths in (LISTS | OTHERS).items()])
def test_more_rows_are_no_more_questions(client, lists, paths):
    put(FEW, lists)
    few = asked(client, paths)
    put(MANY, lists)
    assert asked(client, paths) == few

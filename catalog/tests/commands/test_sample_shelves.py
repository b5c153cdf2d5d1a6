"""The shelves of a site that shows the demo: everything on them is in the demo, and who empties them has them empty."""

from __future__ import annotations

import pytest
from django.utils import timezone

from catalog.demo.loops.source import DemoLoops
from catalog.demo.titles.catalogue import DemoTitles
from catalog.demo.videos.source import DemoVideos
from catalog.domain.videos import video_id
from catalog.management.sample_shelves import fill_empty_shelves
from catalog.models import Collection, Favourite

pytestmark = pytest.mark.django_db


def test_everything_on_them_is_in_the_demo():
    fill_empty_shelves()
    titles, loops, videos = (source("http://demo", timezone.now) for source in (DemoTitles, DemoLoops, DemoVideos))
    there = {"title": lambda id: titles.title(int(id)), "loop": loops.loop, "series": loops.series}
    there["video"] = lambda code: videos.video(video_id(code))
    rows = list(Favourite.objects.all())
    assert {row.kind for row in rows} == there.keys()
    assert [row for row in rows if there[row.kind](row.subject) is None] == []
    assert all(collection.is_published for collection in Collection.objects.all())


def test_they_are_filled_once():
    fill_empty_shelves()
    held = Favourite.objects.count()
    fill_empty_shelves()
    assert Favourite.objects.count() == held
    Collection.objects.all().delete()
    fill_empty_shelves()
    assert not Collection.objects.exists()

"""Asking again: what changed, what is silent, what is gone."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
import requests
import requests_mock
import time_machine
from django.utils import timezone

from catalog.models import Favourite
from catalog.services.favourites import refresh, refreshing, shelf
from catalog.tests.factories import CollectionFactory, FavouriteFactory, LoopFactory, TitleFactory, VideoFactory
from catalog.tests.services.favourites.test_adding import GONE
from catalog.tests.views import samples

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - timedelta(days=2)
TITLE = f"{samples.ANILIBRIA}/getTitle"


def old(**fields):
    return FavouriteFactory.create(tried_at=LONG_AGO, snapshot_at=LONG_AGO, **fields)


@pytest.fixture
def favourite(anilibria):
    anilibria.get(f"{TITLE}?id=8500", json=samples.title())
    return old(item=TitleFactory.build(id=8500, code="x"))


def test_what_changed_is_drawn_anew_without_a_line_of_history(favourite):
    assert refresh() == 1
    favourite.refresh_from_db()
    assert favourite.state == "fine"
    assert favourite.snapshot["names"]["ru"] == "Семь смертных грехов"
    assert timezone.now() - favourite.snapshot_at < timedelta(minutes=1)
    assert favourite.history.count() == 1


def test_what_was_told_lately_is_left_alone(anilibria):
    FavouriteFactory.create()
    assert refresh() == 0
    assert not anilibria.request_history


def test_what_is_gone_is_hidden_unless_a_curator_keeps_it(anilibria, favourite):
    kept = old(item=TitleFactory.build(), collection=favourite.collection, keep_when_gone=True)
    anilibria.get(TITLE, **GONE)
    refresh()
    assert set(Favourite.objects.values_list("state", flat=True)) == {"gone"}
    [shown] = shelf(favourite.collection.slug).favourites
    assert (shown.subject, shown.gone) == (kept.subject, True)
    assert shown.item.names.ru


@pytest.mark.parametrize(("code", "state"), [(400, "gone"), (403, "gone"), (401, "silent")])
def test_a_video_that_its_source_shows_to_nobody_says_nothing_of_the_others(everything, code, state):
    private, other = VideoFactory.build(), VideoFactory.build()
    first, second = old(item=private), old(item=other)
    everything.get(f"{samples.LOOPS}/api/v1/video/{private.id}", status_code=code, json={"message": "no"})
    everything.get(f"{samples.LOOPS}/api/v1/video/{other.id}", json={"data": samples.video(id=other.id)})
    assert refresh() == 2
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (state, "fine")


def test_a_source_that_refuses_everything_takes_nothing_off_a_shelf(anilibria, favourite):
    anilibria.get(TITLE, status_code=403, text="blocked")
    refresh()
    assert [one.silent for one in shelf(favourite.collection.slug).favourites] == [True]


def test_what_cannot_be_read_says_nothing_of_the_others(anilibria, favourite):
    Favourite.objects.update(state="silent", tried_at=LONG_AGO - timedelta(days=1))
    other = old(item=TitleFactory.build(id=9760, code="y"))
    anilibria.get(f"{TITLE}?id=8500", json=["nonsense"])
    anilibria.get(f"{TITLE}?id=9760", json=samples.title(**samples.OTHER))
    assert refresh() == 2
    other.refresh_from_db()
    assert other.state == "fine"


@pytest.mark.parametrize("answer", [{"json": ["nonsense"]}, {"status_code": 403, "text": "blocked"}])
def test_neither_does_it_where_its_answer_was_kept(anilibria, favourite, aged, answer):
    other = old(item=TitleFactory.build(id=9760, code="y"))
    anilibria.get(f"{TITLE}?id=9760", json=samples.title(**samples.OTHER))
    refresh()
    anilibria.get(f"{TITLE}?id=8500", **answer)
    with aged():
        assert refresh() == 2
    other.refresh_from_db()
    assert other.state == "fine"


def test_a_slow_source_is_waited_for(anilibria, favourite, aged, impatient):
    def in_a_while(*_):
        time.sleep(0.3)
        return samples.title()

    refresh()
    anilibria.get(f"{TITLE}?id=8500", json=in_a_while)
    with aged():
        assert refresh() == 1
        favourite.refresh_from_db()
        assert (favourite.state, timezone.now() - favourite.snapshot_at < timedelta(minutes=1)) == ("fine", True)


def test_a_slow_source_does_not_keep_the_next_round_waiting(anilibria, favourite, monkeypatch):
    monkeypatch.setattr(refreshing, "SECONDS_EACH", 0.0)
    old(item=TitleFactory.build(id=9760, code="y"))
    anilibria.get(f"{TITLE}?id=9760", json=samples.title(**samples.OTHER))
    assert [refresh(), refresh(), refresh()] == [1, 1, 0]


def test_what_came_back_is_shown_again(anilibria, favourite):
    Favourite.objects.update(state="gone")
    assert not shelf(favourite.collection.slug).favourites
    refresh()
    assert not shelf(favourite.collection.slug).favourites[0].gone


def test_a_silent_source_is_asked_once_and_its_shelf_stands_and_says_so(everything):
    collection = CollectionFactory.create()
    for _ in range(3):
        old(collection=collection)
    fresh = FavouriteFactory.create(collection=collection)
    old(collection=collection, item=LoopFactory.build())
    everything.get(TITLE, exc=requests.ConnectionError)
    everything.get(f"{samples.ANIMELOOP}/loop", json=samples.animeloop(samples.loop()))
    assert refresh() == 2
    assert len([asked for asked in everything.request_history if asked.path == "/v2/gettitle"]) <= 2
    fresh.refresh_from_db()
    assert fresh.state == "silent"
    found = shelf(collection.slug)
    assert len(found.favourites) == 5
    assert found.silent == {"AniLibria": LONG_AGO}


def test_a_silent_source_is_asked_again_soon(anilibria, favourite):
    anilibria.get(requests_mock.ANY, exc=requests.ConnectionError)
    refresh()
    assert refresh() == 0
    anilibria.get(f"{TITLE}?id=8500", json=samples.title())
    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=True):
        assert refresh() == 1
    favourite.refresh_from_db()
    assert favourite.state == "fine"


def test_many_of_a_silent_source_do_not_keep_another_source_waiting(everything):
    for _ in range(50):
        old()
    loop = old(item=LoopFactory.build())
    everything.get(TITLE, exc=requests.ConnectionError)
    everything.get(f"{samples.ANIMELOOP}/loop", json=samples.animeloop(samples.loop()))
    refresh()
    loop.refresh_from_db()
    assert (loop.state, loop.tried_at > LONG_AGO) == ("fine", True)

"""What readers see of the collections, and how often the database is asked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override

from catalog.models import Favourite
from catalog.services.favourites import any_shelf, first_shelf, shelf, shelves
from catalog.services.favourites.snapshots import drawn, taken
from catalog.tests.factories import (
    CollectionFactory,
    FavouriteFactory,
    LoopFactory,
    LoopSeriesFactory,
    TitleFactory,
    VideoFactory,
)

pytestmark = pytest.mark.django_db
ALL: list[Any] = [TitleFactory, LoopFactory, LoopSeriesFactory, VideoFactory]


@pytest.mark.parametrize("factory", ALL)
def test_a_card_is_drawn_from_what_was_kept(factory):
    item = factory.build()
    favourite = FavouriteFactory.create(item=item)
    favourite.refresh_from_db()
    back: Any = drawn(favourite.kind, favourite.snapshot)
    assert type(back) is type(item)
    assert taken(back) == taken(item)
    assert back.id == item.id


@pytest.mark.parametrize("snapshot", [{}, [], {"id": "x"}, "text", {"duration": []}, None])
@pytest.mark.parametrize("kind", ["title", "loop", "series", "video"])
def test_what_cannot_be_read_is_not_drawn(kind, snapshot):
    found = drawn(kind, snapshot)
    assert found is None or (kind, found.id) == ("series", "x")  # which needs nothing but an id


def test_the_database_is_asked_twice_however_much_there_is(django_assert_num_queries):
    collection = CollectionFactory.create(slug="one")
    FavouriteFactory.create(collection=collection)
    with django_assert_num_queries(2):
        assert len(shelves()) == 1
    for factory in ALL * 5:
        FavouriteFactory.create(collection=collection, item=factory.build())
        FavouriteFactory.create()
    with django_assert_num_queries(2):
        assert len(shelves()) == 21
    with django_assert_num_queries(2):
        assert len(shelf("one").favourites) == 21


def test_only_what_is_published_now_is_there():
    now = timezone.now()
    hour = timedelta(hours=1)
    CollectionFactory.create(slug="draft", published_from=None)
    CollectionFactory.create(slug="later", published_from=now + hour)
    CollectionFactory.create(slug="over", published_from=now - 2 * hour, published_until=now - hour)
    CollectionFactory.create(slug="now", published_from=now - hour, published_until=now + hour)
    assert [one.slug for one in shelves()] == ["now"]
    assert shelf("draft") is shelf("later") is shelf("over") is shelf("none") is None
    assert shelf("now").slug == "now"


def test_a_curator_sees_a_draft():
    assert any_shelf(CollectionFactory.create(published_from=None, slug="draft").pk).slug == "draft"


def test_order_cover_and_what_is_hidden():
    collection = CollectionFactory.create()
    last, first, hidden = (FavouriteFactory.create(collection=collection, order=order) for order in (3, 1, 2))
    Favourite.objects.filter(pk=hidden.pk).update(published=False)
    found = shelf(collection.slug)
    assert [one.subject for one in found.favourites] == [first.subject, last.subject]
    assert found.cover.subject == first.subject
    collection.cover = last
    collection.save()
    assert shelf(collection.slug).cover.subject == last.subject


def test_the_first_shelf_is_the_first_that_has_something_to_show(django_assert_num_queries):
    _, unfilled, full, later = (CollectionFactory.create(order=order) for order in (1, 2, 3, 4))
    FavouriteFactory.create(collection=unfilled, published=False)
    FavouriteFactory.create(collection=unfilled, state=Favourite.State.GONE)
    FavouriteFactory.create(collection=unfilled, state=Favourite.State.NEW, snapshot={}, snapshot_at=None)
    FavouriteFactory.create(collection=later)
    for _ in range(3):
        FavouriteFactory.create(collection=full)
    with django_assert_num_queries(2):
        found = first_shelf()
    assert (found.slug, len(found.favourites)) == (full.slug, 3)
    Favourite.objects.all().delete()
    assert first_shelf() is None


def test_words_are_the_readers():
    collection = CollectionFactory.create(name_en="Autumn", name_ru="Осень", text_en="Leaves", text_ru="")
    FavouriteFactory.create(collection=collection, note_en="", note_ru="Листья")
    with override("ru"):
        found = shelf(collection.slug)
        assert (found.name, found.text, found.favourites[0].note) == ("Осень", "Leaves", "Листья")
    with override("en"):
        found = shelf(collection.slug)
        assert (found.name, found.favourites[0].note) == ("Autumn", "Листья")

"""When a favourite was published first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from catalog.models import Favourite
from catalog.services import favourites
from catalog.tests.factories import FavouriteFactory

pytestmark = pytest.mark.django_db
THEN = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def days(time_machine):
    """Go to that many days later."""

    def days(number: int) -> datetime:
        time_machine.move_to(THEN + timedelta(days=number), tick=False)
        return THEN + timedelta(days=number)

    days(0)
    return days


def published(favourite: Favourite, value: bool) -> None:
    favourite.published = value
    favourite.save(update_fields=["published", "changed_at"])


def test_what_was_added_hidden_is_shown_since_it_was_published_and_not_anew_later(days):
    favourite = FavouriteFactory.create(published=False)
    days(1)
    favourite.note_en = "Still hidden"
    favourite.save()
    first = days(2)
    published(favourite, True)
    days(3)
    published(favourite, False)
    days(4)
    published(Favourite.objects.get(), True)
    [shown] = favourites.shelf(favourite.collection.slug).favourites
    assert shown.shown_at == first


def test_other_fields_are_written_without_it(days):
    favourite = FavouriteFactory.create(published=False)
    favourite.published = True
    favourite.save(update_fields=["note_en"])
    assert Favourite.objects.get().published_at is None


def test_of_earlier_rows_their_history_tells_it(days):
    shown, hidden = FavouriteFactory.create(), FavouriteFactory.create()
    later, never = FavouriteFactory.create(published=False), FavouriteFactory.create(published=False)
    untold = FavouriteFactory.create()
    first = days(1)
    published(hidden, False)
    published(later, True)
    days(2)
    later.save()
    untold.history.all().delete()
    Favourite.objects.update(published_at=None)
    migration: Any = import_module("catalog.migrations.0015_first_publication")
    migration.tell_from_history(apps, None)
    told = {row.pk: row.published_at for row in Favourite.objects.all()}
    assert told == {shown.pk: THEN, hidden.pk: THEN, later.pk: first, never.pk: None, untold.pk: THEN}

"""The admin's first page: what is to do, for those who may do it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission, User
from django.utils import timezone

from catalog.models import Favourite
from catalog.services.favourites import desk
from catalog.tests.factories import CollectionFactory, FavouriteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf():
    return FavouriteFactory.create(collection=CollectionFactory.create(name_en="Autumn"), state="gone").collection


def page_of(client, *rights: str) -> BeautifulSoup:
    user = User.objects.create_user("somebody", password="x", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client.force_login(user)
    return BeautifulSoup(client.get("/admin/").text, "html.parser")


@pytest.mark.parametrize(
    ("begins", "ends", "stage"),
    [(None, None, "draft"), (-1, None, "shown"), (-1, 1, "shown"), (1, None, "coming"), (-2, -1, "over")],
)
def test_a_collection_is_a_draft_coming_shown_or_over(begins, ends, stage):
    now = timezone.now()
    dates = [days and now + timedelta(days=days) for days in (begins, ends)]
    CollectionFactory.create(published_from=dates[0], published_until=dates[1])
    assert [row.stage for row in desk.filled()] == [stage]


def test_what_is_gone_comes_before_what_was_never_told_of_before_what_is_silent(shelf):
    FavouriteFactory.create(collection=shelf, state="silent")
    FavouriteFactory.create(collection=shelf)
    FavouriteFactory.create(collection=shelf, state="new")
    late = FavouriteFactory.create(collection=shelf, state="new")
    Favourite.objects.filter(pk=late.pk).update(created_at=timezone.now() - timedelta(days=1))
    assert [one.state for one in desk.broken()] == ["gone", "new", "silent"]
    [row] = desk.filled()
    assert (row.held, row.hidden, row.broken) == (5, 0, 3)


def test_whoever_may_nothing_sees_nothing_of_it(client, shelf):
    page = page_of(client)
    assert "Autumn" not in page.text
    assert not page.select(".desk :is(a, form)")


def test_whoever_may_only_look_is_offered_no_form(client, shelf):
    page = page_of(client, "view_collection", "view_favourite")
    assert page.select_one(".desk tbody th").text == "Autumn"
    assert page.select_one(".broken a")
    assert not page.select(".desk :is(form, .button)")


def test_a_favourite_is_added_to_a_collection_in_one_step(admin_client, shelf):
    page = BeautifulSoup(admin_client.get("/ru/admin/").text, "html.parser")
    assert page.select_one(".desk form")["action"] == "/ru/admin/catalog/favourite/add/"
    assert page.select_one(".desk .add a")["href"] == f"/ru/admin/catalog/favourite/add/?collection={shelf.pk}"


def test_the_first_page_asks_no_more_often_for_more(admin_client, shelf, django_assert_max_num_queries):
    admin_client.get("/admin/")
    with django_assert_max_num_queries(30) as few:
        admin_client.get("/admin/")
    for _ in range(5):
        FavouriteFactory.create(collection=CollectionFactory.create(), state="gone")
    with django_assert_max_num_queries(len(few)):
        admin_client.get("/admin/")

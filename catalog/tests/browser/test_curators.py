"""A curator's day in a real browser, under the same Content-Security-Policy as everybody's."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from catalog.domain.titles import Names
from catalog.services import index
from catalog.tests.factories import CollectionFactory, FavouriteFactory, LoopFactory, TitleFactory, TitleRowFactory
from catalog.tests.views import samples

pytestmark = pytest.mark.browser


@pytest.fixture
def curator(page, origin):
    """Signed in, with the rights of the group alone."""
    index.forget()
    user = User.objects.create_user("curator", password="x", is_staff=True)
    user.groups.add(Group.objects.get(name="Curators"))
    signed_in(page, origin, user)
    yield page
    index.forget()


def signed_in(page, origin, user) -> None:
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": origin}])


@pytest.fixture
def collection(db):
    collection = CollectionFactory.create(slug="autumn", name_en="Autumn", published_from=None)
    for order, word in enumerate(("Alpha", "Beta", "Gamma"), 1):
        title = TitleFactory.build(names=Names(ru=word))
        FavouriteFactory.create(collection=collection, item=title, order=order)
    return collection


def names(collection):
    return [str(one) for one in collection.favourites.all()]


def test_rows_are_dragged_and_numbered(curator, collection, complaints):
    curator.goto(reverse("admin:catalog_collection_change", args=[collection.pk]))
    rows = curator.locator("tr.has_original")
    rows.nth(2).locator("td.original p").drag_to(rows.nth(0).locator("td.original p"), target_position={"x": 5, "y": 2})
    expect(rows.first).to_contain_text("Gamma")
    for place in range(3):
        expect(rows.nth(place).locator("input._reorder_")).to_have_value(str(place + 1))
    with curator.expect_navigation():
        curator.get_by_role("button", name="Save and continue editing").click()
    assert names(collection) == ["Gamma", "Alpha", "Beta"]
    number = curator.locator("tr.has_original").nth(2).locator("input._reorder_")
    number.focus()
    number.press("ControlOrMeta+a")
    number.press_sequentially("1")
    with curator.expect_navigation():
        number.press("Enter")
    assert names(collection) == ["Beta", "Gamma", "Alpha"]
    assert complaints == []


def test_what_is_found_by_name_is_chosen_with_the_keyboard(curator, collection, complaints, everything):
    everything.get(f"{samples.ANIMELOOP}/search/series", json=samples.animeloop([]))
    TitleRowFactory.create(id=8500, code="nanatsu-no-taizai", names=Names(ru="Семь смертных грехов"))
    curator.goto(reverse("admin:catalog_favourite_add"))
    curator.get_by_label("Collection", exact=False).first.select_option("Autumn")
    curator.get_by_role("searchbox", name="Name of a title").fill("семь смертных")
    found = curator.locator("#found input[type=radio]")
    found.first.wait_for()
    found.first.focus()
    found.first.press("Space")
    expect(found.first).to_be_checked()
    with curator.expect_navigation():
        curator.get_by_role("button", name="Save", exact=True).click()
    assert names(collection) == ["Alpha", "Beta", "Gamma", "Семь смертных грехов"]
    assert complaints == []


def test_collections_are_dragged_in_their_list(curator, collection, complaints):
    other = CollectionFactory.create(name_en="Winter", order=collection.order + 1)
    curator.goto(reverse("admin:catalog_collection_changelist"))
    handles = curator.locator(".drag.handle")
    with curator.expect_response(lambda answer: "adminsortable2_update" in answer.url):
        handles.nth(1).drag_to(handles.nth(0), target_position={"x": 5, "y": 1})
    collection.refresh_from_db()
    other.refresh_from_db()
    assert other.order < collection.order
    assert complaints == []


def test_a_draft_is_previewed_then_published(curator, collection, complaints):
    FavouriteFactory.create(collection=collection, item=LoopFactory.build())
    curator.goto(reverse("admin:catalog_collection_change", args=[collection.pk]))
    curator.get_by_role("link", name="Preview in English").click()
    expect(curator.get_by_role("heading", name="Autumn")).to_be_visible()
    expect(curator.get_by_text("Readers do not see this yet.")).to_be_visible()
    assert curator.request.get("/favourites/autumn/").status == 404
    curator.goto(reverse("admin:catalog_collection_changelist"))
    curator.locator("input.action-select").first.check()
    curator.locator("select[name=action]").select_option("publish")
    with curator.expect_navigation():
        curator.get_by_role("button", name="Go", exact=False).click()
    assert curator.goto("/favourites/autumn/").status == 200
    assert complaints == []


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_the_shelf_fits_whatever_stands_on_it(page, collection, width):
    collection.published_from = collection.created_at
    collection.save()
    for _ in range(3):
        FavouriteFactory.create(collection=collection, item=LoopFactory.build(), note_en="A word " * 40)
    FavouriteFactory.create(collection=collection, item=TitleFactory.build(names=Names(ru="Ы" * 80)))
    page.set_viewport_size({"width": width, "height": 900})
    for path in ("/favourites/", "/favourites/autumn/", "/"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path

"""Every page of the admin in a real browser: it fits, nothing is refused, and it wears what the reader chose."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from catalog.domain.titles import Names
from catalog.services import index
from catalog.tests.admin.rows import OTHERS, PAGES, address
from catalog.tests.factories import CollectionFactory, FavouriteFactory, LoopRowFactory, TitleFactory, loops_are_indexed
from catalog.tests.services.favourites.test_adding import sources  # noqa: F401

pytestmark = pytest.mark.browser
WIDTHS = (390, 768, 1440)
GROUND = {"light": "rgb(241, 234, 219)", "dark": "rgb(16, 14, 11)"}
SMALL = """[...document.querySelectorAll(`#header a, #header button, #header summary, .object-tools a, .submit-row *,
    .actions :is(select, button), .paginator :is(a, input), #toolbar :is([type=text], [type=submit]), .desk .button,
    .form-row :is(input:not([type=hidden]), select, textarea)`)]
    .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44)
    .map((one) => one.outerHTML.slice(0, 120))"""


def sign_in(page, origin, user):
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": origin}])


@pytest.fixture
def staff(page, origin, admin_user):
    """An administrator of a site that has a loop, for widgets to show."""
    index.forget()
    LoopRowFactory.create()
    loops_are_indexed()
    sign_in(page, origin, admin_user)
    yield page
    index.forget()


@pytest.fixture
def curator(page, origin):
    user = User.objects.create_user("curator", password="x", is_staff=True)
    user.groups.add(Group.objects.get(name="Curators"))
    sign_in(page, origin, user)
    return page


def looks_right(page, origin, url):
    for theme, ground in GROUND.items():
        page.context.add_cookies([{"name": "theme", "value": theme, "url": origin}])
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(url)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (theme, width)
            assert page.evaluate("getComputedStyle(document.body).backgroundColor") == ground, (theme, width)
            assert page.evaluate(SMALL) == [], width


@pytest.mark.parametrize(("model", "kind"), PAGES)
def test_a_page_fits_in_both_themes(staff, origin, model, kind, complaints):
    with override("ru"):
        url = address(model, kind)
    looks_right(staff, origin, url)
    assert complaints == []


@pytest.mark.parametrize("route", OTHERS)
def test_so_does_what_belongs_to_no_model(staff, origin, route, complaints):
    address("catalog_favourite", "change")
    looks_right(staff, origin, reverse(route))
    assert complaints == []


def test_so_does_the_door(page, origin, complaints):
    looks_right(page, origin, reverse("admin:login"))
    assert complaints == []


def test_the_theme_changes_in_place_and_stays(curator, complaints):
    CollectionFactory.create(name_en="Autumn")
    curator.goto(reverse("admin:catalog_collection_add"))
    curator.fill("#id_name_en", "Half written")
    curator.get_by_role("button", name="Switch between ink and paper").click()
    curator.wait_for_function(f"getComputedStyle(document.body).backgroundColor === '{GROUND['light']}'")
    assert curator.input_value("#id_name_en") == "Half written"
    curator.reload()
    assert curator.evaluate("getComputedStyle(document.body).backgroundColor") == GROUND["light"]
    assert complaints == []


def test_the_theme_changes_without_javascript(browser, origin, admin_user):
    context = browser.new_context(base_url=origin, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, origin, admin_user)
    page.goto("/ru/admin/")
    page.locator("header [data-theme-form] button").click()
    assert page.url.endswith("/ru/admin/")
    assert page.locator("meta[name=color-scheme]").get_attribute("content") == "light"
    context.close()


def test_filters_fold_on_a_phone(curator):
    FavouriteFactory.create(collection=CollectionFactory.create())
    curator.set_viewport_size({"width": 390, "height": 844})
    curator.goto(reverse("admin:catalog_favourite_changelist"))
    panel = curator.locator("#changelist-filter")
    assert not panel.is_visible()
    curator.locator("#filters-shown").press("Space")
    assert panel.is_visible()


def test_the_actions_follow_what_is_chosen(curator):
    collection = CollectionFactory.create()
    for order in range(12):
        FavouriteFactory.create(collection=collection, order=order)
    curator.set_viewport_size({"width": 390, "height": 844})
    curator.goto(reverse("admin:catalog_favourite_changelist"))
    curator.locator("input.action-select").last.check()
    curator.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
    box = curator.locator(".actions").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 844


@pytest.fixture
def three(db):
    collection = CollectionFactory.create(name_en="Autumn", name_ru="Осень")
    for order, word in enumerate(("Alpha", "Beta", "Gamma"), 1):
        FavouriteFactory.create(collection=collection, item=TitleFactory.build(names=Names(ru=word)), order=order)
    return collection


def test_numbers_can_be_reached_on_a_phone_below_a_long_name(curator, three):
    FavouriteFactory.create(collection=three, item=TitleFactory.build(names=Names(ru="Очень длинное название " * 5)))
    curator.set_viewport_size({"width": 390, "height": 844})
    curator.goto(reverse("admin:catalog_collection_change", args=[three.pk]))
    for number in curator.locator("tr.has_original input._reorder_").all():
        number.click(timeout=2000)  # refuses where something lies over it


def test_the_first_page_says_what_is_to_do(curator, three):
    three.favourites.filter(order=2).update(state="gone")
    CollectionFactory.create(name_en="Later", published_from=None)
    curator.goto(reverse("admin:index"))
    desk = curator.locator(".desk").inner_text()
    assert "3 favourites, 1 broken" in desk
    assert "draft" in desk
    assert curator.locator(".broken a").all_inner_texts() == ["Beta"]
    assert curator.locator("header .ways a").all_inner_texts() == ["COLLECTIONS", "FAVOURITES"]


def reach(page, place):
    """With Tab alone, as far as a page goes."""
    for _ in range(120):
        if place.evaluate("(one) => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no Tab leads to {place}")


def test_a_keyboard_alone_adds_a_favourite_and_reorders(curator, three, sources, complaints):
    curator.goto(reverse("admin:index"))
    reach(curator, curator.get_by_label("An address or an id"))
    curator.keyboard.type("8500")
    with curator.expect_navigation():
        curator.keyboard.press("Enter")
    assert three.favourites.count() == 4
    curator.goto(reverse("admin:index"))
    reach(curator, curator.locator(".desk tbody th a"))
    curator.keyboard.press("Enter")
    curator.wait_for_url("**/change/")
    last = curator.locator("input._reorder_").last
    reach(curator, last)
    curator.keyboard.press("ControlOrMeta+a")
    curator.keyboard.type("1")
    curator.keyboard.press("Enter")
    curator.wait_for_url("**/collection/")
    assert three.favourites.get(order=1).subject == "8500"
    assert complaints == []

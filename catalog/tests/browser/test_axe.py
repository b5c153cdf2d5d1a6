"""What axe finds in the way of those who listen to a page or use it by keys: nothing, on any page over the demo."""

from __future__ import annotations

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User

from catalog.services import index
from catalog.tests.browser.my.lists import document, entry
from catalog.tests.browser.test_curators import signed_in
from catalog.tests.factories import CollectionFactory, FavouriteFactory, LoopFactory, TitleFactory, VideoFactory
from catalog.tests.views.test_headings import PATHS
from catalog.tests.walk import demo_below, demo_urls

pytestmark = pytest.mark.browser

RULES = {"label-content-name-mismatch": {"enabled": True}}  # which axe leaves to whoever asks for it
DJANGOS = {"empty-table-header": {"enabled": False}}  # Django's own, above the names of rows
LOOP = "59adf78ac4c0bc657943222d"
ADMIN = [
    "/admin/",
    "/admin/catalog/collection/",
    "/admin/catalog/collection/add/",
    "/admin/catalog/collection/{collection}/change/",
    "/admin/catalog/collection/{collection}/history/",
    "/admin/catalog/favourite/",
    "/admin/catalog/favourite/add/",
    "/admin/catalog/favourite/{favourite}/change/",
    "/admin/catalog/favourite/import/",
    "/admin/catalog/favourite/export/",
    "/admin/catalog/favourite/deleted/",
    "/admin/catalog/widget/add/",
    "/admin/catalog/titlerow/",
    "/admin/catalog/storedposter/",
    "/admin/auth/user/add/",
]


@pytest.fixture
def demo(origin, settings, tmp_path):
    with demo_below(settings, tmp_path, demo_urls()):
        index.rebuild(lambda done, total: None)
        yield


@pytest.fixture
def collection(demo):
    collection = CollectionFactory.create(slug="autumn")
    for item in (TitleFactory.build(), LoopFactory.build(), VideoFactory.build()):
        FavouriteFactory.create(collection=collection, item=item)
    return collection


def found(page, paths: list[str], **rules: object) -> dict[str, list[str]]:
    violations = {}
    options = {"resultTypes": ["violations"], "rules": RULES | rules}
    for path in paths:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        told = Axe().run(page, options=options).response["violations"]
        if told:
            violations[path] = [f"{one['id']}: {node['html'][:200]}" for one in told for node in one["nodes"]]
    return violations


@pytest.mark.parametrize(("width", "theme"), [(390, "light"), (1280, "dark")])
def test_no_page_is_in_anybodys_way(page, origin, collection, width, theme):
    page.context.add_cookies([{"name": "theme", "value": theme, "url": origin}])
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/robots.txt")
    words = json.dumps(document(entry(8500, state="watching", seen=1), entry(8501), entry(LOOP, "loop")))
    page.evaluate("words => localStorage.setItem('animesite.list', words)", words)
    assert found(page, PATHS) == {}


@pytest.mark.parametrize(("width", "theme"), [(390, "dark"), (1280, "light")])
def test_nor_is_any_page_of_the_curators(page, origin, collection, width, theme):
    page.context.add_cookies([{"name": "theme", "value": theme, "url": origin}])
    page.set_viewport_size({"width": width, "height": 900})
    signed_in(page, origin, User.objects.create_superuser("root", password="x"))
    keys = {"collection": collection.pk, "favourite": collection.favourites.all()[0].pk}
    assert found(page, [path.format(**keys) for path in ADMIN], **DJANGOS) == {}

"""Who reads a page by its headings finds one first, and no level left out, on each page over the demo."""

from __future__ import annotations

from itertools import pairwise

import pytest
from bs4 import BeautifulSoup

from catalog.services import index
from catalog.tests.factories import CollectionFactory, FavouriteFactory, LoopFactory, TitleFactory
from catalog.tests.walk import demo_below, demo_urls

pytestmark = pytest.mark.django_db

CODE = "nanatsu-no-taizai-kamigami-no-gekirin"
PATHS = [
    "/", "/catalog/", "/catalog/?q=qwxzv", f"/title/{CODE}/", f"/title/{CODE}/1/", "/schedule/", "/feed/", "/clips/",
    "/team/", "/stats/", "/loops/", "/loops/?duration=1,2", "/loops/59adf78ac4c0bc657943222d/", "/series/",
    "/series/?q=qwxzv", "/series/591b2b9868f9f00f82bf3640/", "/videos/", "/videos/@needle_drop/", "/videos/5YvxWOxcRa/",
    "/favourites/", "/favourites/autumn/", "/my/", "/my/title/8500/", "/my/forget/", "/embed/builder/", "/about/",
    "/status/", "/nope/", "/title/nope/", "/admin/login/",
]  # fmt: skip


@pytest.fixture
def demo(settings, tmp_path):
    with demo_below(settings, tmp_path, demo_urls()) as wire:
        index.rebuild(lambda done, total: None)
        yield wire


def complaint(response, status: int) -> str:
    page = BeautifulSoup(response.content, "html.parser")
    levels = [int(heading.name[1]) for heading in page.select("h1, h2, h3, h4, h5, h6")]
    if response.status_code != status:
        return f"status {response.status_code}"
    if levels[:1] != [1] or levels.count(1) != 1:
        return f"no first heading, or more than one: {levels}"
    return f"{levels}" if any(after > before + 1 for before, after in pairwise(levels)) else ""


def test_one_heading_is_the_first_and_no_level_is_left_out(client, demo):
    collection = CollectionFactory.create(slug="autumn")
    for item in (TitleFactory.build(), LoopFactory.build()):
        FavouriteFactory.create(collection=collection, item=item)
    said = {path: complaint(client.get(path), 404 if "nope" in path else 200) for path in PATHS}
    assert {path: words for path, words in said.items() if words} == {}

"""The title's page in Chromium: torrents in another order, loops that come when they are near."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from catalog.models import SeriesRow
from catalog.tests.factories import LoopRowFactory, LoopSeriesFactory
from catalog.tests.views import samples

pytestmark = pytest.mark.browser

PAGE = "/title/nanatsu-no-taizai/"


@pytest.fixture(autouse=True)
def _two_torrents(everything):
    torrents = [samples.torrent(torrent_id=number, total_size=number * 10**9) for number in (1, 2)]
    everything.get(f"{samples.ANILIBRIA}/getTitle", json=samples.title(torrents={"list": torrents}))


def sizes(page) -> list[str]:
    return page.locator(".tor td[data-l=Size]").all_inner_texts()


def test_torrents_change_their_order_in_place_and_back(page):
    page.goto(PAGE)
    assert sizes(page) == ["953.7\xa0MB", "1.9\xa0GB"]
    page.get_by_role("link", name="Size").click()
    expect(page.locator("th[aria-sort=descending]")).to_have_text("Size")
    assert sizes(page) == ["1.9\xa0GB", "953.7\xa0MB"]
    assert page.url.endswith(f"{PAGE}?torrents=size")
    page.get_by_role("link", name="Size").click()
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("Size")
    page.go_back()
    expect(page.locator("th[aria-sort=descending]")).to_have_text("Size")


def test_loops_come_when_they_are_near(page):
    series = LoopRowFactory.create(series=LoopSeriesFactory.build()).series
    SeriesRow.objects.filter(pk=series.pk).update(title_id=samples.title()["id"])
    page.goto(PAGE)
    link = page.get_by_role("link", name="Loops from it")
    expect(link).to_be_attached()
    link.scroll_into_view_if_needed()
    expect(page.locator("#rl")).to_have_text(re.compile("Loops from it", re.IGNORECASE))
    expect(page.locator(".wall .loop")).to_have_count(1)
    expect(page.locator("#torrents .files details")).to_have_count(2)

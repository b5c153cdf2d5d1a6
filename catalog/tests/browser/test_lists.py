"""What scripts add to lists: the browser's zone as a proposal, clips that play in place, links that are copied."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from catalog.tests.browser.conftest import SHIFTS, until
from catalog.tests.views import samples

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def _lists(everything):
    everything.get(f"{samples.ANILIBRIA}/getFeed", json=[{"title": samples.title()}, {"youtube": samples.clip()}])
    everything.get(f"{samples.ANILIBRIA}/getYouTube", json=[samples.clip()])
    everything.get(f"{samples.ANIMELOOP}/series", json=samples.animeloop([]))
    everything.get(f"{samples.ANIMELOOP}/loop?id=59adf78a3bb11f2eb1c3222d", json=samples.animeloop(samples.loop()))
    everything.get(f"{samples.ANILIBRIA}/getSeedStats", json=[{"user": "T1", "downloaded": 1, "uploaded": 2}])


@pytest.mark.parametrize("path", ["/feed/", "/clips/", "/team/", "/team/Kari/", "/stats/", "/schedule/?day=4"])
@pytest.mark.parametrize("width", [390, 1440])
def test_no_list_is_wider_than_the_screen_or_makes_the_browser_complain(page, complaints, path, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"/ru{path}")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert complaints == []


class TestZone:
    @pytest.fixture
    def tokyo(self, browser: Browser, origin: str):
        context = browser.new_context(base_url=origin, timezone_id="Asia/Tokyo")
        yield context.new_page()
        context.close()

    def test_nothing_moves_where_a_zone_is_proposed(self, tokyo):
        tokyo.set_viewport_size({"width": 412, "height": 823})
        tokyo.add_init_script(SHIFTS)
        tokyo.route("**/*.woff2", lambda route: route.abort())  # what moves when they come late is not the form
        tokyo.goto("/schedule/")
        expect(tokyo.locator("[data-zone]")).to_have_attribute("open", "")
        tokyo.wait_for_load_state("networkidle")
        assert tokyo.evaluate("window.moved") < 0.001

    def test_the_browsers_zone_is_proposed_and_taken_by_one_click(self, tokyo):
        tokyo.goto("/schedule/")
        expect(tokyo.locator("[data-zone]")).to_have_attribute("open", "")
        expect(tokyo.locator("select[name=tz]")).to_have_value("Asia/Tokyo")
        expect(tokyo.get_by_text("your time")).to_have_count(0)
        tokyo.get_by_role("button", name="Show by this clock").click()
        expect(tokyo.get_by_text("Thu 06:00 – Fri 06:00 your time")).to_be_visible()
        expect(tokyo.locator("[data-zone]")).not_to_have_attribute("open", "")

    def test_who_has_chosen_is_not_asked_again(self, tokyo, origin):
        tokyo.context.add_cookies([{"name": "tz", "value": "Europe/Moscow", "url": origin}])
        tokyo.goto("/schedule/")
        expect(tokyo.locator("[data-zone]")).not_to_have_attribute("open", "")


def test_a_clip_plays_in_place_and_not_before(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/clips/")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "youtube" in url]
    page.locator("[data-youtube]").click()
    frame = page.locator("iframe")
    expect(frame).to_have_attribute("src", "https://www.youtube-nocookie.com/embed/OXBO4h3l3rM?autoplay=1")
    until(page, lambda: any("youtube" in url for url in asked))


def test_a_link_is_copied(page, origin):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/loops/59adf78a3bb11f2eb1c3222d/?x=1")
    page.get_by_text("Share", exact=True).click()
    page.get_by_role("button", name="Copy the link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{origin}/loops/59adf78a3bb11f2eb1c3222d/"


def test_the_lists_siblings_follow_a_filter_that_was_swapped_in(page):
    page.goto("/ru/loops/")
    page.locator("label:has(input[name=source][value=upload])").click()
    page.wait_for_url("**/ru/loops/?source=upload")
    expect(page.locator('link[title="RSS"]')).to_have_attribute(
        "href", re.compile(r"/loops\.rss\?source=upload&lang=ru$")
    )

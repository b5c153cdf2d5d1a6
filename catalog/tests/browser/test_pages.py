"""What only a browser can tell: no complaint in the console, swaps, history, themes, life without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from catalog.tests.views import samples
from catalog.tests.views.test_catalog import many
from catalog.tests.views.test_posters import store

pytestmark = pytest.mark.browser

PAGES = [
    "/",
    "/catalog/?genre=магия&year=1",
    "/title/nanatsu-no-taizai/",
    "/title/nanatsu-no-taizai/1/",
    "/schedule/",
    "/about/",
    "/nope/",
]


@pytest.fixture(autouse=True)
def _two_pages(everything):
    everything.get(f"{samples.ANILIBRIA}/getTitle", json=samples.title())
    everything.get(f"{samples.ANILIBRIA}/getUpdates", json=many(25))
    everything.get(f"{samples.ANILIBRIA}/searchTitles", json=many(3))


@pytest.mark.parametrize("path", PAGES)
def test_no_page_makes_the_browser_complain(page, complaints, path):
    for language in ("", "/ru"):
        page.goto(f"{language}{path}")
        page.wait_for_load_state("networkidle")
    assert complaints == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [390, 641, 768, 901, 1440])
def test_no_page_is_wider_than_the_screen(page, path, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"/ru{path}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_filter_swaps_the_results_and_going_back_brings_them_back(page):
    page.goto("/catalog/")
    page.locator(".facet").get_by_text("магия").click()
    expect(page.locator("#results h1")).to_have_text("3 titles")
    query = "?genre=%D0%BC%D0%B0%D0%B3%D0%B8%D1%8F"
    assert page.url.endswith(f"/catalog/{query}")
    expect(page.locator("a[data-language][hreflang=ru]")).to_have_attribute(
        "href", re.compile(re.escape(f"/ru/catalog/{query}") + "$")
    )
    page.go_back()
    expect(page.locator("#results h1")).to_have_text("Latest updates")
    expect(page.locator("#results .card")).to_have_count(24)


def test_more_titles_are_appended_and_the_first_of_them_has_the_focus(page):
    page.goto("/catalog/")
    page.get_by_role("link", name="Load more").click()
    expect(page.locator(".card")).to_have_count(48)
    expect(page.locator(".card h3 a").nth(24)).to_be_focused()
    assert page.url.endswith("/catalog/")


def test_the_theme_changes_in_place_and_stays(page):
    page.goto("/about/")
    page.get_by_role("button", name="Switch between ink and paper").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    page.get_by_role("button", name="As the system").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "system")


def test_a_poster_that_does_not_load_gives_way_to_the_drawn_one(page, everything):
    store(samples.title()["id"])  # but its files are lost
    page.goto("/title/nanatsu-no-taizai/")
    image = page.locator(".head .poster img")
    expect(image).to_have_attribute("src", "/poster/nanatsu-no-taizai.svg")
    page.wait_for_function("document.querySelector('.head .poster img').naturalWidth > 100")
    assert image.evaluate("image => image.getBoundingClientRect().width") > 100


def test_the_first_tab_leads_past_the_header(page):
    page.goto("/about/")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


class TestWithoutScripts:
    def test_search_filters_and_more_are_plain_addresses(self, plain):
        plain.goto("/catalog/")
        plain.get_by_role("link", name="Load more").click()
        assert plain.url.endswith("/catalog/?page=2")
        plain.locator(".ask input").fill("грех")
        plain.locator(".ask input").press("Enter")
        expect(plain.locator("#results h1")).to_have_text("3 titles")
        assert "q=%D0%B3%D1%80%D0%B5%D1%85" in plain.url

    def test_the_theme_is_a_form_that_comes_back(self, plain):
        plain.goto("/ru/catalog/?q=x")
        plain.locator(".tools form button").click()
        assert plain.url.endswith("/ru/catalog/?q=x")
        expect(plain.locator("html")).to_have_attribute("data-theme", "light")

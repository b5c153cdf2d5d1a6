"""The private address of a list that the browser keeps: it follows the list, and is revoked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import APIRequestContext, Browser, Page, expect

from catalog.tests.browser.my.lists import PAGES, entry, forget, heart, in_section, keep, kept

pytestmark = pytest.mark.browser


class TestThePrivateAddress:
    @pytest.fixture
    def reader(self, browser: Browser) -> Iterator[APIRequestContext]:
        """A feed reader: without the visitor's cookies."""
        context = browser.new_context()
        yield context.request
        context.close()

    def test_is_made_kept_in_step_and_revoked(self, page, reader, complaints):
        keep(page, entry(state="watching", seen=1))
        page.goto("/my/")
        page.get_by_role("button", name="Make an address").click()
        links = page.locator("#address a[href^=http]")
        addresses = [link.get_attribute("href") for link in links.all()]
        [calendar] = [address for address in addresses if ".ics" in address]
        [news] = [address for address in addresses if ".rss" in address]
        for address in (calendar, news):
            answer = reader.get(address)
            assert answer.status == 200
            assert "Семь смертных грехов" in answer.text()

        expect(in_section(page, "Watching")).to_have_count(1)  # the script is there
        page.goto(PAGES["title"])
        with page.expect_request(lambda request: request.method == "PUT") as sent:
            page.get_by_label("On my list").select_option("Dropped")
        assert sent.value.response().status == 204
        assert [one["state"] for one in sent.value.post_data_json["entries"]] == ["dropped"]
        assert "Семь смертных грехов" not in reader.get(calendar).text()

        page.goto("/my/")
        page.get_by_role("button", name="Revoke", exact=True).click()
        expect(page.get_by_role("button", name="Make an address")).to_be_visible()
        assert reader.get(calendar).status == 410
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.method))
        heart(page).first.click()
        page.wait_for_timeout(2500)
        assert "PUT" not in asked
        assert complaints == []

    def test_keeps_its_titles_when_the_browser_loses_the_list(self, page, reader):
        news = _made(page)
        page.goto("/robots.txt")
        page.evaluate("localStorage.clear()")
        sent: list[str] = []
        page.on("request", lambda request: sent.append(request.method))
        page.goto("/my/")
        expect(page.get_by_text("Nothing stands here yet")).to_be_visible()
        page.wait_for_timeout(2500)
        assert "PUT" not in sent
        assert "Семь смертных грехов" in reader.get(news).text()

    def test_goes_with_the_list_that_is_forgotten(self, page, reader):
        news = _made(page)
        forget(page)
        expect(page.get_by_role("button", name="Make an address")).to_be_visible()
        assert kept(page) == []
        assert reader.get(news).status == 410

    def test_catches_up_with_what_was_changed_while_the_site_was_away(self, page):
        _made(page)
        page.route("**/my/address/", lambda route: route.abort())
        page.goto(PAGES["title"])
        with page.expect_event("requestfailed", lambda request: request.method == "PUT"):
            heart(page).first.click()
        page.unroute("**/my/address/")
        with page.expect_request(lambda request: request.method == "PUT") as sent:
            page.goto("/about/")
            page.wait_for_timeout(2500)
        assert [one["heart"] for one in sent.value.post_data_json["entries"]] == [False]


def _made(page: Page) -> str:
    """The address of what comes out of a list with a title that is being watched."""
    keep(page, entry(state="watching"))
    page.goto("/my/")
    page.get_by_role("button", name="Make an address").click()
    news = page.locator("#address a[href*='.rss']").get_attribute("href")
    expect(in_section(page, "Watching")).to_have_count(1)  # the script is there
    return news or ""

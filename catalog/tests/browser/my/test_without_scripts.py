"""The list in the cookie: without scripts, and where scripts come to it later."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from catalog.tests.browser.my.lists import (
    LOOP,
    NO_STORAGE,
    PAGES,
    TITLE,
    document,
    entry,
    in_section,
    keep,
    kept,
    load,
    until_drawn,
)

pytestmark = pytest.mark.browser


class TestWithoutScripts:
    @pytest.fixture
    def plain(self, browser: Browser, origin: str) -> Iterator[Page]:
        context = browser.new_context(base_url=origin, java_script_enabled=False)
        yield context.new_page()
        context.close()

    def test_a_heart_is_a_link_to_a_form_and_back(self, plain):
        plain.goto(PAGES["title"])
        plain.locator(".keep").get_by_role("link", name="Heart").click()
        plain.get_by_role("checkbox", name="Heart").check()
        plain.get_by_text("Watching", exact=True).click()
        plain.get_by_role("button", name="Keep", exact=True).click()
        assert plain.url.endswith(PAGES["title"])
        plain.locator(".tools [data-my]").click()
        expect(in_section(plain, "Watching")).to_contain_text("Семь смертных грехов")
        expect(plain.get_by_role("button", name="Remove")).to_have_count(0)

    def test_the_browser_takes_the_list_over_once_scripts_come(self, browser, origin, plain):
        plain.goto(f"/my/loop/{LOOP}/")
        plain.get_by_role("checkbox", name="Heart").check()
        plain.get_by_role("button", name="Keep", exact=True).click()
        later = browser.new_context(base_url=origin)
        later.add_cookies(plain.context.cookies())
        page = later.new_page()
        with page.expect_response("**/my/handed-over/") as answer:
            page.goto("/my/")
        assert answer.value.status == 204
        expect(in_section(page, "Hearts")).to_have_count(1)
        assert [one["subject"] for one in kept(page)] == [LOOP]
        assert [cookie for cookie in later.cookies() if cookie["name"] == "my"] == []
        later.close()

    def test_what_could_not_be_handed_over_brings_nothing_back(self, browser, origin, plain):
        plain.goto(f"/my/title/{TITLE}/")
        plain.get_by_role("checkbox", name="Heart").check()
        plain.get_by_role("button", name="Keep", exact=True).click()
        later = browser.new_context(base_url=origin)
        later.add_cookies(plain.context.cookies())
        page = later.new_page()
        page.route("**/my/handed-over/", lambda route: route.abort())
        page.goto("/my/")
        expect(in_section(page, "Hearts")).to_have_count(1)
        page.locator("[data-remove]").first.click()
        page.goto("/my/")
        expect(page.get_by_text("Nothing stands here yet")).to_be_visible()
        page.unroute("**/my/handed-over/")
        with page.expect_response("**/my/handed-over/"):
            page.goto("/my/")
        assert kept(page) == []
        later.close()

    def test_scripts_leave_the_cookie_its_list_where_nothing_else_can_be_kept(self, browser, origin, plain, tmp_path):
        plain.goto(f"/my/title/{TITLE}/")
        plain.get_by_role("checkbox", name="Heart").check()
        plain.get_by_role("button", name="Keep", exact=True).click()
        later = browser.new_context(base_url=origin)
        later.add_init_script(NO_STORAGE)
        later.add_cookies(plain.context.cookies())
        page = later.new_page()
        page.goto("/my/")
        expect(in_section(page, "Hearts")).to_have_count(1)
        path = tmp_path / "list.json"
        path.write_text(json.dumps(document(entry(LOOP, "loop"))))
        load(page, path)
        page.get_by_role("button", name="Load a file").click()
        expect(in_section(page, "Hearts")).to_have_count(2)
        with page.expect_download() as download:
            page.get_by_role("link", name="Save as a file").click()
        assert len(json.loads(download.value.path().read_text())["entries"]) == 2
        page.goto(PAGES["title"])
        page.locator(".keep").get_by_role("link", name="Heart").click()
        page.get_by_role("checkbox", name="Heart").uncheck()
        page.get_by_role("button", name="Keep", exact=True).click()
        page.goto("/my/")
        expect(in_section(page, "Hearts")).to_have_count(1)
        page.get_by_role("link", name="Forget everything").click()
        page.get_by_role("button", name="Forget everything").click()
        expect(page.get_by_text("Nothing stands here yet")).to_be_visible()
        assert [cookie for cookie in later.cookies() if cookie["name"] == "my"] == []
        later.close()

    def test_what_could_not_be_handed_over_is_forgotten_with_the_rest(self, browser, origin, plain):
        plain.goto(f"/my/title/{TITLE}/")
        plain.get_by_role("checkbox", name="Heart").check()
        plain.get_by_role("button", name="Keep", exact=True).click()
        later = browser.new_context(base_url=origin)
        later.add_cookies(plain.context.cookies())
        page = later.new_page()
        page.route("**/my/handed-over/", lambda route: route.abort())
        keep(page, entry(LOOP, "loop"))
        page.goto("/my/forget/")  # by a bookmark
        page.get_by_role("button", name="Forget everything").click()
        until_drawn(page)
        expect(page.get_by_text("Nothing stands here yet")).to_be_visible()
        assert page.evaluate("JSON.stringify(localStorage)").count("subject") == 0
        assert [cookie for cookie in later.cookies() if cookie["name"] == "my"] == []
        later.close()

    def test_a_sixty_first_is_refused_kindly(self, plain, tmp_path):
        path = tmp_path / "list.json"
        path.write_text(json.dumps(document(*(entry(number) for number in range(1, 61)))))
        plain.goto("/my/")
        load(plain, path)
        plain.get_by_role("button", name="Load a file").click()
        expect(in_section(plain, "Hearts")).to_have_count(60)
        plain.goto(f"/my/title/{TITLE}/")
        plain.get_by_role("checkbox", name="Heart").check()
        plain.get_by_role("button", name="Keep", exact=True).click()
        expect(plain.get_by_text("room for 60 entries")).to_be_visible()

"""The list in the cookie: without scripts, and where scripts come to it later."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

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
    def scripted(self, browser: Browser, origin: str, plain: Page) -> Iterator[Callable[..., Page]]:
        """``scripted(TITLE)``: the browser of who put a heart on that without scripts, which come only now."""
        contexts: list[BrowserContext] = []

        def come(subject: object, kind: str = "title", script: str = "") -> Page:
            _put_a_heart(plain, f"/my/{kind}/{subject}/")
            contexts.append(browser.new_context(base_url=origin, storage_state=plain.context.storage_state()))
            contexts[-1].add_init_script(script)
            return contexts[-1].new_page()

        yield come
        for context in contexts:
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

    def test_the_browser_takes_the_list_over_once_scripts_come(self, scripted):
        page = scripted(LOOP, "loop")
        with page.expect_response("**/my/handed-over/") as answer:
            page.goto("/my/")
        assert answer.value.status == 204
        expect(in_section(page, "Hearts")).to_have_count(1)
        assert [one["subject"] for one in kept(page)] == [LOOP]
        assert not _has_cookie(page)

    def test_what_could_not_be_handed_over_brings_nothing_back(self, scripted):
        page = scripted(TITLE)
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

    def test_scripts_leave_the_cookie_its_list_where_nothing_else_can_be_kept(self, scripted, tmp_path):
        page = scripted(TITLE, script=NO_STORAGE)
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
        assert not _has_cookie(page)

    def test_what_could_not_be_handed_over_is_forgotten_with_the_rest(self, scripted):
        page = scripted(TITLE)
        page.route("**/my/handed-over/", lambda route: route.abort())
        keep(page, entry(LOOP, "loop"))
        page.goto("/my/forget/")  # by a bookmark
        page.get_by_role("button", name="Forget everything").click()
        until_drawn(page)
        expect(page.get_by_text("Nothing stands here yet")).to_be_visible()
        assert page.evaluate("JSON.stringify(localStorage)").count("subject") == 0
        assert not _has_cookie(page)

    def test_a_sixty_first_is_refused_kindly(self, plain, tmp_path):
        path = tmp_path / "list.json"
        path.write_text(json.dumps(document(*(entry(number) for number in range(1, 61)))))
        plain.goto("/my/")
        load(plain, path)
        plain.get_by_role("button", name="Load a file").click()
        expect(in_section(plain, "Hearts")).to_have_count(60)
        _put_a_heart(plain, f"/my/title/{TITLE}/")
        expect(plain.get_by_text("room for 60 entries")).to_be_visible()


def _put_a_heart(plain: Page, form: str) -> None:
    plain.goto(form)
    plain.get_by_role("checkbox", name="Heart").check()
    plain.get_by_role("button", name="Keep", exact=True).click()


def _has_cookie(page: Page) -> bool:
    return any(cookie.get("name") == "my" for cookie in page.context.cookies())

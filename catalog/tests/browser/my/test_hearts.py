"""Hearts and states wherever titles, loops and videos are shown, kept by the browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from catalog.tests.browser.my.lists import (
    ADDED,
    NO_COOKIES,
    NO_STORAGE,
    PAGES,
    SUBJECTS,
    TITLE,
    VIDEO,
    entry,
    heart,
    in_section,
    keep,
    kept,
)
from catalog.tests.factories import TitleRowFactory

pytestmark = pytest.mark.browser


class TestAHeart:
    @pytest.mark.parametrize("kind", PAGES)
    def test_is_kept_by_the_browser_and_shown_in_the_list(self, page, complaints, kind):
        page.goto(PAGES[kind])
        heart(page, pressed=False).first.click()
        expect(heart(page, pressed=True)).to_have_count(1)
        page.reload()
        expect(heart(page, pressed=True)).to_have_count(1)
        page.goto("/my/")
        expect(in_section(page, "Hearts")).to_have_count(1)
        assert [(one["kind"], one["subject"]) for one in kept(page)] == [(kind, SUBJECTS[kind])]
        assert complaints == []

    @pytest.mark.parametrize("key", ["Enter", "Space"])
    @pytest.mark.parametrize("kind", PAGES)
    def test_is_put_and_taken_by_the_keyboard(self, page, kind, key):
        page.goto(PAGES[kind])
        button = heart(page).first
        button.focus()
        page.keyboard.press(key)
        expect(button).to_have_attribute("aria-pressed", "true")
        expect(page.locator("[data-hearts]")).to_have_text("Kept in your list")
        page.keyboard.press(key)
        expect(button).to_have_attribute("aria-pressed", "false")
        expect(page.locator("[data-hearts]")).to_have_text("Removed from your list")
        assert kept(page) == []

    def test_on_a_card_comes_with_the_mouse_and_does_not_follow_its_link(self, page):
        page.goto("/catalog/")
        card = page.locator(".card").first
        button = card.get_by_role("button")
        expect(button).to_have_css("opacity", "0")
        card.hover()
        expect(button).to_have_css("opacity", "1")
        expect(button).to_have_accessible_name("Heart: Семь смертных грехов")
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= 44
        button.click()
        assert page.url.endswith("/catalog/")
        page.mouse.move(0, 0)
        expect(button).to_have_css("opacity", "1")

    def test_on_a_card_follows_its_link_in_the_order_of_the_keyboard(self, page):
        page.goto("/catalog/")
        page.locator(".card h3 a").first.focus()
        page.keyboard.press("Tab")
        expect(page.locator(".card").first.get_by_role("button")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator(".card").first.get_by_role("button")).to_have_attribute("aria-pressed", "true")

    def test_says_what_it_did_also_after_the_page_came_back_from_history(self, page):
        keep(page, entry(state="watching", seen=1))
        page.goto("/catalog/")
        page.locator(".facet label").first.click()
        expect(page).to_have_url(re.compile(r"\?"))
        page.go_back()
        expect(page).to_have_url(re.compile("/catalog/$"))
        page.locator(".card").first.hover()
        page.locator(".card").first.get_by_role("button").click()
        expect(page.locator("[data-hearts]")).to_have_text("Kept in your list")
        expect(page.get_by_role("link", name="My list, with new episodes: 1")).to_be_visible()

    def test_is_there_on_what_is_loaded_later(self, page):
        later, *_ = TitleRowFactory.create_batch(30)  # the latest come first
        keep(page, entry(later.id))
        page.goto("/catalog/")
        expect(page.locator(".card .corner")).to_have_count(24)
        page.get_by_role("link", name="Load more").click()
        expect(page.locator(".card .corner")).to_have_count(31)
        expect(page.locator(".corner[aria-pressed=true]")).to_have_count(1)

    def test_is_on_films_of_the_feed(self, page):
        page.goto("/videos/")
        page.locator(".reel").first.get_by_role("button", name="Heart").click()
        assert [one["subject"] for one in kept(page)] == [VIDEO]

    def test_is_seen_by_another_page_of_the_site(self, page):
        other = page.context.new_page()
        for one in (page, other):
            one.goto(PAGES["title"])
        heart(page).first.click()
        expect(heart(other, pressed=True)).to_have_count(1)
        other.goto("/my/")
        expect(in_section(other, "Hearts")).to_have_count(1)
        heart(page).first.click()
        expect(in_section(other, "Hearts")).to_have_count(0)

    def test_sends_nothing(self, page):
        page.goto(PAGES["title"])
        page.wait_for_load_state("networkidle")
        asked: list[str] = []
        page.on("request", lambda request: None if "/live/" in request.url else asked.append(request.url))
        heart(page).first.click()
        page.get_by_label("On my list").select_option("planned")
        page.wait_for_timeout(1500)
        assert asked == []

    def test_says_so_where_the_browser_keeps_nothing(self, page, complaints):
        page.add_init_script(NO_STORAGE + NO_COOKIES)
        page.goto(PAGES["title"])
        heart(page).first.click()
        expect(heart(page, pressed=True)).to_have_count(1)
        expect(page.get_by_text("This browser keeps nothing")).to_be_visible()
        page.goto("/my/")
        expect(page.get_by_text("This browser keeps nothing")).to_be_visible()
        assert complaints == []

    def test_is_refused_kindly_where_the_list_is_full(self, page):
        keep(page, *(entry(number) for number in range(1, 5001)))
        page.goto(PAGES["title"])
        heart(page).first.click()
        expect(page.get_by_text("Your list is full")).to_be_visible()
        expect(heart(page, pressed=True)).to_have_count(0)
        assert len(kept(page)) == 5000


class TestStates:
    def test_a_title_goes_from_state_to_state(self, page):
        page.goto(PAGES["title"])
        page.get_by_label("On my list").select_option("Planned")
        page.goto("/my/")
        expect(in_section(page, "Planned")).to_contain_text("Семь смертных грехов")
        in_section(page, "Planned").get_by_label("On my list").select_option("Watched")
        page.reload()
        expect(in_section(page, "Watched")).to_have_count(1)
        assert [(one["state"], one["heart"], one["seen"]) for one in kept(page)] == [("watched", False, 2)]

    def test_what_was_changed_in_the_list_can_be_changed_back(self, page):
        keep(page, entry(state="watching", seen=1, added=ADDED))
        page.goto("/my/")
        item = in_section(page, "Watching")
        item.get_by_role("button", name="Remove from my list: Семь смертных грехов").click()
        expect(page.locator("li.left")).to_have_count(2)
        expect(page.locator("[data-hearts]")).to_have_text("Removed from your list")
        assert kept(page) == []
        item.get_by_label("On my list: Семь смертных грехов").select_option("Watching")
        expect(item).not_to_have_class(re.compile("left"))
        assert [(one["state"], one["seen"], one["added"]) for one in kept(page)] == [("watching", 1, ADDED)]
        page.reload()
        expect(page.locator("#my-list li.fav")).to_have_count(1)

    def test_the_form_of_one_thing_serves_who_comes_to_it_by_a_link(self, page):
        keep(page, entry(state="planned"))
        page.goto(f"/my/title/{TITLE}/?next=/about/")
        expect(page.get_by_role("radio", name="Planned")).to_be_checked()
        page.get_by_text("Dropped", exact=True).click()
        page.get_by_role("button", name="Keep", exact=True).click()
        page.wait_for_url("**/about/")
        assert [(one["state"], one["heart"]) for one in kept(page)] == [("dropped", True)]
        page.goto(f"/my/title/{TITLE}/")
        page.get_by_role("button", name="Remove from my list").click()
        page.wait_for_url("**/my/")
        assert kept(page) == []
        page.goto(f"/my/title/{TITLE}/")
        expect(page.get_by_role("button", name="Keep", exact=True)).to_be_visible()
        expect(page.get_by_role("button", name="Remove from my list")).to_be_hidden()
        assert [cookie["name"] for cookie in page.context.cookies() if cookie["name"] == "my"] == []

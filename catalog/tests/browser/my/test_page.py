"""The list's own page: what is new on it, how it comes, and what it asks of whom."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from catalog.tests.browser.conftest import SHIFTS
from catalog.tests.browser.my.lists import (
    LOOP,
    PAGES,
    TITLE,
    VIDEO,
    another_episode,
    entry,
    heart,
    in_section,
    keep,
    kept,
)

pytestmark = pytest.mark.browser


class TestNewEpisodes:
    def test_are_marked_until_the_title_is_visited(self, page, complaints):
        page.goto(PAGES["title"])
        page.get_by_label("On my list").select_option("Watching")
        another_episode()
        page.goto("/about/")
        way = page.get_by_role("link", name="My list, with new episodes: 1")
        expect(way).to_be_visible()
        way.click()
        expect(in_section(page, "Watching")).to_contain_text("+1 new episode")
        page.goto("/")
        shelf = page.get_by_role("region", name="New in your list")
        expect(shelf.locator("li.fav")).to_contain_text("+1 new episode")
        keep(page, entry(state="watching", heart=False, seen=3))  # as its page, which has the episode, does
        page.goto("/")
        expect(page.locator(".tools").get_by_role("link", name="My list", exact=True)).to_be_visible()
        expect(shelf).to_be_hidden()
        assert complaints == []

    def test_a_titles_page_takes_note_of_how_far_it_has_got(self, page):
        keep(page, entry(state="watching", seen=1))
        page.goto("/about/")
        expect(page.locator(".tools [data-new]")).to_be_visible()
        page.goto(PAGES["title"])
        expect(page.locator(".tools [data-new]")).to_have_count(0)
        assert [one["seen"] for one in kept(page)] == [2]

    def test_an_older_copy_of_its_page_takes_nothing_back(self, page):
        keep(page, entry(state="watching", seen=5))
        page.goto(PAGES["title"])
        expect(heart(page, pressed=True).first).to_be_visible()
        assert [one["seen"] for one in kept(page)] == [5]

    def test_everything_can_be_seen_at_once(self, page):
        keep(page, entry(state="watching", seen=1))
        page.goto("/my/")
        expect(page.locator("li .new")).to_have_count(2)
        page.get_by_role("button", name="Everything seen").click()
        expect(page.locator("li .new")).to_have_count(0)
        expect(page.get_by_role("status").filter(has_text="count as seen")).to_be_visible()
        assert [one["seen"] for one in kept(page)] == [2]

    def test_what_was_seen_elsewhere_stays_seen(self, page):
        keep(page, entry(state="watching", seen=5))
        page.goto("/my/")
        expect(in_section(page, "Watching")).to_have_count(1)
        page.get_by_role("button", name="Everything seen").click()
        expect(page.get_by_role("status").filter(has_text="count as seen")).to_be_visible()
        assert [one["seen"] for one in kept(page)] == [5]

    def test_leave_the_front_page_that_is_come_back_to(self, page):
        keep(page, entry(state="watching", seen=1))
        page.goto("/about/")
        expect(page.locator(".tools [data-new]")).to_be_visible()
        page.goto("/")
        shelf = page.get_by_role("region", name="New in your list")
        expect(shelf.locator("li.fav .new")).to_be_visible()
        page.evaluate("localStorage.removeItem('animesite.list')")  # by another page, while this one was left
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")  # as after Back
        expect(shelf).to_be_hidden()

    def test_nobody_asks_for_them_who_watches_nothing(self, page):
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        keep(page, entry())
        page.goto("/about/")
        page.wait_for_load_state("networkidle")
        assert [url for url in asked if "/my/" in url and "/static/" not in url] == []


def test_nobody_else_is_asked_for_anything_but_pictures(page, origin):
    asked: list[str] = []
    page.on("request", lambda request: None if request.resource_type == "image" else asked.append(request.url))
    keep(page, entry(state="watching", seen=1))
    for path in ("/my/", PAGES["title"]):
        page.goto(path)
        page.wait_for_load_state("networkidle")
    assert f"{origin}/my/cards/" in asked
    assert [url for url in asked if not url.startswith(origin)] == []


def test_a_long_list_is_drawn_in_parts(page):
    keep(page, entry(state="watching"), *(entry(number, state="planned") for number in range(20_000, 20_520)))
    page.goto("/my/")
    expect(in_section(page, "Planned")).to_have_count(520, timeout=60_000)
    expect(in_section(page, "Hearts")).to_have_count(521)
    names = page.locator("#my-list h2").all_inner_texts()
    assert [name.lower() for name in names] == ["hearts", "watching", "planned"]


def test_where_the_site_does_not_draw_it_the_list_is_not_lost(page):
    keep(page, entry())
    page.route("**/my/cards/", lambda route: route.abort())
    page.goto("/my/")
    expect(page.get_by_text("Your list is safe in this browser")).to_be_visible()
    page.get_by_role("button", name="Everything seen").click()
    expect(page.locator("[data-keeping] [role=status]")).to_be_empty()
    assert len(kept(page)) == 1


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", ["/my/", PAGES["title"], "/"])
def test_nothing_moves_while_the_list_comes(page, path, width):
    page.set_viewport_size({"width": width, "height": 720})
    page.add_init_script(SHIFTS)
    keep(page, entry(state="watching", seen=1), entry(LOOP, "loop"))
    page.route("**/*.woff2", lambda route: route.abort())  # what moves when they come late is not the list's
    for _ in range(2):  # the second time it is known what is new
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.moved") < 0.02


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("path", ["/ru/my/", f"/ru/my/title/{TITLE}/", f"/ru{PAGES['title']}", f"/ru{PAGES['loop']}"])
def test_it_fits_a_telephone(page, origin, complaints, path, theme):
    page.context.add_cookies([{"name": "theme", "value": theme, "url": origin}])
    page.set_viewport_size({"width": 390, "height": 844})
    keep(page, entry(state="watching", seen=1), entry(LOOP, "loop"), entry(VIDEO, "video"))
    page.goto(path)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    way = page.locator(".tools [data-my]").bounding_box()
    assert min(way["width"], way["height"]) >= 44
    assert complaints == []

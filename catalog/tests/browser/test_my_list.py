"""A visitor's own list where there are scripts: the browser keeps it, the site draws it, and a file carries it."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import APIRequestContext, Browser, Page, expect

from catalog.domain.titles import EpisodeRange, Names, Player
from catalog.models import TitleRow
from catalog.tests.factories import TitleRowFactory
from catalog.tests.views import samples

pytestmark = pytest.mark.browser

ADDED = 1_790_000_000
TITLE, LOOP, VIDEO = 8500, "59adf78a3bb11f2eb1c3222d", "5YvxWOxcRa"
PAGES = {
    "title": "/title/nanatsu-no-taizai/",
    "loop": f"/loops/{LOOP}/",
    "video": f"/videos/{VIDEO}/",
}
SUBJECTS = {"title": str(TITLE), "loop": LOOP, "video": VIDEO}
NO_STORAGE = """
for (const method of ["getItem", "setItem", "removeItem"]) {
  Storage.prototype[method] = () => { throw new DOMException("refused", "SecurityError"); };
}
"""
NO_COOKIES = "Object.defineProperty(Navigator.prototype, 'cookieEnabled', {get: () => false});"
SHIFTS = """window.moved = 0; new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) if (!shift.hadRecentInput) window.moved += shift.value;
}).observe({type: "layout-shift", buffered: true});"""


@pytest.fixture(autouse=True)
def _sources(everything, db):
    everything.get(f"{samples.ANIMELOOP}/loop?id={LOOP}", json=samples.animeloop(samples.loop()))
    for name in ("1.mp4", "1.jpg"):
        everything.head(f"https://cdn.animeloop.org/{name}", headers={"Content-Length": "1"})
    film = samples.video(id="107099161459215690")
    everything.get(f"{samples.LOOPS}/api/v1/video/{film['id']}", json={"data": film})
    everything.get(f"{samples.LOOPS}/api/web/feed", json={"data": [film], "links": {}, "meta": {}})
    everything.get(f"{samples.LOOPS}/api/v1/explore/tags", json={"data": []})
    everything.get(f"{samples.ANILIBRIA}/getTitles", json=[])
    TitleRowFactory.create(
        id=TITLE,
        code="nanatsu-no-taizai",
        names=Names(ru="Семь смертных грехов", en="Nanatsu no Taizai"),
        player=Player(range=EpisodeRange(first=1, last=2)),
    )


def another_episode() -> None:
    TitleRow.objects.update(last_episode=3)


def entry(subject: object = TITLE, kind: str = "title", **said: Any) -> dict[str, Any]:
    now = int(time.time()) - 60
    whole = {"kind": kind, "subject": str(subject), "heart": True, "state": "", "seen": None}
    return whole | {"added": now, "changed": now} | said


def document(*entries: Any) -> dict[str, Any]:
    return {"version": 1, "kind": "animesite-list", "entries": list(entries)}


def keep(page: Page, *entries: Any) -> None:
    """Before the first page: the browser kept these at an earlier visit."""
    _store(page, json.dumps(document(*entries)))


def _store(page: Page, words: str) -> None:
    page.goto("/robots.txt")
    page.evaluate("words => localStorage.setItem('animesite.list', words)", words)


def kept(page: Page) -> list[dict[str, Any]]:
    return json.loads(page.evaluate("localStorage.getItem('animesite.list')") or '{"entries":[]}')["entries"]


def heart(page: Page, pressed: bool | None = None):
    return page.locator("main").get_by_role("button", name="Heart", pressed=pressed)


def in_section(page: Page, name: str):
    return page.get_by_role("region", name=name).locator("li.fav")


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
        assert [cookie["name"] for cookie in page.context.cookies() if cookie["name"] == "my"] == []


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
        shelf.get_by_role("link", name="Семь смертных грехов").click()
        expect(heart(page, pressed=True).first).to_be_visible()
        page.go_back()
        expect(page).to_have_url(re.compile("/$"))
        expect(shelf).to_be_hidden()

    def test_nobody_asks_for_them_who_watches_nothing(self, page):
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        keep(page, entry())
        page.goto("/about/")
        page.wait_for_load_state("networkidle")
        assert [url for url in asked if "/my/" in url and "/static/" not in url] == []


class TestTheFile:
    def test_carries_the_list_to_another_browser(self, page, browser: Browser, origin, tmp_path):
        keep(page, entry(state="watching", seen=2), entry(LOOP, "loop"), entry(VIDEO, "video"))
        page.goto("/my/")
        with page.expect_download() as download:
            page.get_by_role("link", name="Save as a file").click()
        assert re.fullmatch(r"animesite-list-\d{4}-\d\d-\d\d\.json", download.value.suggested_filename)
        path = tmp_path / "list.json"
        download.value.save_as(path)
        forget(page)
        assert kept(page) == []

        fresh = browser.new_context(base_url=origin).new_page()
        keep(fresh, entry(1), entry(TITLE, state="dropped", changed=1))
        fresh.goto("/my/")
        _load(fresh, path)
        expect(fresh.get_by_text("Loaded; entries in the file: 3")).to_be_visible()
        expect(in_section(fresh, "Hearts")).to_have_count(4)
        expect(in_section(fresh, "Watching")).to_have_count(1)
        assert {one["subject"]: one["state"] for one in kept(fresh)}[str(TITLE)] == "watching"
        fresh.context.close()

    def test_brings_a_change_that_the_visitor_only_looked_at_the_title_after(self, page, tmp_path):
        keep(page, entry(state="watching", seen=1))
        page.goto(PAGES["title"])
        page.goto("/my/")
        page.get_by_role("button", name="Everything seen").click()
        path = tmp_path / "list.json"
        path.write_text(json.dumps(document(entry(state="dropped", seen=None, changed=int(time.time()) - 30))))
        _load(page, path)
        expect(in_section(page, "Dropped")).to_have_count(1)
        assert [(one["state"], one["seen"]) for one in kept(page)] == [("dropped", 2)]

    def test_keeps_who_saw_a_prologue_below_the_first_episode(self, page):
        keep(page, entry(seen=-1))
        page.goto("/my/")
        expect(in_section(page, "Hearts")).to_have_count(1)

    def test_is_not_forgotten_by_mistake(self, page):
        keep(page, entry())
        page.goto("/my/")
        page.get_by_role("link", name="Forget everything").click()
        with page.expect_download() as download:
            page.get_by_role("link", name="Save as a file").click()
        assert json.loads(download.value.path().read_text())["entries"] == kept(page)
        page.get_by_role("link", name="Back", exact=True).click()
        expect(in_section(page, "Hearts")).to_have_count(1)
        assert len(kept(page)) == 1

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"\xff\xfe\x00", "This file holds no list"),
            (b"[" * 100_000, "This file holds no list"),
            (b'{"version": 2, "kind": "animesite-list", "entries": []}', "This file holds no list"),
            (json.dumps(document(*(entry(n) for n in range(1, 5001)))).encode(), "more than 5,000 entries"),
            (
                json.dumps(document(None, [], entry(kind="__proto__"), entry("<"), entry(heart=1), entry(7))).encode(),
                "entries in the file: 1, left out as unreadable: 5",
            ),
        ],
    )  # fmt: skip
    def test_that_is_hostile_costs_nothing(self, page, complaints, tmp_path, content, words):
        path = tmp_path / "list.json"
        path.write_bytes(content)
        keep(page, entry())
        page.goto("/my/")
        _load(page, path)
        expect(page.get_by_text(words)).to_be_visible()
        assert str(TITLE) in [one["subject"] for one in kept(page)]
        assert complaints == []


def forget(page: Page) -> None:
    page.get_by_role("link", name="Forget everything").click()
    page.get_by_role("button", name="Forget everything").click()
    until_drawn(page)


def until_drawn(page: Page) -> None:
    """The script is there, and the list is what the browser keeps."""
    expect(page.locator("#my-list[data-drawn]:not([aria-busy])")).to_be_visible()


def _load(page: Page, path: Path) -> None:
    page.locator("input[type=file]").set_input_files(path)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "null",
        "{",
        '{"version":1,"kind":"animesite-list","entries":{}}',
        json.dumps(
            document(
                7,
                {"kind": "constructor", "subject": "1", "heart": True, "state": "", "added": 1, "changed": 1},
                entry("1' onclick=alert(1)"),
                entry(state="<script>"),
                entry(LOOP, "loop", state="watching"),
                entry(9, seen="one"),
                entry(9, changed="now"),
            )
        ),
    ],
)
def test_whatever_stands_in_the_store_is_no_trouble(page, complaints, words):
    _store(page, words)
    page.goto(PAGES["title"])
    expect(heart(page, pressed=True)).to_have_count(0)
    page.goto("/my/")
    expect(page.get_by_text("Nothing stands here yet")).to_be_visible()
    page.goto(PAGES["title"])
    heart(page).first.click()
    assert [one["subject"] for one in kept(page)] == [str(TITLE)]
    assert complaints == []


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
        keep(page, entry(state="watching"))
        page.goto("/my/")
        page.get_by_role("button", name="Make an address").click()
        news = page.locator("#address a[href*='.rss']").get_attribute("href")
        expect(in_section(page, "Watching")).to_have_count(1)  # the script is there
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
        keep(page, entry(state="watching"))
        page.goto("/my/")
        page.get_by_role("button", name="Make an address").click()
        news = page.locator("#address a[href*='.rss']").get_attribute("href")
        expect(in_section(page, "Watching")).to_have_count(1)  # the script is there
        forget(page)
        expect(page.get_by_role("button", name="Make an address")).to_be_visible()
        assert kept(page) == []
        assert reader.get(news).status == 410

    def test_catches_up_with_what_was_changed_while_the_site_was_away(self, page):
        keep(page, entry(state="watching"))
        page.goto("/my/")
        page.get_by_role("button", name="Make an address").click()
        expect(in_section(page, "Watching")).to_have_count(1)  # the script is there
        page.route("**/my/address/", lambda route: route.abort())
        page.goto(PAGES["title"])
        with page.expect_event("requestfailed", lambda request: request.method == "PUT"):
            heart(page).first.click()
        page.unroute("**/my/address/")
        with page.expect_request(lambda request: request.method == "PUT") as sent:
            page.goto("/about/")
            page.wait_for_timeout(2500)
        assert [one["heart"] for one in sent.value.post_data_json["entries"]] == [False]


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
        _load(page, path)
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
        _load(plain, path)
        plain.get_by_role("button", name="Load a file").click()
        expect(in_section(plain, "Hearts")).to_have_count(60)
        plain.goto(f"/my/title/{TITLE}/")
        plain.get_by_role("checkbox", name="Heart").check()
        plain.get_by_role("button", name="Keep", exact=True).click()
        expect(plain.get_by_text("room for 60 entries")).to_be_visible()

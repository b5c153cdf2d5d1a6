"""The vertical feed over the demo's real films, in Debian's Chromium."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from catalog.tests.browser.conftest import SHIFTS, until
from catalog.tests.live.conftest import demo, site_on  # noqa: F401

pytestmark = [pytest.mark.xdist_group("live"), pytest.mark.browser]

FEED, ONE = "/videos/", "/videos/5YvxWOxcRa/"
SENSITIVE, WITH_A_SENSITIVE = "/videos/hpQer6I7Q7/", "/videos/@needle_drop/"
WIDE, LONG = "/videos/jbfsh6wjGO/", "/videos/jonVl6AXcE/"
PATIENCE = 60_000  # milliseconds: the demo draws a film when it is first asked for
FILMS = "[...document.querySelectorAll('video[data-film]')]"
STATE = f"""[document.querySelector('.feed')?.scrollTop, document.activeElement.ariaPosInSet,
  ...{FILMS}.map((film) => [film.paused, film.readyState, film.networkState, film.error?.message].join(' '))]"""
WATCHED = """
window.most = 0;
const count = () => {
  const playing = [...document.querySelectorAll("video")].filter((film) => !film.paused);
  window.most = Math.max(window.most, playing.length);
  window.heard = Math.max(window.heard || 0, playing.filter((film) => !film.muted).length);
  requestAnimationFrame(count);
};
requestAnimationFrame(count);
"""
PLAYABLE = """
document.addEventListener("DOMContentLoaded", () => {
  for (const reel of document.querySelectorAll(".feed .reel"))
    if (!reel.querySelector("video[data-film]") || reel.querySelector(".f details")) reel.remove();
});
"""


@pytest.fixture(scope="module")
def address(demo, tmp_path_factory) -> Iterator[str]:
    with site_on(tmp_path_factory.mktemp("site")) as sites:
        yield sites.start(
            ANILIBRIA_URL=f"{demo}/anilibria/v2",
            ANILIBRIA_STATIC_URL=demo,
            ANILIBRIA_SITE_URL=demo,
            ANIMELOOP_URL=f"{demo}/animeloop/api/v2",
            LOOPS_URL=f"{demo}/loops",
        )


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[Any]:
    """``visitor(**options)`` is a page of a new visitor."""
    contexts: list[BrowserContext] = []

    def come(script: str = WATCHED, **options: Any) -> Page:
        context = browser.new_context(base_url=address, viewport={"width": 1440, "height": 900}, **options)
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.add_init_script(script)
        return context.new_page()

    yield come
    for context in contexts:
        context.close()


def wait(page: Page, condition: str) -> None:
    """Until ``condition`` holds. Playwright's own way needs ``eval``, which the site's policy forbids."""
    ends = time.monotonic() + PATIENCE / 1000
    while not page.evaluate(condition):
        assert time.monotonic() < ends, f"never: {condition}; but {page.evaluate(STATE)}"
        page.wait_for_timeout(50)


def playing(page: Page) -> list[int]:
    """The places in the feed of the films that play."""
    return page.evaluate(f"{FILMS}.flatMap((film, place) => film.paused ? [] : [place])")


def wait_for_film(page: Page, place: int) -> None:
    wait(page, f"!{FILMS}[{place}].paused && {FILMS}.filter((film) => !film.paused).length === 1")


def at_the_feed(visitor: Any, script: str = WATCHED) -> Page:
    """At its first film, and each reel has one: by the demo's clock some of the latest have none, or cover it."""
    page: Page = visitor(script + PLAYABLE)
    page.goto(FEED)
    wait_for_film(page, 0)
    return page


def in_view(page: Page) -> int:
    return page.evaluate(
        "[...document.querySelectorAll('.feed .reel')].findIndex((reel) => Math.abs(reel.getBoundingClientRect().top"
        " - document.querySelector('.feed').getBoundingClientRect().top) < 2)"
    )


def test_the_film_in_view_plays_muted_and_only_that(visitor):
    page = visitor(WATCHED + PLAYABLE)
    page.goto(FEED)
    wait(page, f"{FILMS}[0].currentTime > 0.2")
    assert playing(page) == [0]
    assert page.evaluate(f"{FILMS}.every((film) => film.muted && !film.controls)")
    expect(page.locator(".reel").first.get_by_role("button", name="Play")).to_have_attribute("aria-pressed", "true")


def _late(route: Route) -> None:
    time.sleep(0.5)
    route.continue_()


@pytest.mark.parametrize("path", [FEED, ONE])
def test_nothing_moves_while_the_buttons_come(visitor, path):
    page = visitor(SHIFTS)
    page.set_viewport_size({"width": 412, "height": 823})
    page.route("**/*.woff2", lambda route: route.abort())  # what moves when they come late is not the buttons'
    page.route("**/films*.js", _late)
    page.goto(path)
    expect(page.locator(".reel").first.get_by_role("button", name="Sound on")).to_be_visible()
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("window.moved") < 0.001


def test_keys_go_from_film_to_film_and_one_plays_at_a_time(visitor):
    page = at_the_feed(visitor)
    for key, place in [("j", 1), ("ArrowDown", 2), ("k", 1), ("ArrowUp", 0), ("k", 0), ("PageDown", 1), ("PageUp", 0)]:
        page.keyboard.press(key)
        wait_for_film(page, place)
        wait(page, "true")
        page.wait_for_timeout(700)
        assert in_view(page) == place, key
    assert page.evaluate("window.most") == 1


def test_quick_keys_lose_no_step(visitor):
    page = at_the_feed(visitor)
    for _ in range(4):
        page.keyboard.press("j")
    wait_for_film(page, 4)
    page.wait_for_timeout(700)
    assert in_view(page) == 4
    assert page.evaluate("document.activeElement === document.querySelectorAll('.feed .reel')[4]")


def test_keys_lose_no_step_where_scrolling_is_slow(visitor):
    slowly = """const scroll = Element.prototype.scrollIntoView;
    Element.prototype.scrollIntoView = function (how) { setTimeout(() => scroll.call(this, how), 1200); };"""
    page = at_the_feed(visitor, slowly)
    page.keyboard.press("j")
    page.wait_for_timeout(900)
    page.keyboard.press("j")
    wait_for_film(page, 2)


def test_a_step_that_is_thrown_back_on_its_way_goes_on(visitor):
    page = at_the_feed(visitor)
    page.evaluate(
        """() => { const feed = document.querySelector(".feed");
        feed.addEventListener("scroll", () => feed.scrollTo({ top: 0, behavior: "instant" }), { once: true }); }"""
    )
    page.keyboard.press("j")
    wait_for_film(page, 1)
    page.wait_for_timeout(700)
    assert in_view(page) == 1


def test_a_step_holds_nobody_who_goes_elsewhere_afterwards(visitor):
    page = at_the_feed(visitor)
    page.keyboard.press("j")
    wait_for_film(page, 1)
    page.wait_for_timeout(700)
    assert in_view(page) == 1
    page.evaluate("document.querySelector('.feed').scrollTo({ top: 0, behavior: 'instant' })")
    page.wait_for_timeout(1500)
    assert in_view(page) == 0


def test_another_key_ends_a_step_on_its_way(visitor):
    page = at_the_feed(visitor)
    page.keyboard.press("j")
    wait(page, "document.querySelector('.feed').scrollTop > 0")  # from its start nothing leads to it
    page.keyboard.press("Home")
    page.wait_for_timeout(2000)
    wait(page, "document.querySelector('.feed').scrollTop === 0")
    wait_for_film(page, 0)


def test_a_step_after_the_wheel_begins_where_the_wheel_led(visitor):
    page = at_the_feed(visitor)
    page.keyboard.press("j")
    wait_for_film(page, 1)
    page.wait_for_timeout(700)
    page.mouse.move(720, 450)
    page.mouse.wheel(0, -900)
    wait_for_film(page, 0)
    page.keyboard.press("j")
    wait_for_film(page, 1)


def test_a_late_word_of_a_film_that_was_left_stops_no_other(visitor):
    page = at_the_feed(visitor)
    page.evaluate(f"{FILMS}[1].dispatchEvent(new Event('play'))")
    assert playing(page) == [0]


def test_keys_leave_typing_and_the_browser_alone(visitor):
    page = at_the_feed(visitor)
    page.locator(".find input").press("j")
    page.locator(".find input").press("k")
    expect(page.locator(".find input")).to_have_value("jk")
    page.locator(".feed").focus()
    page.keyboard.press("Shift+J")
    page.wait_for_timeout(300)
    assert in_view(page) == 0


def test_one_sound_at_a_time_that_goes_along_to_the_next(visitor):
    page = at_the_feed(visitor)
    page.locator(".reel").first.get_by_role("button", name="Sound on").click()
    assert page.evaluate(f"{FILMS}.every((film) => !film.muted)")
    page.keyboard.press("j")
    wait_for_film(page, 1)
    expect(page.locator(".reel").nth(1).get_by_role("button", name="Sound on")).to_have_attribute(
        "aria-pressed", "true"
    )
    assert page.evaluate("window.heard") == 1
    page.evaluate(f"{FILMS}[0].play()")  # by whatever means: soon one
    page.wait_for_timeout(300)
    assert playing(page) == [0]
    page.keyboard.press("m")
    assert page.evaluate(f"{FILMS}.every((film) => film.muted)")


def test_space_and_a_click_pause_and_go_on(visitor):
    page = at_the_feed(visitor)
    page.keyboard.press("Space")
    assert playing(page) == []
    page.locator("video[data-film]").first.click()
    wait_for_film(page, 0)
    page.locator(".reel").first.get_by_role("button", name="Play").click()
    assert playing(page) == []


@pytest.mark.parametrize(
    ("script", "options"),
    [
        pytest.param(WATCHED, {"reduced_motion": "reduce"}, id="reduced motion"),
        pytest.param(
            WATCHED + "Object.defineProperty(navigator, 'connection', { value: { saveData: true } });",
            {},
            id="Save-Data",
        ),
    ],
)
def test_nothing_starts_by_itself_for_who_wants_calm(visitor, script, options):
    page = visitor(script + PLAYABLE, **options)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(FEED)
    page.wait_for_timeout(1500)
    page.keyboard.press("j")
    page.wait_for_timeout(1000)
    assert page.evaluate("window.most") == 0
    assert in_view(page) == 1
    page.locator(".reel").nth(1).get_by_role("button", name="Play").click()
    wait_for_film(page, 1)


def test_a_sensitive_film_waits_behind_its_veil(visitor):
    page = visitor()
    page.goto(SENSITIVE)
    expect(page.get_by_text("Show anyway")).to_be_visible()
    page.wait_for_timeout(1000)
    page.keyboard.press("Space")
    assert playing(page) == []
    expect(page.locator("video[data-film]")).to_be_hidden()
    page.get_by_text("Show anyway").click()
    expect(page.locator("video[data-film]")).to_be_visible()
    wait_for_film(page, 0)


def test_the_heart_of_a_covered_film_names_it_too(visitor):
    page = visitor()
    page.goto(WITH_A_SENSITIVE)
    expect(page.locator(".vid .heart").first).to_be_attached()
    names = [heart.get_attribute("aria-label") for heart in page.locator(".vid .heart").all()]
    assert [name for name in names if not re.fullmatch(r"Heart: \S.*", name or "", re.DOTALL)] == []


@pytest.mark.parametrize("scripts", [True, False])
def test_in_a_list_even_the_picture_is_not_loaded_before_it_is_asked_for(visitor, demo, scripts):
    page = visitor(java_script_enabled=scripts)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(WITH_A_SENSITIVE)
    page.wait_for_load_state("networkidle")
    veiled = page.locator(".vid", has=page.locator(".veil"))
    picture = veiled.locator("img")
    source = picture.get_attribute("src")
    assert source.startswith(demo)
    assert (source not in asked) is scripts  # without them Chromium knows no lazy loading; it stays covered
    expect(picture).to_be_hidden()
    assert any("/thumbnails/" in url for url in asked)
    veiled.get_by_text("Show", exact=True).click()
    expect(picture).to_be_visible()
    expect(veiled.locator(".veil")).to_be_hidden()
    until(page, lambda: source in asked)


class TestWithoutScripts:
    def test_films_have_the_browsers_controls_and_wait(self, visitor):
        page = visitor(java_script_enabled=False)
        page.goto(FEED)
        film = page.locator("video[data-film]").first
        assert film.get_attribute("controls") is not None
        assert film.get_attribute("autoplay") is None
        expect(page.locator(".reel").first.get_by_label("Play", exact=True)).to_be_hidden()

    @pytest.mark.parametrize("path", [FEED, ONE])
    def test_a_finger_reaches_the_browsers_controls(self, visitor, path):
        page = visitor(java_script_enabled=False, has_touch=True, is_mobile=True)
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(path)
        film = page.locator(".reel:not(.cov) video[data-film]").first
        film.scroll_into_view_if_needed()
        box = film.bounding_box()
        page.touchscreen.tap(box["x"] + 22, box["y"] + box["height"] - 48)  # where Chromium has its button
        until(page, lambda: not film.evaluate("film => film.paused"))

    def test_links_lead_from_film_to_film(self, visitor):
        page = visitor(java_script_enabled=False)
        page.goto(FEED)
        page.locator(".reel").first.get_by_label("Next video").click()
        expect(page.locator(".reel").nth(1)).to_be_in_viewport(ratio=0.9)
        page.locator(".reel").nth(1).get_by_label("Previous video").click()
        expect(page.locator(".reel").first).to_be_in_viewport(ratio=0.9)

    def test_a_veil_is_lifted(self, visitor):
        page = visitor(java_script_enabled=False)
        page.goto(SENSITIVE)
        expect(page.locator("video[data-film]")).to_be_hidden()
        page.get_by_text("Show anyway").click()
        expect(page.locator("video[data-film]")).to_be_visible()


@pytest.mark.parametrize("width", [390, 768, 1440])
@pytest.mark.parametrize("path", [FEED, ONE, WIDE, LONG, SENSITIVE, WITH_A_SENSITIVE])
def test_everything_has_its_place_at_every_width(visitor, path, width):
    page = visitor()
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    reel = page.locator(".reel").first
    if reel.count():
        box, film = reel.bounding_box(), reel.locator("div.f").bounding_box()
        assert box["height"] <= 844
        assert film["height"] >= 0.85 * box["height"]
        for part in (".r .acc", ".r .acts"):
            inside = reel.locator(part).bounding_box()
            if inside:  # a veil on a phone covers them
                assert box["y"] <= inside["y"] <= box["y"] + box["height"] - inside["height"] + 1, part


def test_a_wide_picture_is_shown_whole(visitor):
    page = visitor()
    page.goto(WIDE)
    wait(page, f"{FILMS}[0].videoWidth > 0")
    assert page.evaluate(f"{FILMS}[0].videoWidth > {FILMS}[0].videoHeight")
    assert page.evaluate(f"getComputedStyle({FILMS}[0]).objectFit") == "contain"


def test_a_pasted_address_leads_to_its_video(visitor, demo):
    page = visitor()
    page.goto("/about/")
    box = page.locator(".find input")
    box.fill("https://loops.video/v/5YvxWOxcRa?utm_source=share")
    expect(page.get_by_role("option").get_by_text("Video", exact=True)).to_be_visible()
    box.press("Enter")
    page.wait_for_url(f"**{ONE}")
    page.goto("/catalog/")
    page.locator("#words").fill(f"{demo}/loops/@dansup/5YvxWOxcRa")
    page.locator("#words").press("Enter")  # asked for by htmx, to swap the results
    page.wait_for_url(f"**{ONE}")

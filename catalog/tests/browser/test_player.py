"""The player over the demo's real streams, in Debian's Chromium."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from catalog.demo.media.films import film_of
from catalog.tests.browser.conftest import SHIFTS, until
from catalog.tests.live.conftest import demo, site_on  # noqa: F401

pytestmark = [pytest.mark.xdist_group("live"), pytest.mark.browser]

TITLE = "/title/nanatsu-no-taizai-kamigami-no-gekirin/"
FIRST, SECOND, LAST = f"{TITLE}1/", f"{TITLE}2/", f"{TITLE}24/"
LENGTH = film_of(8500, "0001").seconds
PATIENCE = 60_000  # milliseconds: the demo draws a film when it is first asked for


@pytest.fixture(scope="module")
def address(demo, tmp_path_factory) -> Iterator[str]:
    """One site for all tests: nothing that they do stays on it."""
    with site_on(tmp_path_factory.mktemp("site")) as sites:
        yield sites.start(
            ANILIBRIA_URL=f"{demo}/anilibria/v2",
            ANILIBRIA_STATIC_URL=demo,
            ANILIBRIA_SITE_URL=demo,
            ANIMELOOP_URL=f"{demo}/animeloop/api/v2",
            LOOPS_URL=f"{demo}/loops",
        )


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=address, viewport={"width": 1440, "height": 900})
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: note(said.type, said.text, complaints))
    yield page
    assert not complaints


def note(kind: str, text: str, complaints: list[str]) -> None:
    """What does not load is said on the page where it matters."""
    if kind == "error" and not text.startswith("Failed to load resource"):
        complaints.append(text)


def film(page: Page, expression: str) -> Any:
    """What ``expression`` is of ``video``."""
    return page.evaluate(f"(() => {{ const video = document.querySelector('video'); return {expression} }})()")


def wait(page: Page, condition: str) -> None:
    """Until ``condition`` holds of ``video``. Playwright's own way needs ``eval``, which the site's policy forbids."""
    ends = time.monotonic() + PATIENCE / 1000
    while not film(page, condition):
        assert time.monotonic() < ends, f"never: {condition}"
        page.wait_for_timeout(50)


def history(page: Page) -> Any:
    return page.evaluate("JSON.parse(localStorage.getItem('animesite.history'))")


def open_page(page: Page, path: str = FIRST) -> None:
    page.goto(path)
    expect(page.locator(".player.ready")).to_be_visible()


def play(page: Page, path: str = FIRST) -> None:
    open_page(page, path)
    page.locator(".player > .orb").click()
    wait(page, "video.currentTime > 0.1 && !video.paused")


def seek(page: Page, seconds: float) -> None:
    page.evaluate("place => { document.querySelector('video').currentTime = place }", seconds)
    wait(page, f"!video.seeking && video.readyState > 1 && video.currentTime >= {seconds}")


def pause(page: Page) -> None:
    page.keyboard.press("k")
    wait(page, "video.paused")


def test_nothing_is_loaded_before_it_is_asked_for(page, demo):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_page(page)
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "hls" in url or url.startswith(f"{demo}/videos")]


@pytest.mark.parametrize(("quality", "height"), [("fhd", 1080), ("hd", 720), ("sd", 480)])
def test_plays_in_every_quality_and_remembers_which(page, quality, height):
    play(page)
    page.locator("[data-qualities] summary").click()
    page.locator(f"[data-qualities] input[value={quality}]").check()
    wait(page, f"video.videoHeight === {height} && !video.paused && video.readyState > 2")
    play(page, SECOND)
    wait(page, f"video.videoHeight === {height}")
    expect(page.locator(f"[data-qualities] input[value={quality}]")).to_be_checked()


def test_goes_on_after_a_reload_where_it_stopped(page):
    play(page)
    pause(page)
    seek(page, 12)
    page.reload()
    expect(page.locator(".player > .orb")).to_contain_text("From 0:12")
    expect(page.locator("[data-time]")).to_have_text(f"0:12 / 0:{LENGTH:.0f}")
    page.locator(".player > .orb").click()
    wait(page, "!video.paused && video.readyState > 2")
    assert 12 <= film(page, "video.currentTime") < 30


def test_the_title_and_the_front_page_lead_back_to_it(page):
    play(page)
    pause(page)
    seek(page, 12)
    page.goto(TITLE)
    go_on = page.get_by_role("link", name=re.compile("Continue")).first
    expect(go_on).to_contain_text("Episode 1, from 0:12")
    expect(go_on).to_have_attribute("href", re.compile(f"{FIRST}$"))
    page.goto("/ru/")
    card = page.locator("[data-lately] .card")
    expect(card).to_contain_text("Серия 1, с 0:12")
    card.get_by_role("link").click()
    expect(page).to_have_url(re.compile(f"/ru{FIRST}$"))


def test_the_end_leads_to_the_next_episode_and_the_board_shows_what_was_seen(page):
    play(page)
    seek(page, film(page, "video.duration") - 1)
    expect(page.get_by_role("link", name="Play now")).to_be_focused()
    page.get_by_role("link", name="Play now").click()
    expect(page).to_have_url(re.compile(f"{SECOND}$"))
    wait(page, "video.currentTime > 0.1 && !video.paused")
    expect(page.get_by_role("link", name="Episode 1, watched", exact=True)).to_have_class("seen")


def test_the_next_episode_starts_by_itself(page):
    play(page)
    seek(page, film(page, "video.duration") - 1)
    expect(page.locator("[data-upnext]")).to_be_visible()
    page.wait_for_url(re.compile(f"{SECOND}$"))
    wait(page, "video.currentTime > 0.1 && !video.paused")


def test_one_can_stay_and_the_player_remembers_not_to_go_on(page):
    play(page)
    seek(page, film(page, "video.duration") - 1)
    page.get_by_role("button", name="Stay here").click()
    expect(page.locator("[data-upnext]")).to_be_hidden()
    page.get_by_label("Play the next one").uncheck()
    play(page, SECOND)
    expect(page.get_by_label("Play the next one")).not_to_be_checked()
    seek(page, film(page, "video.duration") - 1)
    wait(page, "video.ended")
    expect(page.locator("[data-upnext]")).to_be_hidden()


def test_the_last_episode_has_no_next_one(page):
    open_page(page, LAST)
    page.keyboard.press("n")
    expect(page.locator("[data-say]")).to_have_text("This is the last episode")


class TestKeys:
    def test_play_and_pause(self, page):
        open_page(page)
        page.keyboard.press("k")
        wait(page, "!video.paused && video.currentTime > 0")
        page.keyboard.press("Space")
        wait(page, "video.paused")
        page.keyboard.press("Space")
        wait(page, "!video.paused")

    def test_places(self, page):
        play(page)
        pause(page)
        page.keyboard.press("5")
        wait(page, "Math.abs(video.currentTime - video.duration / 2) < 0.1")
        page.keyboard.press("l")
        wait(page, "Math.abs(video.currentTime - video.duration / 2 - 10) < 0.1")
        page.keyboard.press("j")
        wait(page, "Math.abs(video.currentTime - video.duration / 2) < 0.1")
        before = film(page, "video.currentTime")
        page.keyboard.press(".")
        wait(page, f"Math.abs(video.currentTime - {before} - 1 / 24) < 0.01")
        page.keyboard.press(",")
        wait(page, f"Math.abs(video.currentTime - {before}) < 0.01")
        for tenth in range(10):
            page.keyboard.press(str(tenth))
            wait(page, f"Math.abs(video.currentTime - video.duration * {tenth} / 10) < 0.1")

    def test_speed_and_sound_and_both_are_remembered(self, page):
        play(page)
        for key, rate in ((">", 1.25), (">", 1.5), ("<", 1.25)):
            page.keyboard.press(key)
            wait(page, f"video.playbackRate === {rate}")
        page.keyboard.press("m")
        expect(page.get_by_role("button", name="Mute")).to_have_attribute("aria-pressed", "true")
        play(page, SECOND)
        assert film(page, "[video.playbackRate, video.muted]") == [1.25, True]
        page.keyboard.press("m")
        wait(page, "!video.muted")

    def test_screens(self, page):
        play(page)
        page.keyboard.press("f")
        wait(page, "document.fullscreenElement?.contains(video)")
        page.keyboard.press("f")
        wait(page, "!document.fullscreenElement")

    def test_picture_in_picture_where_the_browser_has_it(self, page):
        play(page)
        offered = page.locator("[data-do=picture]")
        if not page.evaluate("document.pictureInPictureEnabled"):
            expect(offered).to_be_hidden()
            return
        expect(offered).to_have_attribute("data-tip", re.compile(r"\(i\)"))
        page.keyboard.press("i")
        wait(page, "document.pictureInPictureElement === video")
        page.keyboard.press("i")
        wait(page, "!document.pictureInPictureElement")

    def test_neighbours(self, page):
        open_page(page, SECOND)
        page.keyboard.press("n")
        expect(page).to_have_url(re.compile(f"{TITLE}3/$"))
        expect(page.locator(".player.ready")).to_be_visible()
        page.keyboard.press("p")
        expect(page).to_have_url(re.compile(f"{SECOND}$"))

    def test_help_names_every_key_and_the_buttons_show_theirs(self, page):
        open_page(page)
        page.keyboard.press("?")
        keys = page.get_by_role("dialog", name="Keys")
        expect(keys).to_be_visible()
        assert {"k", "space", "j", "l", "f", "m", "n", "p", ",", ".", "<", ">", "0", "9", "?"} <= set(
            keys.locator("kbd").all_inner_texts()
        )
        page.keyboard.press("Escape")
        expect(keys).to_be_hidden()
        tips = " ".join(
            tip or "" for tip in page.eval_on_selector_all("[data-tip]", "all => all.map(e => e.dataset.tip)")
        )
        for key in ("(k, space)", "(j)", "(l)", "(f)", "(m)", "(n)", "(< >)", "(?)"):
            assert key in tips

    def test_a_russian_keyboard_has_its_keys_in_the_same_places(self, page):
        play(page)
        page.evaluate(
            "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'л', code: 'KeyK', bubbles: true}))"
        )
        wait(page, "video.paused")

    def test_writing_is_not_commanding(self, page):
        open_page(page)
        page.locator(".find input").press_sequentially("km5")
        assert film(page, "[video.paused, video.muted, video.readyState]") == [True, False, 0]


def test_the_viewer_marks_the_opening_once_for_all_episodes(page):
    play(page)
    pause(page)
    page.locator("[data-marks] summary").click()
    seek(page, 4)
    page.get_by_role("button", name="Begins here").click()
    seek(page, 20)
    page.get_by_role("button", name="Ends here").click()
    expect(page.locator("[data-marks] output")).to_have_text("0:04–0:20")
    play(page, SECOND)
    seek(page, 6)
    page.get_by_role("button", name="Skip the opening").click()
    wait(page, "video.currentTime >= 20")
    expect(page.get_by_role("button", name="Skip the opening")).to_be_hidden()
    page.locator("[data-marks] summary").click()
    page.get_by_label("Skip it without asking").check()
    play(page, f"{TITLE}3/")
    seek(page, 6)
    wait(page, "video.currentTime >= 20")


def test_watched_is_a_mark_that_can_be_set_and_taken_away(page):
    open_page(page)
    mark = page.get_by_role("button", name="Watched")
    mark.click()
    expect(mark).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("link", name="Episode 1, watched", exact=True)).to_be_visible()
    page.goto(TITLE)
    expect(page.get_by_role("link", name="Episode 1, watched", exact=True)).to_have_class("seen")
    expect(page.get_by_role("link", name=re.compile("Continue")).first).to_contain_text("Episode 2")
    open_page(page)
    mark.click()
    expect(mark).to_have_attribute("aria-pressed", "false")


class TestHistoryAsAFile:
    def test_goes_into_another_browser(self, page, browser, address, tmp_path):
        open_page(page)
        page.get_by_role("button", name="Watched").click()
        page.get_by_text("Your history").click()
        with page.expect_download() as download:
            page.get_by_role("button", name="Save as a file").click()
        file = tmp_path / "history.json"
        download.value.save_as(file)
        assert json.loads(file.read_text())["version"] == 1

        other = browser.new_context(base_url=address).new_page()
        other.goto(FIRST)
        other.get_by_text("Your history").click()
        other.locator("input[type=file]").set_input_files(file)
        expect(other.get_by_text("Loaded; titles in the file: 1")).to_be_visible()
        expect(other.get_by_role("link", name="Episode 1, watched", exact=True)).to_have_class("seen")
        other.context.close()

    @pytest.mark.parametrize("content", ["", "[]", "not json", '{"version": 2, "titles": {}}', '{"version": 1}'])
    def test_another_file_changes_nothing(self, page, tmp_path, content):
        open_page(page)
        page.get_by_role("button", name="Watched").click()
        before = history(page)
        file = tmp_path / "other.json"
        file.write_text(content)
        page.get_by_text("Your history").click()
        page.locator("input[type=file]").set_input_files(file)
        expect(page.get_by_text("This file holds no history")).to_be_visible()
        assert history(page) == before

    def test_a_hostile_file_is_text_and_no_more(self, page, tmp_path):
        hostile = {
            "slug": "../../evil?x=",
            "name": "<img src=x onerror=alert(1)>",
            "poster": "javascript:alert(1)",
            "last": "1",
            "when": 1e12,
            "episodes": {"1": {"label": "<b>1</b>", "at": 5, "of": 1e99, "when": "soon"}, "2": None, "__proto__": {}},
        }
        file = tmp_path / "hostile.json"
        file.write_text(json.dumps({"version": 1, "titles": {"1": hostile, "x": hostile, "2": [], "3": {}}}))
        open_page(page)
        page.get_by_text("Your history").click()
        page.locator("input[type=file]").set_input_files(file)
        expect(page.get_by_text("Loaded; titles in the file: 1")).to_be_visible()
        page.goto("/")
        link = page.locator("[data-lately] .card a")
        expect(link).to_have_text("<img src=x onerror=alert(1)>")
        assert link.get_attribute("href") == "/title/..%2F..%2Fevil%3Fx%3D/1/"

    def test_it_is_bounded(self, page, tmp_path):
        titles = {str(n): {"slug": f"t{n}", "name": "T", "when": n, "episodes": {}} for n in range(1, 1000)}
        file = tmp_path / "long.json"
        file.write_text(json.dumps({"version": 1, "titles": titles}))
        open_page(page)
        page.get_by_text("Your history").click()
        page.locator("input[type=file]").set_input_files(file)
        expect(page.get_by_text("titles in the file: 300")).to_be_visible()
        kept = history(page)["titles"]
        assert len(kept) == 300
        assert min(map(int, kept)) == 700

    def test_can_be_forgotten(self, page):
        open_page(page)
        page.get_by_role("button", name="Watched").click()
        page.get_by_text("Your history").click()
        page.on("dialog", lambda dialog: dialog.accept())
        page.locator("[data-forget]").click()
        expect(page.locator(".board .seen")).to_have_count(0)
        assert history(page)["titles"] == {}


def test_a_dead_stream_gives_way_to_the_file_and_a_dead_file_to_a_word(page, context):
    context.route("**/videos/**", lambda route: route.abort())
    page.goto(FIRST)
    page.locator(".player > .orb").click()
    wait(page, "!video.paused && video.currentSrc.includes('/mp4/') && video.currentTime > 0")
    context.route("**/get/**", lambda route: route.abort())
    page.goto(SECOND)
    page.locator(".player > .orb").click()
    expect(page.get_by_text("The film does not come")).to_be_visible(timeout=PATIENCE)
    context.unroute("**/videos/**")
    page.get_by_role("button", name="Try again").click()
    wait(page, "!video.paused && video.currentTime > 0")


def test_the_other_player_comes_on_request_into_a_sandbox_that_the_policy_lets_in(page, demo):
    open_page(page)
    page.get_by_role("link", name=re.compile("^Other player, from")).click()
    frame = page.locator("iframe")
    expect(frame).to_have_attribute("src", re.compile(re.escape(demo)))
    assert "allow-top-navigation" not in (frame.get_attribute("sandbox") or "allow-top-navigation")
    until(page, lambda: page.frames[1].url.startswith(demo), PATIENCE / 1000)


class TestTheListOfTheVisitor:
    """What was planned is not put down as watched by itself: it is asked."""

    @pytest.fixture
    def state(self, page):
        def state() -> str:
            return page.evaluate("JSON.parse(localStorage.getItem('animesite.list')).entries[0].state")

        return state

    def test_what_was_planned_can_be_watched_now(self, page, state):
        open_page(page)
        page.get_by_label("On my list").select_option("Planned")
        page.locator(".player > .orb").click()
        page.evaluate("document.querySelector('[data-hearts]').textContent = ''")
        page.get_by_role("button", name="Yes").click()
        expect(page.get_by_label("On my list")).to_have_value("watching")
        assert state() == "watching"
        expect(page.get_by_role("button", name="Yes")).to_be_hidden()
        expect(page.locator("[data-player]")).to_be_focused()
        expect(page.locator("[data-hearts]")).to_have_text("Kept in your list")

    def test_the_last_end_is_an_end_of_all_of_it(self, page, state):
        play(page, LAST)
        expect(page.locator("[data-offer]")).to_be_hidden()
        page.get_by_label("On my list").select_option("Watching")
        seek(page, film(page, "video.duration") - 1)
        page.get_by_role("button", name="Not now").click()
        expect(page.locator("[data-offer]")).to_be_hidden()
        assert state() == "watching"


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("late", [0, 0.5], ids=["fonts at once", "fonts late"])
def test_the_page_does_not_move_while_the_player_comes(page, context, width, late):
    def slowly(route: Route) -> None:
        time.sleep(late)
        route.continue_()

    context.route("**/*.woff2", slowly)
    page.set_viewport_size({"width": width, "height": 900})
    page.add_init_script(SHIFTS)
    play(page)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready.then(() => 0)")
    assert page.evaluate("window.moved") < 0.001  # a hundredth of what counts as good


class TestWithoutScripts:
    @pytest.fixture
    def plain(self, browser: Browser, address: str) -> Iterator[Page]:
        context = browser.new_context(base_url=address, java_script_enabled=False)
        yield context.new_page()
        context.close()

    def test_the_film_is_a_video_with_controls_and_files(self, plain):
        plain.goto(FIRST)
        video = plain.locator("video[controls]")
        expect(video).to_be_visible()
        kinds = [source.get_attribute("type") for source in video.locator("source").all()]
        assert kinds == ["video/mp4", "video/mp4", "application/vnd.apple.mpegurl"]
        expect(plain.locator(".ctrl")).to_be_hidden()
        assert not plain.locator(".late:visible").count()
        assert plain.locator("[data-seen]").bounding_box() is None, "nor is there an empty place for it"

    def test_episodes_and_magnets_are_links(self, plain):
        plain.goto(TITLE)
        magnet = plain.locator("a[href^='magnet:']").first.get_attribute("href")
        assert magnet is not None
        parts = parse_qs(urlsplit(magnet).query)
        assert re.fullmatch(r"urn:btih:[0-9a-f]{40}", parts["xt"][0])
        assert parts["dn"][0]
        assert parts["tr"][0].startswith("http")
        plain.get_by_role("link", name="Episode 2", exact=True).click()
        assert urlsplit(plain.url).path == SECOND

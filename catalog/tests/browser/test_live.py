"""Open pages in Chromium: what is said on the WebSocket is on them within five seconds, and nothing moves."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
import requests_mock
from playwright.sync_api import Page, expect

from catalog.services import anilibria, live
from catalog.tests.browser.conftest import until
from catalog.tests.services.speaker import Speaker, listening
from catalog.tests.views import samples

pytestmark = pytest.mark.browser

TITLE = "/title/nanatsu-no-taizai/"
NEW = {"announce": "Вышла третья серия", "updated": samples.MORNING + 60}


class Upstream:
    """AniLibria whose WebSocket is real and whose answers are faked at the wire."""

    def __init__(self, mocker: requests_mock.Mocker, speaker: Speaker) -> None:
        self.base = f"http://127.0.0.1:{speaker.port}/v2"
        self._mocker, self._speaker = mocker, speaker
        self._hash = 0
        self.answers(samples.title())

    def answers(self, title, *, others=()) -> None:
        self._mocker.get(f"{self.base}/getTitle", json=title)
        listed = [title, *others]
        self._mocker.get(f"{self.base}/getUpdates", json=listed)
        self._mocker.get(f"{self.base}/getSchedule", json=[{"day": 4, "list": listed[:1]}])

    def announces(self, title, **options) -> None:
        self.answers(title, **options)
        self._hash += 1
        self._speaker.say({"hash": f"{self._hash:040}", "title": title})


@pytest.fixture
def source(everything, settings, origin) -> Iterator[Upstream]:
    speaker = Speaker()
    upstream = Upstream(everything, speaker)
    settings.ANILIBRIA_URL = upstream.base
    settings.MEDIA_ORIGINS = [*settings.MEDIA_ORIGINS, f"http://127.0.0.1:{speaker.port}"]
    renewing = live.Renewing(lambda ids: None)
    hearing = live.Hearing()

    def listen(stop) -> None:
        for notice in anilibria.notices(stop=stop):
            if changed := hearing.change(notice):
                renewing.add(changed)

    stop = listening(listen)
    yield upstream
    stop()
    renewing.stop()
    speaker.close()


def no_reload(page: Page) -> None:
    assert page.evaluate("window.still") is True


def open_page(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.evaluate("window.still = true")


def test_an_update_appears_on_an_open_title_page(page, source, complaints):
    open_page(page, TITLE)
    source.announces(samples.title(**NEW))
    expect(page.locator(".tape")).to_contain_text("Вышла третья серия")
    expect(page.get_by_role("status")).to_have_text("Updated just now: Семь смертных грехов")
    no_reload(page)
    assert complaints == []


def test_an_update_appears_on_an_open_home_page(page, source, complaints):
    open_page(page, "/")
    expect(page.locator("#lead")).to_have_text("Семь смертных грехов")
    other = samples.title(**samples.OTHER | {"updated": samples.MORNING + 60})
    source.announces(other, others=[samples.title()])
    expect(page.locator("#lead")).to_have_text("Ранма ½")
    expect(page.get_by_role("status")).to_have_text("Just out: Ранма ½")
    no_reload(page)
    assert complaints == []


def test_a_new_episode_joins_the_board(page, source):
    open_page(page, TITLE)
    expect(page.locator(".board a")).to_have_count(4)
    player = samples.title()["player"]
    player["playlist"]["3"] = samples.episode(3)
    source.announces(samples.title(player=player))
    expect(page.locator(".board a")).to_have_count(5)
    expect(page.locator(".board + .key")).to_be_visible()


def test_what_is_in_use_waits_until_it_is_asked_for(page, source):
    """The keyboard stands on an episode: the board is not taken from under it."""
    open_page(page, TITLE)
    page.locator(".board a").first.focus()
    player = samples.title()["player"]
    player["playlist"]["3"] = samples.episode(3)
    source.announces(samples.title(player=player))
    show = page.get_by_role("button", name="Show")
    expect(show).to_be_visible(timeout=5000)
    expect(page.locator(".board a")).to_have_count(4)
    assert page.evaluate("document.activeElement.closest('.board') !== null")
    show.press("Enter")
    expect(page.locator(".board a")).to_have_count(5)
    expect(show).to_be_hidden()


def test_open_lists_of_files_stay_open(page, source):
    open_page(page, TITLE)
    page.locator("#torrents details > summary").first.click()
    source.announces(samples.title(torrents={"list": [samples.torrent(seeders=999)]}))
    expect(page.locator("#torrents")).to_contain_text("999")
    expect(page.locator("#torrents details").first).to_have_attribute("open", "")


def test_what_is_read_stays_where_it_is(page, source):
    open_page(page, TITLE)
    page.locator("#torrents").scroll_into_view_if_needed()
    before = page.locator("#th").bounding_box()["y"]
    source.announces(samples.title(announce="Очень длинное объявление. " * 40))
    expect(page.locator(".tape")).to_contain_text("Очень длинное")
    page.wait_for_timeout(200)
    assert page.locator("#th").bounding_box()["y"] == pytest.approx(before, abs=2)


def test_the_slate_can_be_put_away(page, source):
    open_page(page, TITLE)
    source.announces(samples.title(**NEW))
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("status")).to_have_text("")
    expect(page.locator("[data-close]")).to_be_hidden()


def test_the_slate_is_there_to_be_listened_to_before_it_has_anything_to_say(page, source):
    open_page(page, TITLE)
    expect(page.get_by_role("status")).to_have_count(1)
    expect(page.locator("[data-close]")).to_be_hidden()


def test_a_page_that_is_not_looked_at_does_not_ask(page, source):
    open_page(page, TITLE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/live/" in request.url else None)
    page.evaluate("Object.defineProperty(document, 'hidden', {value: true, configurable: true})")
    page.wait_for_timeout(3000)
    asked.clear()
    page.wait_for_timeout(3500)
    assert asked == []
    page.evaluate("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))")
    until(page, lambda: len(asked) == 1)


def test_nothing_new_is_a_304_every_few_seconds(page, source):
    answers: list[int] = []
    page.on("response", lambda response: answers.append(response.status) if "/live/" in response.url else None)
    open_page(page, TITLE)
    ends = time.monotonic() + 15
    while len(answers) < 2 and time.monotonic() < ends:
        page.wait_for_timeout(200)
    assert answers[:2] == [304, 304]


def test_a_site_that_does_not_answer_is_asked_less_and_less(page, source):
    open_page(page, TITLE)
    page.route("**/live/**", lambda route: route.abort())
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/live/" in request.url else None)
    page.wait_for_timeout(9000)
    assert 1 <= len(asked) <= 2

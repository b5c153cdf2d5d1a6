"""Widgets in somebody else's page, on another origin: an iframe, custom elements and a picture.

The films are real ones that are on the site's disk; every upstream is down.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
import requests_mock
from PIL import Image
from playwright.sync_api import BrowserContext, Frame, Page, expect

from catalog.demo.media.encoding import Cut, Format, write_gif, write_mp4
from catalog.domain.loops import LOOP_FILE_KEYS
from catalog.services import impressions
from catalog.services.loop_files import shelf
from catalog.tests.browser.conftest import SHIFTS
from catalog.tests.factories import LoopRowFactory, LoopSeriesFactory, WidgetFactory

pytestmark = pytest.mark.browser

PATIENCE = 15_000
WIDTH, HEIGHT = 160, 90
CLIP = "(element) => (element.shadowRoot ?? element).querySelector('.clip')"
MOVES = f"(element) => {{ const clip = ({CLIP})(element); return clip?.tagName === 'VIDEO' && clip.currentTime > 0; }}"
STANDS = (
    f"(element) => {{ const clip = ({CLIP})(element); return clip?.tagName === 'IMG' && clip.complete && "
    "clip.naturalWidth > 0; }"
)
RUDE = """* { font-family: serif !important; letter-spacing: 3px; } button { display: none !important }
a, video, img { border: 9px solid lime !important; opacity: .1 } p { position: fixed }"""


@pytest.fixture(scope="module")
def contents(tmp_path_factory) -> dict[str, bytes]:
    """A film of a dozen frames, as each of the three types."""
    folder: Path = tmp_path_factory.mktemp("films")
    frames = tuple(_picture("PNG", (20 * number, 60, 16)) for number in range(12))
    write_mp4(folder / "mp4", [Cut(frames)], Format(WIDTH, HEIGHT, 30))
    write_gif(folder / "gif", frames, WIDTH, HEIGHT)
    return {"jpg": _picture("JPEG"), **{type: (folder / type).read_bytes() for type in ("mp4", "gif")}}


def _picture(format: str, colour=(240, 60, 16)) -> bytes:
    file = BytesIO()
    Image.new("RGB", (WIDTH, HEIGHT), colour).save(file, format)
    return file.getvalue()


@pytest.fixture
def site(origin: str, everything: requests_mock.Mocker, contents, transport_folder) -> Iterator[str]:
    """Twelve loops of between one and two seconds, and as many longer ones; their files are on disk."""
    everything.get(requests_mock.ANY, exc=requests.ConnectionError)
    series = LoopSeriesFactory.create(title="ラブライブ!")
    rows = [LoopRowFactory.create(duration=seconds, series=series) for seconds in [1.5] * 12 + [3.5] * 12]
    for row in rows:
        for key in LOOP_FILE_KEYS:
            shelf.keep(row.id, key, contents[key[:3]])
    yield origin
    impressions.forget()


Hosts = Callable[[str], str]


@pytest.fixture
def host() -> Iterator[Hosts]:
    """``host(html)`` serves a page on a port, and under a host name, that is not the site's; returns its address."""
    servers: list[ThreadingHTTPServer] = []

    def serve(html: str) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(b"<!doctype html><title>Host</title>" + html.encode())

            def log_message(self, *args):
                pass

        servers.append(ThreadingHTTPServer(("127.0.0.1", 0), Handler))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        return f"http://localhost:{servers[-1].server_port}"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


Contexts = Callable[..., BrowserContext]


@pytest.fixture
def visit(browser) -> Iterator[Contexts]:
    contexts: list[BrowserContext] = []

    def open_context(**options) -> BrowserContext:
        contexts.append(browser.new_context(viewport={"width": 1000, "height": 1800}, **options))
        contexts[-1].add_init_script(SHIFTS)
        contexts[-1].set_default_timeout(PATIENCE)
        return contexts[-1]

    yield open_context
    for context in contexts:
        context.close()


def everything_of(site: str) -> str:
    return f"""<style>{RUDE}</style><script src="{site}/embed/widget.js" async></script><h1>Mine</h1>
<iframe src="{site}/embed/loop/?duration=1,2" width="640" height="360"></iframe>
<animesite-loop duration="1,2" style="display:block;aspect-ratio:16/9;width:320px"></animesite-loop>
<animesite-loop size="360p" theme="light" style="display:block;aspect-ratio:16/9;width:320px"></animesite-loop>
<animesite-loop controls="0" caption="0" style="display:block;aspect-ratio:16/9;width:320px"></animesite-loop>
<img src="{site}/loops/random/360p.gif" width="320" height="180" alt=""><p>And so on.</p>"""


def one(site: str, attributes: str = "") -> str:
    return f"""<script src="{site}/embed/widget.js"></script><p>Above.</p>
<animesite-loop {attributes}></animesite-loop><p>Below.</p>"""


def framed(page: Page) -> Frame:
    ends = time.monotonic() + PATIENCE / 1000
    while len(page.frames) < 2 or "/embed/" not in page.frames[1].url:
        assert time.monotonic() < ends
        page.wait_for_timeout(50)
    return page.frames[1]


def wait(place: Page | Frame, condition: str, index: int = 0) -> None:
    place.wait_for_function(
        f"(index) => {{ const all = document.querySelectorAll('animesite-loop'); return ({condition})(all[index]); }}",
        arg=index,
    )


def shown(place: Page | Frame, index: int = 0) -> str:
    return place.evaluate("(index) => document.querySelectorAll('animesite-loop')[index].shown?.id", index)


class TestOnAnotherOrigin:
    def test_each_shows_media_nothing_shifts_and_nobody_is_told(self, site, host, visit):
        context = visit()
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        address = host(everything_of(site))
        page.goto(address)
        frame = framed(page)
        wait(frame, MOVES)
        for index in range(3):
            wait(page, MOVES, index)
        page.wait_for_function("document.querySelector('img').naturalWidth > 0")
        assert page.evaluate("window.moved") == 0
        assert frame.evaluate("window.moved") == 0
        assert context.cookies() == []
        origins = {"{0.scheme}://{0.netloc}".format(urlsplit(url)) for url in asked if url.startswith("http")}
        assert origins == {site, address}

    def test_the_page_and_its_script_are_all_that_is_fetched_besides_media(self, site, host, visit):
        page = visit().new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(urlsplit(request.url).path))
        page.goto(host(f'<iframe src="{site}/embed/loop/" width="640" height="360"></iframe>'))
        wait(framed(page), MOVES)
        page.wait_for_timeout(500)
        assert [path for path in asked if path.startswith("/embed/")] == ["/embed/loop/", "/embed/widget.js"]

    def test_a_host_pages_style_stays_outside(self, site, host, visit):
        page = visit().new_page()
        page.goto(host(f"<style>{RUDE}</style>" + one(site)))
        wait(page, MOVES)
        style = page.evaluate(
            """() => { const root = document.querySelector('animesite-loop').shadowRoot;
            const of = (name) => getComputedStyle(root.querySelector(name));
            return [of('.next').display, of('.clip').opacity, of('.clip').borderTopWidth, of('b').letterSpacing,
                    of('.by').position]; }"""
        )
        assert style == ["block", "1", "0px", "normal", "absolute"]

    def test_is_sized_before_the_script_comes_and_without_any_style_of_the_host(self, site, host, visit):
        page = visit().new_page()
        page.goto(host(one(site, 'duration="1,2"')))
        wait(page, MOVES)
        box = page.locator("animesite-loop").bounding_box()
        assert box["height"] == pytest.approx(box["width"] * 9 / 16, abs=1)
        assert page.evaluate("window.moved") == 0

    def test_of_many_eight_move_and_the_next_when_one_is_gone(self, site, host, visit):
        page = visit().new_page()
        loop = '<animesite-loop style="display:inline-block;width:160px;aspect-ratio:16/9"></animesite-loop>'
        page.goto(host(f'<script src="{site}/embed/widget.js"></script>' + loop * 10))
        moving = (
            "[...document.querySelectorAll('animesite-loop')].filter((one) => "
            "one.shadowRoot.querySelector('video')?.paused === false).length"
        )
        ready = "[...document.querySelectorAll('animesite-loop')].every((one) => one.shadowRoot.querySelector('video'))"
        page.wait_for_function(f"{ready} && {moving} === 8")
        page.wait_for_timeout(500)
        assert page.evaluate(moving) == 8
        page.evaluate("[...document.querySelectorAll('animesite-loop')].slice(0, 2).forEach((one) => one.remove())")
        page.wait_for_function(f"{moving} === 8")

    def test_what_is_far_away_waits(self, site, host, visit):
        page = visit().new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(urlsplit(request.url).path))
        page.goto(host('<div style="height:6000px"></div>' + one(site)))
        page.wait_for_timeout(700)
        assert "/embed/loop/next/" not in asked
        page.locator("animesite-loop").scroll_into_view_if_needed()
        wait(page, MOVES)
        assert asked.count("/embed/loop/next/") == 1


class TestAnother:
    def test_a_click_changes_the_loop_without_reloading_the_frame(self, site, host, visit):
        page = visit().new_page()
        page.goto(host(everything_of(site)))
        frame = framed(page)
        for place, index in ((frame, 0), (page, 0)):
            wait(place, MOVES, index)
            place.evaluate("window.same = true")
            before = shown(place, index)
            # eleven others fit
            ends = time.monotonic() + PATIENCE / 1000
            while shown(place, index) == before:
                assert time.monotonic() < ends
                place.locator("animesite-loop").nth(index).click(position={"x": 60, "y": 60})
                page.wait_for_timeout(400)
            wait(place, MOVES, index)
            assert place.evaluate("window.same") is True
        assert frame.url.endswith("/embed/loop/?duration=1,2")

    def test_so_does_a_key(self, site, host, visit):
        page = visit().new_page()
        page.goto(host(one(site, 'duration="1,2"')))
        wait(page, MOVES)
        page.evaluate("document.addEventListener('loopchange', (event) => { window.changed = event.detail; })")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.shadowRoot.activeElement.className") == "next"
        page.keyboard.press("Enter")
        page.wait_for_function("window.changed")
        assert page.evaluate("window.changed.id") == shown(page)

    def test_so_does_the_clock_unless_it_is_stopped(self, site, host, visit):
        page = visit().new_page()
        page.goto(host(one(site, 'refresh="5"')))
        wait(page, MOVES)
        page.evaluate(
            "() => { window.changes = 0; document.addEventListener('loopchange', () => { window.changes += 1; }); }"
        )
        page.wait_for_function("window.changes > 0")
        page.locator("animesite-loop").hover()
        page.get_by_role("button", name="Pause").click()
        changes = page.evaluate("window.changes")
        page.wait_for_timeout(6000)
        assert page.evaluate("window.changes") == changes
        expect(page.get_by_role("button", name="Play")).to_be_visible()

    def test_attributes_are_followed_as_they_change(self, site, host, visit):
        page = visit().new_page()
        page.goto(host(one(site, 'duration="1,2"')))
        wait(page, MOVES)
        first = shown(page)
        page.evaluate(
            "() => { const one = document.querySelector('animesite-loop');"
            "one.setAttribute('duration', '3,4'); one.setAttribute('theme', 'light'); }"
        )
        page.wait_for_function(
            "(first) => document.querySelector('animesite-loop').shown.id !== first && "
            "document.querySelector('animesite-loop').shown.duration > 3",
            arg=first,
        )
        assert "light" in page.evaluate("document.querySelector('animesite-loop').shadowRoot.firstChild.className")

    def test_one_loop_alone_stops_and_goes_on_with_a_click(self, site, host, visit):
        loop = LoopRowFactory.create(duration=5)
        shelf.keep(loop.id, "mp4_360p", shelf.find(shelf.loops_with("mp4_360p")[0], "mp4_360p").path.read_bytes())
        page = visit().new_page()
        page.goto(host(f'<iframe src="{site}/embed/loop/?loop={loop.id}&size=360p" width="640" height="360"></iframe>'))
        frame = framed(page)
        wait(frame, MOVES)
        assert shown(frame) == loop.id
        expect(frame.locator(".next")).to_be_hidden()
        frame.locator(".clip").click(position={"x": 60, "y": 60})
        expect(frame.get_by_role("button", name="Play")).to_be_visible()
        assert frame.evaluate("document.querySelector('video').paused")
        frame.get_by_role("button", name="Play").click()
        expect(frame.get_by_role("button", name="Pause")).to_be_attached()
        wait(frame, "(element) => !element.querySelector('video').paused")


class TestWhoMayHaveIt:
    def test_a_saved_widget_is_blocked_on_a_page_that_is_no_host_of_it(self, site, host, visit):
        page = visit().new_page()
        code = f'<iframe src="{site}/embed/w/one/" width="640" height="360"></iframe>'
        mine, theirs = host(code), host(code)
        WidgetFactory.create(slug="one", hosts=[urlsplit(mine).netloc])
        page.goto(mine)
        wait(framed(page), MOVES)
        page.goto(theirs)
        page.wait_for_timeout(1000)
        assert page.frames[1].url.startswith("chrome-error:")
        assert impressions.waiting() == 2, "both were asked for; only the browser knows who was shown it"

    def test_no_other_page_can_be_framed_at_all(self, site, host, visit):
        page = visit().new_page()
        page.goto(host(f'<iframe src="{site}/about/" width="640" height="360"></iframe>'))
        page.wait_for_timeout(700)
        assert page.frames[1].url.startswith("chrome-error:")


class TestCalm:
    def test_everything_stands_still_until_it_is_asked_to_move(self, site, host, visit):
        page = visit(reduced_motion="reduce").new_page()
        films: list[str] = []
        page.on("request", lambda request: films.append(request.url) if request.url.endswith(".mp4") else None)
        page.goto(host(everything_of(site)))
        frame = framed(page)
        wait(frame, STANDS)
        for index in range(3):
            wait(page, STANDS, index)
        assert films == []
        frame.get_by_role("button", name="Play").click()
        wait(frame, MOVES)
        page.get_by_role("button", name="Play").first.click()
        wait(page, MOVES, 0)
        wait(page, STANDS, 1)

    def test_the_clock_stands_still_too(self, site, host, visit):
        page = visit(reduced_motion="reduce").new_page()
        page.goto(host(one(site, 'refresh="5"')))
        wait(page, STANDS)
        before = shown(page)
        page.wait_for_timeout(6000)
        assert shown(page) == before


class TestTrouble:
    def test_a_film_that_cannot_be_loaded_gives_way_to_one_that_can(self, site, host, visit):
        """First none matches, then one whose files nobody has, then one more that is on disk."""
        page = visit().new_page()
        page.goto(host(f'<iframe src="{site}/embed/loop/?duration=9,10" width="640" height="360"></iframe>'))
        frame = framed(page)
        wait(frame, STANDS)
        assert shown(frame) is None
        expect(frame.get_by_text("No loop just now")).to_be_visible()

        gone = LoopRowFactory.create(duration=9.5)  # no file of it is here, and its source is down
        page.reload()
        frame = framed(page)
        wait(frame, "(element) => element.shown?.id")
        wait(frame, STANDS)
        assert shown(frame) == gone.id

        kept = LoopRowFactory.create(duration=9.6)
        for key in ("mp4_360p", "jpg_360p"):
            shelf.keep(kept.id, key, shelf.find(shelf.loops_with(key)[0], key).path.read_bytes())
        for _ in range(4):
            page.reload()
            wait(framed(page), MOVES)
        assert framed(page).evaluate("document.querySelector('.clip').currentSrc").startswith(site)

    def test_a_film_that_has_not_begun_to_load_is_not_taken_for_one_that_cannot(self, site, host, visit):
        """A browser with much to do may run the script before it looks for the film's file."""
        page = visit().new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(urlsplit(request.url).path))
        page.add_init_script(
            """{ const { prototype } = HTMLMediaElement;
            const { get } = Object.getOwnPropertyDescriptor(prototype, "networkState");
            let looked = false;
            Object.defineProperty(prototype, "networkState", { get() {
              if (looked) return get.call(this);
              looked = window.lookedAt = true;
              return HTMLMediaElement.NETWORK_NO_SOURCE;
            } }); }"""
        )
        page.goto(host(f'<iframe src="{site}/embed/loop/" width="640" height="360"></iframe>'))
        frame = framed(page)
        wait(frame, MOVES)
        assert frame.evaluate("window.lookedAt")
        page.wait_for_timeout(500)
        assert "/embed/loop/next/" not in asked

    def test_a_site_that_is_gone_leaves_what_was_there(self, site, host, visit):
        context = visit()
        page = context.new_page()
        page.goto(host(one(site)))
        wait(page, MOVES)
        before = shown(page)
        context.route("**/embed/loop/next/**", lambda route: route.abort())
        page.locator("animesite-loop").click(position={"x": 60, "y": 60})
        page.wait_for_timeout(500)
        assert shown(page) == before
        wait(page, MOVES)

    def test_a_mistake_is_told_to_the_author_and_shows_the_still(self, site, host, visit):
        page = visit().new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(host(one(site, 'size="4k"')))
        wait(page, STANDS)
        assert any("400" in text and "size" in text for text in said)


class TestWithoutScripts:
    def test_the_film_plays_and_a_link_reloads_the_frame(self, site, host, visit):
        page = visit(java_script_enabled=False).new_page()
        page.goto(host(f'<iframe src="{site}/embed/loop/?duration=1,2&theme=light" width="640" height="360"></iframe>'))
        frame = framed(page)
        expect(frame.locator("video[autoplay][loop]")).to_be_visible()
        first = frame.locator("video").get_attribute("poster")
        ends = time.monotonic() + PATIENCE / 1000
        while framed(page).locator("video").get_attribute("poster") == first:
            assert time.monotonic() < ends
            framed(page).locator(".next").click(position={"x": 60, "y": 60})
            page.wait_for_timeout(400)
        assert "theme=light" in framed(page).url

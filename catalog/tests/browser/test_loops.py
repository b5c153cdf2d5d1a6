"""The gallery in a browser: what plays and when, keys, order by chance, the way back, and life without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from catalog.demo.media.drawing import Reel, draw_frame
from catalog.demo.media.encoding import Cut, Format, write_mp4
from catalog.models import DailyLoop
from catalog.tests.factories import LoopRowFactory, LoopSeriesFactory

pytestmark = pytest.mark.browser

CDN = re.compile(r"https://cdn\.animeloop\.org/.*\.mp4")
FRAMES = 12
SERIES = LoopSeriesFactory.build(title="ラブライブ!")
PLAYING = "[...document.querySelectorAll('.loop video')].filter((film) => !film.paused).length"


@pytest.fixture(scope="module")
def film(tmp_path_factory) -> bytes:
    shape = Format(160, 90, 30)
    reel = Reel("sea", 0, FRAMES, shape.width, shape.height)
    path = tmp_path_factory.mktemp("film") / "loop.mp4"
    write_mp4(path, [Cut(tuple(draw_frame(reel, frame) for frame in range(FRAMES)))], shape)
    return path.read_bytes()


@pytest.fixture
def rows(db):
    rows = [LoopRowFactory.create(series=SERIES, number=f"{n % 3:02}") for n in range(70)]
    DailyLoop.objects.create(day="2026-11-20", loop_id=rows[0].id)
    return rows


@pytest.fixture
def page(page: Page, film: bytes, rows, upstream) -> Page:
    serve_films(page, film)
    upstream.head(re.compile(r"cdn\.animeloop\.org/files/"), headers={"Content-Length": f"{len(film)}"})
    return page


def serve_films(page: Page, film: bytes) -> None:
    def answer(route: Route) -> None:
        span = re.match(r"bytes=(\d+)-(\d*)", route.request.headers.get("range", ""))
        first, last = (int(span[1]), int(span[2] or len(film) - 1)) if span else (0, len(film) - 1)
        headers = {"Accept-Ranges": "bytes", "Content-Range": f"bytes {first}-{last}/{len(film)}"}
        route.fulfill(
            status=206 if span else 200, content_type="video/mp4", body=film[first : last + 1],
            headers=headers if span else {"Accept-Ranges": "bytes"},
        )  # fmt: skip

    page.context.route(CDN, answer)


def until_playing(page: Page, number: int) -> None:
    page.wait_for_function(f"{PLAYING} === {number}")


@pytest.mark.parametrize("path", ["/loops/", "/loops/?order=random&seed=a", "/loops/daily/", "loop", "series"])
def test_no_page_makes_the_browser_complain_or_is_too_wide(page, rows, complaints, path):
    path = {"loop": f"/loops/{rows[0].id}/", "series": f"/series/{SERIES.id}/"}.get(path, path)
    for width in (390, 768, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"/ru{path}")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
    assert complaints == []


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_every_tile_of_the_wall_has_the_shape_of_its_loop(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/loops/")
    tiles = page.locator(".wall .loop").evaluate_all("all => all.map((one) => [one.offsetWidth, one.offsetHeight])")
    assert len({wide for wide, _ in tiles}) == 2
    assert all(wide / high == pytest.approx(16 / 9, rel=0.03) for wide, high in tiles)


def test_eight_play_where_they_are_seen_and_stop_out_of_sight(page):
    page.set_viewport_size({"width": 1280, "height": 2000})
    page.goto("/loops/")
    page.locator(".wall .loop").nth(5).scroll_into_view_if_needed()
    until_playing(page, 8)
    assert page.evaluate("[...document.querySelectorAll('.loop video')].every((film) => film.muted && film.loop)")
    first = page.locator(".wall .loop").first
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(first.locator("video")).to_have_count(0)
    expect(first.locator("img")).to_be_visible()


def test_the_one_pointed_at_plays_even_if_eight_do(page):
    page.set_viewport_size({"width": 1280, "height": 2400})
    page.goto("/loops/")
    until_playing(page, 8)
    idle = page.locator(".wall .loop:not(:has(video))").first
    address = idle.get_attribute("href")
    idle.hover()
    expect(page.locator(f".wall .loop[href='{address}'] video")).to_have_count(1)
    assert page.locator(".loop video").count() == 8


def test_one_button_pauses_all_and_that_is_remembered(page):
    page.goto("/loops/")
    page.wait_for_function(f"{PLAYING} > 0")
    page.get_by_role("button", name="Pause all").click()
    until_playing(page, 0)
    page.reload()
    expect(page.get_by_role("button", name="Play", exact=True)).to_have_attribute("aria-pressed", "true")
    assert page.locator(".loop video").count() == 0
    page.locator("h1").click()
    page.keyboard.press("p")
    page.wait_for_function(f"{PLAYING} > 0")


@pytest.mark.parametrize("calm", ["reduced motion", "saved data"])
def test_stills_for_who_asked_for_calm_until_they_ask_for_more(page, calm):
    if calm == "reduced motion":
        page.emulate_media(reduced_motion="reduce")
    else:
        page.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    page.goto("/loops/")
    page.locator(".wall .loop").first.hover()
    page.wait_for_timeout(500)
    assert page.locator(".loop video").count() == 0
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function(f"{PLAYING} > 0")


def test_a_gif_moves_where_there_is_no_film(page):
    files = LoopRowFactory.create().loop.files
    LoopRowFactory.create(files=tuple(file for file in files if file.type != "mp4"))
    page.set_viewport_size({"width": 1280, "height": 2000})
    page.goto("/loops/")
    moving = page.locator(".wall .loop").first.locator("img[aria-hidden]")
    expect(moving).to_have_attribute("src", re.compile(r"gif_360p"))


def test_arrows_lead_from_loop_to_loop(page):
    page.goto("/loops/")
    tiles = page.locator(".wall .loop")
    page.keyboard.press("ArrowRight")
    expect(tiles.first).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(tiles.nth(1)).to_be_focused()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") > 0
    below = page.evaluate("[...document.querySelectorAll('.wall .loop')].indexOf(document.activeElement)")
    assert below > 2
    page.keyboard.press("ArrowUp")
    expect(tiles.nth(1)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(tiles.first).to_be_focused()


def test_r_is_a_random_loop_within_the_filters(page, rows):
    page.goto(f"/loops/?episode={rows[0].episode_id}")
    page.keyboard.press("r")
    page.wait_for_url(re.compile(r"/loops/[0-9a-f]{24}/"))
    episode = {row.id for row in rows if row.episode_id == rows[0].episode_id}
    assert page.url.split("/")[-2] in episode


def test_letters_in_a_field_are_letters(page):
    page.goto("/loops/")
    field = page.get_by_role("spinbutton", name="Collection")
    field.focus()
    page.keyboard.press("r")
    page.keyboard.press("p")
    page.wait_for_timeout(200)
    assert page.url.endswith("/loops/")


def test_a_random_order_has_an_address_of_its_own(page):
    page.goto("/loops/")
    page.get_by_role("radio", name="Random").check(force=True)
    page.wait_for_url(re.compile(r"order=random&seed=[0-9a-f]{8}$"))
    order = "[...document.querySelectorAll('.wall .loop')].map((tile) => tile.getAttribute('href')).join()"
    before = page.evaluate(order)
    page.reload()
    assert page.evaluate(order) == before
    page.get_by_role("link", name="Shuffle again").click()
    page.wait_for_function(f"(before) => {order} !== before", arg=before)


def test_a_filter_swaps_the_wall_and_back_undoes_it(page):
    page.goto("/loops/")
    page.get_by_role("radio", name="Upload").check(force=True)
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("0 loops", re.IGNORECASE))
    page.wait_for_url("**/loops/?source=upload")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("70 loops", re.IGNORECASE))


def test_two_thumbs_bound_the_duration(page):
    page.goto("/loops/")
    low = page.get_by_role("slider", name="Shortest, seconds")
    low.fill("2")
    page.wait_for_url(re.compile(r"duration=2(&|%2C)"))
    expect(low).to_have_value("2")
    shown = [float(re.search(r"[\d.]+", text)[0]) for text in page.locator(".wall .slate b").all_inner_texts()]
    assert shown
    assert min(shown) > 2


def test_back_finds_the_same_place_after_more_was_loaded(page):
    page.goto("/loops/")
    page.get_by_role("link", name="Load more").click()
    expect(page.locator(".wall .loop")).to_have_count(60)
    target = page.locator(".wall .loop").nth(50)
    address = target.get_attribute("href")
    target.scroll_into_view_if_needed()
    place = page.evaluate("scrollY")
    target.click()
    page.wait_for_url(f"**{address}")
    page.go_back()
    expect(page.locator(".wall .loop")).to_have_count(60)
    expect(page.locator(f".wall .loop[href='{address}']")).to_be_in_viewport()
    assert abs(page.evaluate("scrollY") - place) < 200


def test_the_player_goes_round_without_a_stop(page, rows):
    page.goto(f"/loops/{rows[0].id}/")
    page.wait_for_function("document.querySelector('.player video').currentTime > 0")
    told = page.evaluate(
        """async () => {
          const film = document.querySelector(".player video");
          const told = { turns: 0, stops: 0, length: film.duration };
          for (const name of ["ended", "pause"]) film.addEventListener(name, () => { told.stops += 1; });
          let last = film.currentTime;
          const until = performance.now() + 4000;
          while (performance.now() < until && told.turns < 2) {
            await new Promise(requestAnimationFrame);
            if (film.currentTime < last) told.turns += 1;
            last = film.currentTime;
          }
          return told;
        }"""
    )
    assert told["turns"] >= 2
    assert told["stops"] == 0
    assert told["length"] == pytest.approx(FRAMES / 12, abs=0.55)


def test_the_code_to_embed_is_copied(page, rows, origin):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/loops/{rows[0].id}/")
    page.get_by_role("button", name="Copy the code").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    code = page.evaluate("navigator.clipboard.readText()")
    assert code.startswith(f'<iframe src="{origin}/embed/loop/?loop={rows[0].id}"')


def test_without_scripts_everything_is_a_link_or_a_field(browser, origin, rows):
    context = browser.new_context(base_url=origin, java_script_enabled=False)
    context.route(lambda url: not url.startswith(origin), lambda route: route.fulfill(status=204))
    page = context.new_page()
    page.goto("/loops/")
    page.get_by_role("spinbutton", name="Shortest, seconds").fill("4")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("spinbutton", name="Shortest, seconds")).to_have_value("4")
    assert page.locator(".wall .loop").count() > 0
    page.goto("/loops/")
    page.get_by_role("radio", name="Random").check(force=True)
    page.get_by_role("button", name="Apply").click()
    assert "seed=" in page.url
    page.get_by_role("link", name="Load more").click()
    assert "page=2" in page.url
    assert "seed=" in page.url
    expect(page.locator(".wall .loop")).to_have_count(30)
    context.close()

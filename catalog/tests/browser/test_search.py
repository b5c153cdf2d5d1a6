"""Searching and filtering in Chromium, over an index of the demo's titles: typing, keys, the way back, no scripts."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Request, Route, expect

from catalog.demo.titles import DemoTitles
from catalog.domain.titles import Names
from catalog.models import IndexState, TitleRow
from catalog.services import index
from catalog.services.index.state import source
from catalog.tests.browser.conftest import until
from catalog.tests.factories import TitleRowFactory
from catalog.tests.views import samples

pytestmark = pytest.mark.browser

SINS = "Семь смертных грехов: Гнев богов"
TYPE = """(box, text) => {
  for (const letter of text) { box.value += letter; box.dispatchEvent(new Event("input", { bubbles: true })); }
}"""
SINS_PATH = "/title/nanatsu-no-taizai-kamigami-no-gekirin/"


@pytest.fixture(autouse=True)
def index_of_the_demo(everything, db, settings) -> None:
    """The demo's titles and Naruto, which it lacks."""
    index.forget()
    now = timezone.now()
    titles = DemoTitles(settings.ANILIBRIA_STATIC_URL, timezone.now).titles()
    TitleRow.objects.bulk_create([TitleRow.of(title, seen_at=now, revision=1) for title in titles])
    IndexState.objects.create(source=source(), revision=1, done=len(titles), total=len(titles), crawled_at=now)
    TitleRowFactory(id=100_000, code="naruto", names=Names(ru="Наруто", en="Naruto"), updated_at=titles[0].updated_at)
    everything.get(f"{samples.ANILIBRIA}/getTitle", json=samples.title())


def header_box(page: Page):
    return page.locator(".find input")


def suggested(page: Page):
    return page.get_by_role("option")


def titles(page: Page):
    return page.locator("#results .card h3")


class TestSuggestions:
    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("наруто", "Наруто"),
            ("narutp", "Наруто"),
            ("yfhenj", "Наруто"),
            ("naruto", "Наруто"),
            (",kbx", "Блич: Тысячелетняя кровавая война"),
            ("nanatsu", SINS),
            ("cvthnys[", SINS),
            ("грехов смертных семь", SINS),
            ("семь смиртных грехоф", SINS),
            ("твое имя", "Твоё имя"),
            ("Naruto".replace("a", "а").replace("o", "о"), "Наруто"),
        ],
        ids=["name", "typo", "layout", "transliteration", "keys of punctuation", "romaji", "layout with a bracket",
             "order", "two typos", "e for yo", "look-alikes"],
    )  # fmt: skip
    def test_what_is_meant_comes_first(self, page, complaints, typed, meant):
        page.goto("/about/")
        header_box(page).press_sequentially(typed)
        expect(suggested(page).first.locator("b")).to_have_text(meant)
        expect(page.locator("#suggestions")).to_be_visible()
        assert complaints == []

    def test_nothing_that_sounds_like_it(self, page):
        page.goto("/about/")
        header_box(page).fill("qwxzv")
        expect(page.get_by_text("Nothing is called that.")).to_be_visible()

    def test_one_question_for_what_is_typed_in_one_go(self, page):
        page.goto("/about/")
        asked = questions(page)
        header_box(page).focus()
        header_box(page).evaluate(TYPE, "naruto")
        expect(suggested(page).first).to_contain_text("Наруто")
        assert asked == ["naruto"]

    def test_an_older_answer_never_comes_over_a_newer_one(self, page):
        page.goto("/about/")
        held: list[Route] = []
        page.route(asks_for("na"), lambda route: held.append(route))
        asked, failed = questions(page), []
        page.on("requestfailed", lambda request: failed.append(words(request)))
        header_box(page).fill("na")
        until(page, lambda: asked == ["na"])
        header_box(page).fill("naruto")
        expect(suggested(page).first).to_contain_text("Наруто")
        assert failed == ["na"]
        held[0].abort()  # too late for anything
        page.wait_for_timeout(200)
        expect(suggested(page).first).to_contain_text("Наруто")
        assert asked == ["na", "naruto"]

    def test_no_suggestion_is_left_when_the_box_is_emptied(self, page):
        page.goto("/about/")
        header_box(page).fill("naruto")
        expect(suggested(page).first).to_be_visible()
        header_box(page).fill("")
        expect(page.locator("#suggestions")).to_be_hidden()


class TestKeys:
    def test_slash_goes_to_the_box_wherever_one_does_not_write(self, page):
        page.goto("/about/")
        page.keyboard.press("/")
        expect(header_box(page)).to_be_focused()
        expect(header_box(page)).to_have_value("")
        page.keyboard.type("a/b")
        expect(header_box(page)).to_have_value("a/b")

    def test_arrows_move_and_enter_opens(self, page):
        page.goto("/about/")
        page.keyboard.press("/")
        page.keyboard.type("семь")
        expect(suggested(page).nth(1)).to_be_visible()
        for key, chosen in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0)):
            page.keyboard.press(key)
            expect(suggested(page).nth(chosen)).to_have_attribute("aria-selected", "true")
            expect(page.locator("[aria-selected=true]")).to_have_count(1)
            mark = suggested(page).nth(chosen).get_attribute("id")
            expect(header_box(page)).to_have_attribute("aria-activedescendant", mark or "")
        page.keyboard.press("ArrowUp")
        expect(suggested(page).last).to_have_attribute("aria-selected", "true")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(f"{SINS_PATH}$"))

    def test_enter_alone_searches_the_catalogue(self, page):
        page.goto("/ru/about/")
        page.keyboard.press("/")
        page.keyboard.type("yfhenj")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(r"/ru/catalog/\?q=yfhenj$"))
        expect(titles(page).first).to_have_text("Наруто")

    def test_escape_closes_and_arrows_choose_nothing_that_is_not_seen(self, page):
        page.goto("/about/")
        header_box(page).fill("naruto")
        expect(suggested(page).first).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("#suggestions")).to_be_hidden()
        expect(header_box(page)).to_have_attribute("aria-expanded", "false")
        expect(header_box(page)).to_have_value("naruto")
        page.keyboard.press("ArrowDown")
        expect(page.locator("[aria-selected=true]")).to_have_count(0)

    def test_the_mouse_opens_too_and_looking_away_closes(self, page):
        page.goto("/about/")
        header_box(page).fill("nanatsu")
        expect(suggested(page).first).to_be_visible()
        page.locator("main").click(position={"x": 5, "y": 5})
        expect(page.locator("#suggestions")).to_be_hidden()
        header_box(page).focus()
        suggested(page).first.click()
        expect(page).to_have_url(re.compile(f"{SINS_PATH}$"))


class TestCatalogue:
    @pytest.mark.parametrize(
        ("typed", "meant"),
        [("narutp", "Наруто"), ("yfhenj", "Наруто"), ("naruto", "Наруто"), ("nanatsu", SINS)],
        ids=["typo", "layout", "transliteration", "romaji"],
    )
    def test_the_results_follow_what_is_typed(self, page, complaints, typed, meant):
        page.goto("/catalog/")
        page.keyboard.press("/")
        page.keyboard.type(typed)
        expect(titles(page).first).to_have_text(meant)
        expect(page).to_have_url(re.compile(rf"/catalog/\?q={typed}$"))
        expect(page).to_have_title(f"{typed}: animesite")
        expect(page.locator("#orders option:checked")).to_have_text("Best match first")
        assert complaints == []

    def test_typing_is_one_step_back(self, page):
        page.goto("/catalog/")
        for text, found in (("nanat", SINS), ("nanatsu", SINS), ("naruto", "Наруто")):
            page.locator("#words").fill(text)
            expect(page).to_have_url(re.compile(rf"/catalog/\?q={text}$"))
            expect(titles(page).first).to_have_text(found)
        page.locator("#words").press("Enter")
        page.go_back()
        expect(page).to_have_url(re.compile("/catalog/$"))
        expect(page.locator("#results h1")).to_have_text("Latest updates")
        expect(page.locator("#words")).to_have_value("")
        page.go_forward()
        expect(page.locator("#words")).to_have_value("naruto")
        expect(titles(page).first).to_have_text("Наруто")

    def test_arrows_walk_through_the_results_and_back(self, page):
        page.goto("/catalog/?q=семь")
        page.locator("#words").focus()
        page.keyboard.press("ArrowDown")
        links = page.locator("#results .card h3 a")
        expect(links.nth(0)).to_be_focused()
        page.keyboard.press("ArrowRight")
        expect(links.nth(1)).to_be_focused()
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("ArrowUp")
        expect(page.locator("#words")).to_be_focused()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Escape")
        expect(page.locator("#words")).to_be_focused()
        page.keyboard.press("ArrowDown")
        where = links.nth(0).get_attribute("href")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(f"{where}$"))

    def test_a_filter_is_ticked_and_its_chip_takes_it_off(self, page):
        page.goto("/catalog/")
        page.get_by_role("checkbox", name=re.compile("^комедия")).check()
        chip = page.locator(".chip.on")
        expect(chip).to_have_text(re.compile("^комедия"))
        shown = page.locator("#results h1").text_content()
        expect(page.locator("#found")).to_have_text(f"{shown}. Active filters: комедия")
        chip.click()
        expect(page).to_have_url(re.compile("/catalog/$"))
        expect(page.get_by_role("checkbox", name=re.compile("^комедия"))).not_to_be_checked()
        expect(page.locator("#results h1")).to_have_text("Latest updates")

    def test_back_and_forward_bring_the_list_with_its_filters(self, page, complaints):
        page.goto("/catalog/")
        comedy = page.get_by_role("checkbox", name=re.compile("^комедия"))
        comedy.check()
        expect(page.locator(".chip.on")).to_have_count(1)
        few = titles(page).all_inner_texts()
        page.locator("#orders").select_option("name")
        expect(page).to_have_url(re.compile("sort=name"))
        page.go_back()
        expect(comedy).to_be_checked()
        expect(page.locator("#orders option:checked")).to_have_text("Updated, newest first")
        assert titles(page).all_inner_texts() == few
        page.go_back()
        expect(comedy).not_to_be_checked()
        expect(page.locator(".chip.on")).to_have_count(0)
        page.go_forward()
        page.go_forward()
        expect(comedy).to_be_checked()
        expect(page.locator("#orders option:checked")).to_have_text("Name, A to Z")
        page.keyboard.press("/")
        expect(page.locator("#words")).to_be_focused()
        page.keyboard.press("ArrowDown")
        expect(page.locator("#results .card h3 a").first).to_be_focused()
        assert complaints == []

    def test_back_from_a_title_leads_to_the_same_place_of_the_unrolled_list(self, page):
        page.goto("/catalog/")
        page.get_by_role("link", name="Load more").click()
        expect(titles(page)).to_have_count(48)
        page.get_by_role("link", name="Load more").click()
        expect(titles(page)).to_have_count(72)
        before = titles(page).all_inner_texts()
        card = page.locator("#results .card").nth(60)
        card.locator("h3 a").hover()
        place = page.evaluate("scrollY")
        card.locator("h3 a").click()
        expect(page).to_have_url(re.compile("/title/"))
        page.go_back()
        expect(titles(page)).to_have_count(72)
        assert titles(page).all_inner_texts() == before
        until(page, lambda: abs(page.evaluate("scrollY") - place) < 50)
        expect(card).to_be_in_viewport()
        page.get_by_role("link", name="Load more").click()
        expect(titles(page)).to_have_count(96)

    def test_a_reload_keeps_what_the_address_says_and_begins_the_list_anew(self, page):
        page.goto("/catalog/?genre=комедия&year_from=2000&sort=popular")
        first = titles(page).all_inner_texts()
        page.get_by_role("link", name="Load more").click()
        expect(titles(page)).not_to_have_count(len(first))
        page.reload()
        assert titles(page).all_inner_texts() == first
        expect(page.get_by_role("checkbox", name=re.compile("^комедия"))).to_be_checked()
        expect(page.get_by_label("From the year")).to_have_value("2000")
        expect(page.locator("#orders")).to_have_value("popular")

    def test_a_letter_stays_with_the_filters_that_follow(self, page):
        page.goto("/catalog/")
        page.locator(".az a", has_text=re.compile("^С$")).click()
        expect(page).to_have_url(re.compile(r"/catalog/\?letter=%D0%A1$"))
        expect(page.locator(".chip.on")).to_have_count(1)
        names = titles(page).all_inner_texts()
        assert all(name.startswith("С") for name in names)
        assert names == sorted(names, key=lambda name: name.casefold().replace("ё", "е"))
        page.get_by_role("checkbox", name=re.compile("^комедия")).check()
        expect(page.locator(".chip.on")).to_have_count(2)
        assert parse_qs(urlsplit(page.url).query) == {"letter": ["С"], "genre": ["комедия"]}

    def test_a_dead_upstream_changes_nothing(self, page, everything):
        everything.get(re.compile(re.escape(samples.ANILIBRIA)), status_code=503)
        page.goto("/catalog/")
        page.keyboard.press("/")
        page.keyboard.type("yfhenj")
        expect(titles(page).first).to_have_text("Наруто")


class TestWithoutScripts:
    @pytest.mark.parametrize("typed", ["yfhenj", "narutp", "nanatsu"])
    def test_the_same_is_found(self, page, plain, typed):
        page.goto("/catalog/")
        page.locator("#words").press_sequentially(typed)
        expect(page).to_have_url(re.compile(rf"q={typed}$"))
        plain.goto("/about/")
        header_box(plain).fill(typed)
        header_box(plain).press("Enter")
        expect(plain).to_have_url(page.url)
        expect(titles(page)).not_to_have_count(0)
        expect(titles(plain)).to_have_text(titles(page).all_inner_texts())

    def test_filters_are_a_form_and_chips_are_links(self, page, plain):
        plain.goto("/catalog/")
        plain.get_by_role("checkbox", name=re.compile("^комедия")).check()
        plain.locator("#orders").select_option("popular")
        plain.get_by_role("button", name="Apply").click()
        page.goto("/catalog/")
        page.get_by_role("checkbox", name=re.compile("^комедия")).check()
        page.locator("#orders").select_option("popular")
        expect(page.locator("#orders option:checked")).to_have_text("In favourites")
        expect(page).to_have_url(re.compile("sort=popular"))
        assert titles(plain).all_inner_texts() == titles(page).all_inner_texts()
        given = {name: values for name, values in parse_qs(urlsplit(plain.url).query).items() if any(values)}
        assert given == parse_qs(urlsplit(page.url).query) == {"genre": ["комедия"], "sort": ["popular"]}
        plain.locator(".chip.on").click()
        assert plain.url.endswith("/catalog/?sort=popular")

    def test_more_is_a_link_to_the_rest(self, plain):
        plain.goto("/catalog/")
        first = titles(plain).all_inner_texts()
        plain.get_by_role("link", name="Load more").click()
        assert plain.url.endswith("/catalog/?page=2")
        assert set(first).isdisjoint(titles(plain).all_inner_texts())
        plain.go_back()
        assert titles(plain).all_inner_texts() == first


def words(request: Request) -> str:
    return parse_qs(urlsplit(request.url).query).get("q", [""])[0]


def questions(page: Page) -> list[str]:
    """What suggestions are asked for from now on."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(words(request)) if "/suggestions/" in request.url else None)
    return asked


def asks_for(text: str) -> re.Pattern[str]:
    return re.compile(rf"/suggestions/\?q={text}$")

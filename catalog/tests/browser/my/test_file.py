"""The list as a file, and whatever else may stand where the browser keeps it."""

from __future__ import annotations

import json
import re
import time

import pytest
from playwright.sync_api import Browser, expect

from catalog.tests.browser.my.lists import (
    LOOP,
    PAGES,
    TITLE,
    VIDEO,
    document,
    entry,
    forget,
    heart,
    in_section,
    keep,
    kept,
    load,
    store,
)

pytestmark = pytest.mark.browser


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
        load(fresh, path)
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
        load(page, path)
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

    @pytest.mark.parametrize("late", ["forget", "page"])
    def test_is_forgotten_by_whichever_script_comes(self, page, late):
        keep(page, entry())
        page.route(f"**/my/{late}*.js", lambda route: route.abort())
        page.goto("/my/forget/")
        page.wait_for_load_state("networkidle")
        page.get_by_role("button", name="Forget everything").click()
        page.wait_for_load_state("networkidle")
        assert kept(page) == []
        if late == "forget":
            assert [one["name"] for one in page.context.cookies() if one["name"].startswith("my")] == []

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
        load(page, path)
        expect(page.get_by_text(words)).to_be_visible()
        assert str(TITLE) in [one["subject"] for one in kept(page)]
        assert complaints == []


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
    store(page, words)
    page.goto(PAGES["title"])
    expect(heart(page, pressed=True)).to_have_count(0)
    page.goto("/my/")
    expect(page.get_by_text("Nothing stands here yet")).to_be_visible()
    page.goto(PAGES["title"])
    heart(page).first.click()
    assert [one["subject"] for one in kept(page)] == [str(TITLE)]
    assert complaints == []

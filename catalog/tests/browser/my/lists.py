"""A visitor's own list in a browser: what it keeps, and what stands on its page."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from catalog.models import TitleRow

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
    store(page, json.dumps(document(*entries)))


def store(page: Page, words: str) -> None:
    page.goto("/robots.txt")
    page.evaluate("words => localStorage.setItem('animesite.list', words)", words)


def kept(page: Page) -> list[dict[str, Any]]:
    return json.loads(page.evaluate("localStorage.getItem('animesite.list')") or '{"entries":[]}')["entries"]


def heart(page: Page, pressed: bool | None = None):
    return page.locator("main").get_by_role("button", name="Heart", pressed=pressed)


def in_section(page: Page, name: str):
    return page.get_by_role("region", name=name).locator("li.fav")


def forget(page: Page) -> None:
    page.get_by_role("link", name="Forget everything").click()
    page.get_by_role("button", name="Forget everything").click()
    until_drawn(page)


def until_drawn(page: Page) -> None:
    """The script is there, and the list is what the browser keeps."""
    expect(page.locator("#my-list[data-drawn]:not([aria-busy])")).to_be_visible()


def load(page: Page, path: Path) -> None:
    page.locator("input[type=file]").set_input_files(path)

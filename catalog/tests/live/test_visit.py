"""Every page of the real site, fed by the real demo, in Debian's Chromium."""

from __future__ import annotations

import re

import pytest

from catalog.tests.live.test_upstreams import PAGES

pytestmark = [pytest.mark.xdist_group("live"), pytest.mark.browser, pytest.mark.processes]

REDIRECTS = ["/title/8500/", "/random/", "/loops/random/"]
OTHERS = ["/about/", "/embed/builder/", "/ru/embed/builder/", "/healthz", "/ru/catalog/", "/ru/schedule/"]


LATE = "status of 503"


def late(got) -> bool:
    """A file of a loop that the demo was still making: the widget goes on without it."""
    return got.status == 503 and re.search(r"/loops/[0-9a-f]{24}/\w+\.(mp4|jpg|gif)$", got.url) is not None


@pytest.fixture
def site(sites, demo) -> str:
    return sites.start(
        ANILIBRIA_URL=f"{demo}/anilibria/v2",
        ANILIBRIA_STATIC_URL=demo,
        ANILIBRIA_SITE_URL=demo,
        ANIMELOOP_URL=f"{demo}/animeloop/api/v2",
        LOOPS_URL=f"{demo}/loops",
    )


def test_every_page_is_there_and_nothing_on_it_fails(site, browser):
    context = browser.new_context(base_url=site, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    complaints: list[str] = []

    def note(wrong: bool, what: object) -> None:
        if wrong:
            complaints.append(f"{page.url}: {what}")

    page.on("pageerror", lambda error: note(True, error))
    page.on("console", lambda said: note(said.type == "error" and LATE not in said.text, said.text))
    page.on("response", lambda got: note(got.status >= 400 and not late(got), f"{got.status} {got.url}"))
    for path in [*PAGES, *REDIRECTS, *OTHERS]:
        answer = page.goto(path, wait_until="load", timeout=60_000)
        assert answer is not None
        assert answer.status == 200, path
    context.close()
    assert not complaints, "\n".join(complaints)


def test_every_page_says_its_piece_without_scripts(site, browser):
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    for path in [*PAGES, *REDIRECTS]:
        page.goto(path, wait_until="domcontentloaded", timeout=60_000)
        assert page.locator("h1").first.is_visible(), path
        assert page.locator("main a[href]").count() > 0, path
    context.close()

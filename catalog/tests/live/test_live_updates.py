"""An update that the demo's WebSocket sends appears on open pages: real processes, a real browser."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from catalog import links
from catalog.demo.titles import DemoTitles
from catalog.management.commands.up import demo_addresses
from catalog.tests.live.processes import environment, running, wait_for

pytestmark = [pytest.mark.xdist_group("live"), pytest.mark.browser, pytest.mark.processes]

SOON = 10.0  # seconds from the notice to the page: twice what is promised, on a machine that does more than this
START = 12  # seconds that a page needs to be open before


def test_an_update_sent_by_the_demo_appears_on_open_pages(demo, sites, browser):
    addresses = demo_addresses(demo)
    base = sites.start(**addresses)
    (sites.folder / "queue" / "messages").mkdir(parents=True)
    env = environment(sites.folder, SECRET_KEY="x" * 50, **addresses)
    with running("manage.py", "listen", env=env, log=sites.folder / "listen.log"):
        wait_for(f"{base}/")
        time.sleep(8)  # until it listens
        change, title = DemoTitles(demo, timezone.now).next_change(timezone.now() + timedelta(seconds=START))
        context = browser.new_context(base_url=base)
        page, home = context.new_page(), context.new_page()
        page.goto(links.title_url(title))
        home.goto("/")
        before = home.locator("[data-live]").get_attribute("data-at")
        for each in (page, home):
            each.evaluate("window.still = true")
        page.bring_to_front()
        wait = (change.at - timezone.now()).total_seconds() + SOON
        expect(page.get_by_role("status")).to_contain_text(title.name, timeout=wait * 1000)
        heard = (timezone.now() - change.at).total_seconds()
        assert 0 <= heard <= SOON
        home.bring_to_front()
        expect(home.locator("[data-live]")).not_to_have_attribute("data-at", before, timeout=SOON * 1000)
        assert page.evaluate("window.still")
        assert home.evaluate("window.still")
        context.close()

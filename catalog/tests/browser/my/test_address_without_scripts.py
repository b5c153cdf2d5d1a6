"""The private address of a list in a browser that runs no scripts: made, read, revoked."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from catalog.tests.factories import TitleRowFactory

pytestmark = pytest.mark.browser


@pytest.fixture
def plain(browser: Browser, origin: str):
    context = browser.new_context(base_url=origin, java_script_enabled=False, viewport={"width": 390, "height": 800})
    yield context.new_page()
    context.close()


def test_an_address_is_made_read_and_revoked_without_scripts(plain):
    row = TitleRowFactory.create()
    plain.goto(f"/ru/my/title/{row.id}/")
    plain.get_by_label("Сердечко").check()
    plain.get_by_role("button", name="Сохранить").click()
    expect(plain.get_by_role("heading", name="Личный адрес")).to_be_visible()
    plain.get_by_role("button", name="Создать адрес").click()
    expect(plain).to_have_url(re.compile("/ru/my/$"))
    feed = plain.get_by_role("link", name="Atom").get_attribute("href") or ""
    assert str(row) in plain.request.get(feed).text()
    calendar = plain.get_by_role("link", name="Подписать календарь").get_attribute("href") or ""
    assert calendar.startswith("webcal://")
    assert plain.locator("html").bounding_box()["width"] == 390
    plain.get_by_role("button", name="Отозвать", exact=True).click()
    expect(plain.get_by_role("button", name="Создать адрес")).to_be_visible()
    assert plain.request.get(feed).status == 410


def test_all_of_it_can_be_reached_and_done_by_the_keyboard(plain):
    row = TitleRowFactory.create()
    plain.goto(f"/my/title/{row.id}/")
    plain.get_by_label("Heart").focus()
    plain.keyboard.press("Space")
    plain.keyboard.press("Tab")
    plain.keyboard.press("ArrowRight")
    plain.keyboard.press("Enter")
    expect(plain).to_have_url(re.compile("/my/$"))
    expect(plain.get_by_role("heading", name="Hearts")).to_be_visible()
    expect(plain.get_by_role("heading", name="Watching")).to_be_visible()

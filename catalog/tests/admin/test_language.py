"""The admin speaks the language of its address, like every page."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils.translation import override

from catalog.tests.admin.rows import OTHERS, PAGES, address
from catalog.tests.factories import CollectionFactory
from catalog.tests.services.conftest import transport_folder, upstream  # noqa: F401

pytestmark = pytest.mark.django_db

LATIN = re.compile(r"[A-Za-z]{3,}")
NAMES = {"ETag", "Last", "Modified", "AniList", "Animeloop", "AniLibria", "loops", "video", "torrent", "example", "org"}
NAMES |= {"animesite", "Curators", "Mac", "Command", "Control", "LDAP", "Single", "Sing"}
WRITTEN = (
    "tbody :is(td, th), textarea, code, .readonly, h1 + h2, .breadcrumbs, [lang=en], select[multiple], .who strong"
)
HINTS = {"title": "*", "placeholder": "*", "aria-label": "*", "value": "[type=submit]"}


def latin(page: str) -> set[str]:
    """The Latin words that a reader sees, but for names and for what a person or an upstream wrote."""
    soup = BeautifulSoup(page, "html.parser")
    for written in soup.select(f"script, style, {WRITTEN}"):
        written.decompose()
    hints = [str(tag[name]) for name, where in HINTS.items() for tag in soup.select(f"{where}[{name}]")]
    return {word for text in (soup.get_text(" "), *hints) for word in LATIN.findall(text)} - NAMES


@pytest.mark.parametrize(("model", "page"), PAGES)
def test_every_page_is_russian_below_ru(admin_client, model, page):
    with override("ru"):
        answer = admin_client.get(address(model, page))
    assert answer.headers["Content-Language"] == "ru"
    assert latin(answer.text) == set()


@pytest.mark.parametrize("route", OTHERS)
def test_so_is_what_belongs_to_no_model(admin_client, route):
    with override("ru"):
        url = reverse(route)
    assert latin(admin_client.get(url).text) == set()


def test_the_door_is_russian_too_and_leads_back(client):
    answer = client.get("/ru/admin/", follow=True)
    assert answer.redirect_chain == [("/ru/admin/login/?next=/ru/admin/", 302)]
    assert latin(answer.text) == set()


def test_saving_keeps_the_language(admin_client):
    collection = CollectionFactory.create()
    with override("ru"):
        url = reverse("admin:catalog_collection_delete", args=[collection.pk])
    assert admin_client.post(url, {"post": "yes"})["Location"] == "/ru/admin/catalog/collection/"


def test_a_page_leads_to_itself_in_the_other_language_and_to_the_site(admin_client):
    page = BeautifulSoup(admin_client.get("/ru/admin/catalog/favourite/?state__exact=gone").text, "html.parser")
    assert page.select_one("header a[hreflang=en]")["href"] == "/admin/catalog/favourite/?state__exact=gone"
    assert page.select_one("header a[href='/ru/']")


def test_a_collection_is_called_what_its_readers_call_it(admin_client):
    CollectionFactory.create(name_en="Autumn", name_ru="Осень")
    assert "Осень" in admin_client.get("/ru/admin/catalog/favourite/add/").text
    assert "Осень" not in admin_client.get("/admin/catalog/favourite/add/").text

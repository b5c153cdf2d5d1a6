"""The address of a visitor's list: asked for, kept in step, revoked, and nothing stored without it."""

from __future__ import annotations

import json

import pytest
import requests
import requests_mock
from bs4 import BeautifulSoup
from django.core import signing
from django.db import DatabaseError, connection
from django.test import Client

from catalog import my_cookie
from catalog.domain.lists import Entry, written
from catalog.models import ListAddress
from catalog.services import lists
from catalog.services.lists import addresses

NOW = 1795165200
LOOP = Entry(kind="loop", subject="591446445f6e5e51d937e118", heart=True, added=NOW, changed=NOW)


@pytest.fixture(autouse=True)
def nobody(upstream):
    """Every source is down."""
    upstream.get(requests_mock.ANY, exc=requests.ConnectionError)


def title(subject: int, state: str = "", **said) -> Entry:
    return Entry(kind="title", subject=str(subject), heart=not state, state=state, added=NOW, changed=NOW, **said)


def keep(client, *entries: Entry) -> None:
    client.cookies["my"] = my_cookie.packed(entries)


def stored() -> list[list[object]]:
    return ListAddress.objects.get().entries


def put(client, entries, content_type="application/json"):
    return client.put("/my/address/", json.dumps(written(entries)), content_type=content_type)


@pytest.fixture
def addressed(client) -> Client:
    """A visitor who asked for an address."""
    keep(client, title(8500, "watching"), title(9760), LOOP)
    assert client.post("/my/address/").status_code == 303
    return client


def test_nothing_is_stored_until_an_address_is_asked_for(client):
    keep(client, title(8500))
    client.get("/my/")
    client.post("/my/title/9760/", {"heart": "on"})
    client.post("/my/cards/", json.dumps(written([title(1)])), content_type="application/json")
    assert not ListAddress.objects.exists()


def test_only_titles_are_kept_and_what_became_of_them(addressed):
    assert stored() == [[8500, "watching"], [9760, ""]]


def test_the_page_then_has_the_addresses(addressed):
    page = BeautifulSoup(addressed.get("/my/").content, "html.parser")
    token = lists.token(ListAddress.objects.get().public_id)
    links = [link["href"] for link in page.select("#address li a")]
    assert links == [
        *(f"http://testserver/my/feed/{token}.{format}" for format in ("rss", "atom", "json", "ics")),
        f"webcal://testserver/my/feed/{token}.ics",
    ]
    for link in links[:4]:
        assert addressed.get(link).status_code == 200
    russian = BeautifulSoup(addressed.get("/ru/my/").content, "html.parser")
    assert russian.select_one("#address li a")["href"].endswith(f"{token}.rss?lang=ru")


@pytest.mark.parametrize("path", ["/my/", "/my/title/8500/"])
def test_pages_no_longer_say_that_the_browser_alone_has_it(addressed, path):
    assert "its titles also at the private address" in addressed.get(path).text
    assert "Kept in your browser alone" in Client().get(path).text


def test_who_asks_from_the_russian_page_comes_back_to_it(client):
    keep(client, title(8500))
    assert client.post("/my/address/", {"next": "/ru/my/"})["Location"] == "/ru/my/"
    client.cookies.clear()
    assert "В вашем списке нет ни одного тайтла" in client.post("/my/address/", {"next": "/ru/my/"}).text


def test_a_browser_with_javascript_says_itself_what_it_keeps(client):
    said = json.dumps(written([title(1, "planned"), LOOP]))
    assert client.post("/my/address/", {"entries": said}).status_code == 303
    assert stored() == [[1, "planned"]]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "There is no title on your list"),
        ({"entries": json.dumps(written([LOOP]))}, "There is no title on your list"),
        ({"entries": "{"}, "This is not JSON."),
        ({"entries": "[]"}, "no list of this site"),
    ],
)
def test_without_titles_there_is_no_address(client, said, words):
    response = client.post("/my/address/", said)
    assert response.status_code == 400
    assert words in response.text
    assert not ListAddress.objects.exists()


def test_there_is_room_for_so_many(client, monkeypatch):
    monkeypatch.setattr(addresses, "MOST_ADDRESSES", 0)
    keep(client, title(1))
    response = client.post("/my/address/")
    assert response.status_code == 503
    assert "Ask again another day" in response.text


def test_of_a_long_list_the_latest_changed_are_kept(client, monkeypatch):
    monkeypatch.setattr(addresses, "MOST_TITLES", 2)
    said = [Entry(kind="title", subject=str(n), heart=True, added=NOW, changed=NOW - 9 + n) for n in (1, 2, 3)]
    client.post("/my/address/", {"entries": json.dumps(written(said))})
    assert stored() == [[3, ""], [2, ""]]


def test_the_list_and_its_address_stay_in_step(addressed):
    addressed.post("/my/title/8500/", {"state": "watched"})
    addressed.post("/my/title/9760/", {"remove": "1"})
    assert stored() == [[8500, "watched"]]
    assert put(addressed, [title(5, "planned"), LOOP]).status_code == 204
    assert stored() == [[5, "planned"]]
    assert put(addressed, []).status_code == 204
    assert stored() == []


def test_a_browser_that_keeps_the_list_has_no_cookie_to_cut_its_address(addressed):
    assert put(addressed, [title(1), title(2)]).status_code == 204
    del addressed.cookies["my"]
    for _ in range(2):
        addressed.post("/my/title/3/", {"heart": "on"})
        addressed.post("/my/seen/")
    assert stored() == [[1, ""], [2, ""]]


def test_links_of_a_page_that_refused_lead_to_the_list(client):
    for path in ("/my/import/", "/my/address/"):
        assert client.get(path)["Location"] == "/my/"


def test_what_says_nothing_new_changes_nothing(addressed, django_assert_num_queries):
    changed_at = ListAddress.objects.get().updated_at
    with django_assert_num_queries(1):
        assert put(addressed, [title(8500, "watching"), LOOP, title(9760)]).status_code == 204
    assert ListAddress.objects.get().updated_at == changed_at


def test_the_right_to_change_it_lasts_as_long_as_it_is_used(addressed):
    cookie = addressed.post("/my/title/1/", {"heart": "on"}).cookies["my_address"]
    assert cookie["max-age"] == 400 * 86400


def test_another_one_revokes_the_first(addressed):
    [first] = ListAddress.objects.all()
    addressed.post("/my/address/")
    [second] = ListAddress.objects.all()
    assert second.public_id != first.public_id
    assert addressed.get(f"/my/feed/{lists.token(first.public_id)}.rss").status_code == 410


@pytest.mark.parametrize("path", ["/my/address/revoke/", "/my/forget/"])
def test_is_revoked_with_its_titles(addressed, path):
    [row] = ListAddress.objects.all()
    response = addressed.post(path)
    assert response.status_code == 303
    assert response.cookies["my_address"].value == ""
    assert not ListAddress.objects.exists()
    assert addressed.get(f"/my/feed/{lists.token(row.public_id)}.ics").status_code == 410
    assert "Make an address" in addressed.get("/my/").text


def test_revoking_nothing_is_nothing(client):
    assert client.post("/my/address/revoke/")["Location"] == "/my/"


def test_an_address_that_housekeeping_took_can_be_made_anew(addressed):
    ListAddress.objects.all().delete()
    assert "Make an address" in addressed.get("/my/").text
    assert put(addressed, [title(1)]).status_code == 404
    assert addressed.post("/my/address/").status_code == 303
    assert stored() == [[8500, "watching"], [9760, ""]]


class TestTheRightToChangeIt:
    def test_is_a_cookie_that_no_script_reads(self, addressed):
        cookie = addressed.post("/my/address/").cookies["my_address"]
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
        assert addressed.post("/my/address/", secure=True).cookies["my_address"]["secure"]

    def test_is_not_had_by_who_reads(self, addressed):
        public_id = ListAddress.objects.get().public_id
        token = lists.token(public_id)
        forged = (token, public_id, token.replace("~", ":"), signing.dumps(public_id), signing.Signer().sign(public_id))
        for value in forged:
            reader = Client()
            reader.cookies["my_address"] = value
            assert put(reader, [title(1)]).status_code == 404
            reader.post("/my/address/revoke/")
            reader.post("/my/forget/")
        assert stored() == [[8500, "watching"], [9760, ""]]

    def test_reads_nothing_as_a_token(self, addressed):
        value = addressed.cookies["my_address"].value
        assert addressed.get(f"/my/feed/{value}.rss").status_code == 404


class TestPut:
    def test_needs_no_token_but_json(self, addressed):
        careful = Client(enforce_csrf_checks=True)
        careful.cookies["my_address"] = addressed.cookies["my_address"].value
        assert put(careful, [title(1)]).status_code == 204
        assert put(careful, [title(1)], "application/json; charset=utf-8").status_code == 204
        for simple in (
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "text/json",
        ):
            assert put(careful, [title(2)], simple).status_code == 415, simple
        assert stored() == [[1, ""]]

    def test_a_form_needs_its_token(self, addressed):
        careful = Client(enforce_csrf_checks=True)
        careful.cookies["my_address"] = addressed.cookies["my_address"].value
        for path in ("/my/address/", "/my/address/revoke/"):
            response = careful.post(path, {"entries": json.dumps(written([title(1)]))})
            assert response.status_code == 403
            assert "This form was not the one" in response.text
            assert "Эта форма не та" in careful.post(path, {"next": "/ru/my/"}).text
        assert stored() == [[8500, "watching"], [9760, ""]]

    @pytest.mark.parametrize("content", [b"{", b"[]", b"\xff", b" " * 1_000_001])
    def test_refuses_in_a_plain_sentence(self, addressed, content):
        response = addressed.put("/my/address/", content, content_type="application/json")
        assert response.status_code == 400
        assert response["Content-Type"] == "text/plain; charset=utf-8"
        assert len(stored()) == 2

    def test_without_an_address_there_is_nothing_to_change(self, client):
        assert put(client, [title(1)]).status_code == 404
        assert not ListAddress.objects.exists()


class TestWithoutADatabase:
    @pytest.fixture(autouse=True)
    def away(self, addressed):
        def fail(*question):
            raise DatabaseError("gone")

        with connection.execute_wrapper(fail):
            yield

    def test_the_page_stands_and_the_cookie_keeps(self, addressed):
        assert "Title 8500" in addressed.get("/my/").text
        assert "data-there" in addressed.get("/my/").text  # nobody said that the address is gone
        assert addressed.post("/my/title/8500/", {"remove": "1"}).status_code == 303
        assert "Title 8500" not in addressed.get("/my/").text

    def test_what_needs_it_is_asked_for_again_later(self, addressed):
        for ask in (
            lambda: addressed.post("/my/address/"),
            lambda: addressed.post("/my/address/revoke/"),
            lambda: put(addressed, [title(1)]),
            lambda: addressed.get(f"/my/feed/{lists.token('a' * 22)}.rss"),
        ):
            response = ask()
            assert response.status_code == 503
            assert response["Retry-After"] == "30"

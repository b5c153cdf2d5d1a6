"""Widgets that draw from a curators' collection: everywhere that a filter of loops can be said."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
import requests
import requests_mock
from django.db import DatabaseError, connection

from catalog.models import Collection
from catalog.services.loop_files import shelf as files
from catalog.tests.factories import (
    CollectionFactory,
    FavouriteFactory,
    LoopFactory,
    LoopRowFactory,
    VideoFactory,
    WidgetFactory,
)
from catalog.tests.views.test_builder import codes
from catalog.tests.views.test_embed import NEXT, PAGE, state
from catalog.tests.views.test_loop_files import CONTENTS, serve

QUERY = "?favourites=autumn"
BUILDER = "/embed/builder/"


@pytest.fixture(autouse=True)
def down(upstream: requests_mock.Mocker) -> requests_mock.Mocker:
    upstream.get(requests_mock.ANY, exc=requests.ConnectionError)
    return upstream


@pytest.fixture
def collection() -> Collection:
    return CollectionFactory.create(slug="autumn", name_en="Autumn leaves", name_ru="Листья")


@pytest.fixture
def loop(collection):
    """The only one in the collection, of several."""
    loop = LoopRowFactory.create(duration=1.5).loop
    FavouriteFactory.create(collection=collection, item=loop)
    LoopRowFactory.create(duration=1.5)
    LoopRowFactory.create(duration=1.5)
    return loop


class TestTheFrame:
    def test_and_its_script_draw_from_it_while_the_source_is_down(self, client, loop, down):
        for _ in range(8):
            assert state(client.get(PAGE + QUERY))["id"] == loop.id
            assert client.get(NEXT + QUERY).json()["id"] == loop.id
        assert not down.request_history

    def test_what_comes_after_is_of_it_too(self, client, loop):
        page = client.get(f"{PAGE}{QUERY}&seed=a").text
        assert f'data-next="{NEXT}{QUERY}"' in page

    def test_shows_what_only_the_collection_remembers(self, client, collection):
        kept = LoopFactory.build()
        FavouriteFactory.create(collection=collection, item=kept)
        assert client.get(NEXT + QUERY).json()["id"] == kept.id
        files.keep(kept.id, "mp4_360p", CONTENTS["mp4"])
        held = client.get(f"{NEXT}{QUERY}&held").json()
        assert (held["id"], list(held["files"])) == (kept.id, ["mp4_360p"])

    def test_other_filters_count_too(self, client, loop):
        assert client.get(f"{NEXT}{QUERY}&duration=1,2").json()["id"] == loop.id
        assert client.get(f"{NEXT}{QUERY}&duration=2,3").json()["id"] is None

    @pytest.mark.parametrize("changes", [{"published_from": None}, {"slug": "winter"}])
    def test_says_that_there_is_no_loop_where_the_collection_is_gone(self, client, loop, changes):
        Collection.objects.update(**changes)
        response = client.get(PAGE + QUERY)
        assert response.status_code == 200
        assert "No loop just now" in response.text
        assert "no-store" in response["Cache-Control"]

    def test_so_it_is_where_nothing_in_it_moves(self, client, collection):
        LoopRowFactory.create()
        FavouriteFactory.create(collection=collection, item=VideoFactory.build())
        assert "No loop just now" in client.get(PAGE + QUERY).text

    @pytest.mark.parametrize("wrong", ["a b", "../x", "x" * 61, "осень", '"><script>'])
    def test_what_cannot_be_a_slug_is_named_with_a_reason(self, client, loop, wrong):
        response = client.get(f"{PAGE}?favourites={quote(wrong)}")
        assert response.status_code == 400
        assert "<code>favourites=" in response.text
        assert "<script>" not in response.text.replace("<script src", "")
        assert list(client.get(f"{NEXT}?favourites={quote(wrong)}").json()["errors"]) == ["favourites"]

    def test_the_sources_collections_are_another_thing(self, client, loop):
        answer = client.get(f"{NEXT}{QUERY}&collection=3")
        assert (answer.status_code, answer.json()) == (400, {"errors": {"collection": "Not together with favourites."}})

    def test_with_a_seed_it_is_kept_no_longer_than_a_page(self, client, loop):
        assert client.get(f"{PAGE}{QUERY}&seed=a")["Cache-Control"] == "public, max-age=30"
        assert client.get(f"{PAGE}{QUERY}&loop={loop.id}")["Cache-Control"] == "public, max-age=3600"

    def test_a_curators_change_shows_at_once(self, client, loop, collection):
        collection.favourites.all().delete()
        assert client.get(NEXT + QUERY).json()["id"] is None


class TestSaved:
    def test_draws_from_it_whatever_it_is_called_by_then(self, client, loop, collection):
        WidgetFactory.create(slug="mine", hosts=["*"], favourites=collection)
        Collection.objects.update(slug="winter")
        for address in ("/embed/w/mine/", "/embed/w/mine/next/"):
            assert loop.id in client.get(address).text

    def test_costs_no_question_more(self, client, loop, collection, django_assert_max_num_queries):
        WidgetFactory.create(slug="mine", hosts=["*"], favourites=collection)
        with django_assert_max_num_queries(4):
            client.get("/embed/w/mine/")

    def test_oembed_shows_it(self, client, loop, collection):
        WidgetFactory.create(slug="mine", hosts=["*"], favourites=collection)
        found = client.get("/oembed?url=http://testserver/embed/w/mine/").json()
        assert found["thumbnail_url"] == f"http://testserver/loops/random/720p.jpg{QUERY}"


def test_oembed_passes_it_on(client, loop):
    found = client.get(f"/oembed?url={quote(f'http://testserver{BUILDER}{QUERY}')}").json()
    assert f"http://testserver{PAGE}{QUERY}" in found["html"]
    assert found["thumbnail_url"].endswith(f"/loops/random/720p.jpg{QUERY}")


class TestRandom:
    def test_page_is_of_a_loop_in_it(self, client, loop):
        assert client.get(f"/loops/random/{QUERY}")["Location"] == f"/loops/{loop.id}/"

    def test_without_any_it_is_the_wall_that_says_so(self, client, collection, loop):
        collection.favourites.all().delete()
        response = client.get(f"/loops/random/{QUERY}", follow=True)
        assert response.redirect_chain == [(f"/loops/{QUERY}", 302)]
        assert "No loop<br>fits" in response.text

    def test_file_is_of_a_loop_in_it(self, client, loop, upstream):
        serve(upstream, loop.id)
        for query in (QUERY, f"{QUERY}&seed=a"):
            response = client.get(f"/loops/random/360p.jpg{query}")
            assert (response.status_code, loop.id in response["Link"]) == (200, True)
        assert response["Cache-Control"] == "public, max-age=30"
        upstream.get(requests_mock.ANY, exc=requests.ConnectionError)
        assert client.get(f"/loops/random/360p.jpg{QUERY}").status_code == 200

    def test_file_of_a_collection_that_is_gone_is_not_found(self, client, loop):
        assert client.get("/loops/random/360p.jpg?favourites=winter").status_code == 404

    def test_file_of_what_is_no_slug_is_refused(self, client, loop):
        response = client.get("/loops/random/360p.jpg?favourites=a%20b")
        assert (response.status_code, response.text[:16]) == (400, "favourites=a b: ")


class TestTheWall:
    def test_and_its_siblings_show_it_and_keep_it_when_other_filters_change(self, client, loop):
        page = client.get(f"/loops/{QUERY}").text
        assert "1 loop</h1>" in page
        assert '<option value="autumn" selected>Autumn leaves</option>' in page
        assert [item["id"][-24:] for item in client.get(f"/loops.json{QUERY}").json()["items"]] == [loop.id]

    def test_what_cannot_be_a_slug_is_left_out_and_said(self, client, loop):
        page = client.get("/loops/?favourites=a%20b").text
        assert "3 loops</h1>" in page
        assert "a b" in page


class TestTheBuilder:
    @pytest.fixture(autouse=True)
    def draft(self):
        CollectionFactory.create(slug="draft", name_en="Drafted", published_from=None)

    def test_offers_what_is_published(self, client, loop):
        page = client.get(BUILDER).text
        assert '<option value="autumn">Autumn leaves</option>' in page
        assert "Drafted" not in page
        assert '<option value="autumn">Листья</option>' in client.get(f"/ru{BUILDER}").text

    def test_puts_it_into_every_code(self, client, loop):
        page = client.get(BUILDER + QUERY)
        assert '<option value="autumn" selected>Autumn leaves</option>' in page.text
        found = codes(page)
        assert f"{PAGE}{QUERY}" in found["iframe"]
        assert 'favourites="autumn"' in found["element"]
        for kind in ("image", "markdown", "bbcode"):
            assert f"/loops/random/360p.gif{QUERY}" in found[kind] or f"/loops/random/720p.gif{QUERY}" in found[kind]
            assert f"/loops/{QUERY}" in found[kind]

    def test_keeps_one_that_is_not_there_any_more(self, client, loop):
        assert '<option value="winter" selected>winter</option>' in client.get(f"{BUILDER}?favourites=winter").text

    def test_stands_without_a_database(self, client, loop):
        def fail(*question):
            raise DatabaseError("gone")

        with connection.execute_wrapper(fail):
            response = client.get(BUILDER + QUERY)
        assert response.status_code == 200
        assert "Autumn leaves" not in response.text

    def test_has_no_such_choice_where_nothing_is_published(self, client):
        assert 'name="favourites"' not in client.get(BUILDER).text


class TestTheCollectionsPage:
    LINK = f'href="{BUILDER}{QUERY}"'

    def test_leads_to_the_builder_where_there_is_a_loop(self, client, loop):
        assert self.LINK in client.get("/favourites/autumn/").text

    def test_does_so_for_what_only_it_remembers(self, client, collection):
        FavouriteFactory.create(collection=collection, item=LoopFactory.build())
        assert self.LINK in client.get("/favourites/autumn/").text

    def test_does_not_where_there_is_none(self, client, collection):
        LoopRowFactory.create()
        FavouriteFactory.create(collection=collection, item=VideoFactory.build())
        page = client.get("/favourites/autumn/").text
        assert re.search("1 favourite<", page)
        assert self.LINK not in page

"""Widgets: their pages, what they answer to their script, and who may frame them."""

from __future__ import annotations

import gzip
import html
import json
import re
from datetime import timedelta
from typing import Any

import pytest
import requests
import requests_mock
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from catalog.models import WidgetDay
from catalog.services import impressions
from catalog.services.loop_files import shelf
from catalog.tests.factories import LoopRowFactory, LoopSeriesFactory, WidgetFactory
from catalog.tests.views import samples

PAGE, NEXT = "/embed/loop/", "/embed/loop/next/"
ID = "5900000000000000000000a1"
MOST_BYTES, MOST_REQUESTS = 14 * 1024, 3


@pytest.fixture(autouse=True)
def _nothing_counted():
    impressions.forget()
    yield
    impressions.forget()


@pytest.fixture
def down(upstream: requests_mock.Mocker) -> requests_mock.Mocker:
    upstream.get(requests_mock.ANY, exc=requests.ConnectionError)
    return upstream


@pytest.fixture
def loop():
    return LoopRowFactory.create(id=ID, duration=1.5, series=LoopSeriesFactory.create(title="ラブライブ!")).loop


def state(response) -> dict[str, Any]:
    """What the page told its script."""
    found = re.search(r'data-loop="([^"]*)"', response.text)
    assert found
    return dict(json.loads(html.unescape(found[1])))


def policy(response) -> dict[str, str]:
    directives = (directive.strip().partition(" ") for directive in response["Content-Security-Policy"].split(";"))
    return {name: sources for name, _, sources in directives}


class TestThePage:
    def test_shows_a_loop_of_the_index_whatever_the_upstream_does(self, client, down, loop):
        response = client.get(PAGE)
        assert response.status_code == 200
        assert f'src="/loops/{ID}/720p.mp4"' in response.text
        assert f'poster="/loops/{ID}/360p.jpg"' in response.text
        assert state(response)["id"] == ID
        assert "ラブライブ!" in response.text

    def test_may_be_framed_by_anybody_and_loads_nothing_from_elsewhere(self, client, down, loop):
        response = client.get(PAGE)
        directives = policy(response)
        assert directives["frame-ancestors"] == "*"
        assert "X-Frame-Options" not in response
        sources = {source for name, all in directives.items() if name != "frame-ancestors" for source in all.split()}
        assert {source for source in sources if not source.startswith("'sha256-")} == {"'none'", "'self'"}
        assert not re.search(r"""(?:src|poster)="(?!/)""", response.text)

    def test_sets_no_cookie_and_asks_for_none(self, client, down, loop):
        client.cookies["theme"] = "light"
        client.cookies["sessionid"] = "x" * 32
        response = client.get(PAGE)
        assert not response.cookies
        assert not {"Cookie", "Accept-Language"} & set(response["Vary"].split(", "))
        assert state(response)["options"]["theme"] == "dark"

    def test_is_small(self, client, down, loop):
        page = client.get(f"{PAGE}?duration=1,2&theme=system&refresh=30")
        script = client.get("/embed/widget.js")
        assert len(gzip.compress(page.content)) + len(gzip.compress(script.content)) <= MOST_BYTES
        linked = re.findall(r'<(?:script|link)[^>]+(?:src|href)="([^"]+)"', page.text)
        assert 1 + len(linked) <= MOST_REQUESTS

    def test_its_policy_lets_its_own_style_in_and_no_other(self, client, down, loop):
        from base64 import b64encode
        from hashlib import sha256

        response = client.get(PAGE)
        style = re.search(r"<style>(.*)</style>", response.text, re.DOTALL)
        digest = b64encode(sha256(style[1].encode()).digest()).decode()
        assert policy(response)["style-src"] == f"'sha256-{digest}'"
        assert "style=" not in response.text

    def test_what_is_drawn_by_chance_is_kept_nowhere(self, client, down, loop):
        assert client.get(PAGE)["Cache-Control"] == "no-store"
        assert client.get(NEXT)["Cache-Control"] == "no-store"

    @pytest.mark.parametrize("query", [f"loop={ID}", "seed=a"])
    def test_what_the_address_decides_anybody_may_keep(self, client, down, loop, query):
        response = client.get(f"{PAGE}?{query}")
        assert response["Cache-Control"] == "public, max-age=3600"
        assert client.get(f"{PAGE}?{query}", headers={"If-None-Match": response["ETag"]}).status_code == 304

    def test_a_seed_is_one_loop_and_the_next_is_another(self, client, down):
        LoopRowFactory.create_batch(20)
        ids = {state(client.get(f"{PAGE}?seed=x"))["id"] for _ in range(5)}
        assert len(ids) == 1
        page = client.get(f"{PAGE}?seed=x&theme=light").text
        assert 'class="next" href="?theme=light"' in page
        assert len({client.get(NEXT).json()["id"] for _ in range(20)}) > 1

    def test_this_very_loop_has_no_other_after_it(self, client, down, loop):
        LoopRowFactory.create_batch(5)
        response = client.get(f"{PAGE}?loop={ID.upper()}")
        assert state(response)["id"] == ID
        assert state(response)["more"] is False
        assert re.search(r'class="next" href=""[^>]* hidden', response.text)

    def test_filters_hold(self, client, down, loop):
        for seconds in (0.5, 3.0):
            LoopRowFactory.create_batch(5, duration=seconds)
        for _ in range(10):
            assert client.get(f"{NEXT}?duration=1,2").json()["id"] == ID
        assert client.get(f"{NEXT}?seriesid={loop.series_id}").json()["id"] == ID

    def test_options_are_followed(self, client, down, loop):
        query = "size=1080p&theme=light&fit=contain&controls=0&caption=0&refresh=30&link=none&lang=ru"
        response = client.get(f"{PAGE}?{query}")
        assert '<html lang="ru">' in response.text
        assert 'class="stage light contain bare"' in response.text
        assert re.findall(r'source src="/loops/\w+/(\w+)\.mp4"', response.text)[0] == "1080p"
        assert '<p class="by" hidden>' in response.text
        assert "/loops/" + ID + '/" target' not in response.text
        assert state(response)["options"]["refresh"] == 30
        assert state(response)["labels"]["another"] == "Другой луп"

    def test_links_follow_the_language_and_leave_the_frame(self, client, down, loop):
        page = client.get(f"{PAGE}?lang=ru").text
        assert f'href="http://testserver/ru/loops/{ID}/" target="_blank" rel="noopener"' in page
        page = client.get(f"{PAGE}?link=series").text
        assert f'href="http://testserver/series/{loop.series_id}/" target="_blank" rel="noopener"' in page

    def test_who_spares_data_gets_no_film_unasked(self, client, down, loop):
        response = client.get(PAGE, headers={"Save-Data": "on"})
        assert 'preload="none"' in response.text
        assert "autoplay" not in response.text
        assert "Save-Data" in response["Vary"]
        assert "autoplay" in client.get(PAGE).text

    def test_an_upstreams_words_are_text(self, client, down):
        evil = """"><script>alert(1)</script>'"""
        LoopRowFactory.create(series=LoopSeriesFactory.create(title=evil))
        response = client.get(PAGE)
        assert "<script>alert" not in response.text
        assert state(response)["name"] == evil

    def test_refuses_to_be_posted_to_and_answers_head(self, client, down, loop):
        assert client.post(PAGE).status_code == 405
        assert client.head(PAGE).content == b""


class TestMistakes:
    @pytest.mark.parametrize(
        ("query", "name"),
        [
            ("loop=zz", "loop"),
            ("series=1", "series"),
            ("episodeid=x", "episode"),
            ("duration=2,1", "duration"),
            ("collection=ten", "collection"),
            ("source=manual", "source"),
            ("size=4k", "size"),
            ("theme=pink", "theme"),
            ("fit=fill", "fit"),
            ("controls=maybe", "controls"),
            ("caption=2", "caption"),
            ("refresh=4", "refresh"),
            ("refresh=soon", "refresh"),
            ("refresh=3601", "refresh"),
            ("link=home", "link"),
            ("lang=de", "lang"),
            (f"seed={'x' * 65}", "seed"),
        ],
    )
    def test_each_is_named_on_a_small_page(self, client, down, query, name):
        response = client.get(f"{PAGE}?{query}")
        assert response.status_code == 400
        assert f"<code>{name}=" in response.text
        assert response["Cache-Control"] == "no-store"
        assert policy(response)["frame-ancestors"] == "*"
        assert len(response.content) < 8192
        answer = client.get(f"{NEXT}?{query}")
        assert answer.status_code == 400
        assert list(answer.json()["errors"]) == [name]
        assert answer["Access-Control-Allow-Origin"] == "*"

    def test_all_at_once_and_in_the_readers_language(self, client, down):
        page = client.get(f"{PAGE}?size=4k&theme=<b>&lang=ru").text
        assert "2 ошибки" in page
        assert "theme=&lt;b&gt;" in page


class TestWithoutAnUpstream:
    def test_no_index_no_upstream_is_the_drawn_still(self, client, down):
        response = client.get(PAGE)
        assert response.status_code == 200
        assert 'src="/embed/still.svg"' in response.text
        assert "No loop just now" in response.text
        assert response["Cache-Control"] == "no-store"
        assert client.get(NEXT).json()["id"] is None

    def test_no_match_and_no_such_loop_are_the_still_too(self, client, down, loop, upstream):
        upstream.get(f"{samples.ANIMELOOP}/loop", json=samples.animeloop([]))
        for query in ("duration=9,10", f"loop={'0' * 24}"):
            response = client.get(f"{PAGE}?{query}")
            assert response.status_code == 200
            assert 'src="/embed/still.svg"' in response.text
            assert response["Cache-Control"] == "no-store"

    def test_what_was_drawn_last_there_is_drawn_again(self, client, upstream):
        """Collections are the upstream's alone."""
        found = samples.animeloop([samples.loop(id=ID)])
        upstream.get(f"{samples.ANIMELOOP}/rand/loop", json=found)
        upstream.get(f"{samples.ANIMELOOP}/loop", json=found)
        assert client.get(f"{NEXT}?collection=7").json()["id"] == ID
        LoopRowFactory.create(id=ID)
        upstream.get(requests_mock.ANY, exc=requests.ConnectionError)
        response = client.get(f"{NEXT}?collection=7")
        assert response.json()["id"] == ID
        assert client.get(f"{NEXT}?collection=8").json()["id"] is None

    def test_a_script_that_can_load_nothing_gets_what_is_on_disk(self, client, down, loop):
        LoopRowFactory.create_batch(10, duration=1.5)
        shelf.keep(ID, "mp4_360p", b"film")
        for _ in range(5):
            answer = client.get(f"{NEXT}?duration=1,2&held=").json()
            assert answer["id"] == ID
            assert list(answer["files"]) == ["mp4_360p"]
        assert client.get(f"{NEXT}?duration=2,3&held=").json()["id"] is None

    def test_the_still_is_a_drawing_that_may_be_kept(self, client):
        response = client.get("/embed/still.svg")
        assert response["Content-Type"] == "image/svg+xml"
        assert response.content.startswith(b"<svg")
        assert "max-age=604800" in response["Cache-Control"]


class TestTheScript:
    def test_every_origin_may_load_it_and_keep_it_for_a_day(self, client):
        response = client.get("/embed/widget.js")
        assert response["Content-Type"] == "text/javascript; charset=utf-8"
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "max-age=86400" in response["Cache-Control"]
        assert client.get("/embed/widget.js", headers={"If-None-Match": response["ETag"]}).status_code == 304
        assert "Cookie" not in response.get("Vary", "")

    def test_the_pages_name_its_version_and_keep_it_for_good(self, client, down):
        address = re.search(r'script src="(/embed/widget.js\?v=\w+)"', client.get(PAGE).text)[1]
        assert "immutable" in client.get(address)["Cache-Control"]
        assert "immutable" not in client.get("/embed/widget.js?v=0")["Cache-Control"]

    def test_has_its_style_with_it(self, client):
        script = client.get("/embed/widget.js").text
        assert ":host" in script
        assert "/* embed.css */" not in script


class TestSavedWidgets:
    def test_belongs_to_its_hosts(self, client, down, loop):
        WidgetFactory.create(
            slug="one", hosts=["blog.example", "*.shop.example", "https://sure.example", "127.0.0.1:8001"]
        )
        response = client.get("/embed/w/one/")
        assert response.status_code == 200
        assert policy(response)["frame-ancestors"] == (
            "'self' http://blog.example http://*.shop.example https://sure.example http://127.0.0.1:8001"
        )
        assert "X-Frame-Options" not in response
        assert 'data-next="/embed/w/one/next/' in response.text
        assert response["Cache-Control"] == "no-store"
        assert not response.cookies

    def test_of_anywhere_belongs_to_all(self, client, down, loop):
        WidgetFactory.create(slug="one", hosts=["*"])
        assert policy(client.get("/embed/w/one/"))["frame-ancestors"] == "*"

    def test_shows_what_was_saved_whatever_the_address_says(self, client, down, loop):
        LoopRowFactory.create_batch(5, duration=4)
        WidgetFactory.create(slug="one", shortest=1, longest=2, theme="light", controls=False, refresh=60)
        for path in ("/embed/w/one/?duration=3,5&theme=dark", "/embed/w/one/next/?duration=3,5"):
            response = client.get(path)
            found = response.json() if "next" in path else state(response)
            assert found["id"] == ID
            assert found["options"] | {"theme": "light", "controls": False, "refresh": 60} == found["options"]
        assert '<html lang="ru">' in client.get("/embed/w/one/?lang=ru").text

    def test_only_its_own_page_may_read_the_next_loop(self, client, down, loop):
        WidgetFactory.create(slug="one")
        assert "Access-Control-Allow-Origin" not in client.get("/embed/w/one/next/")

    def test_switched_off_or_unknown_is_a_small_404(self, client, down, loop):
        WidgetFactory.create(slug="off", enabled=False)
        for path in ("/embed/w/off/", "/embed/w/none/"):
            response = client.get(path)
            assert response.status_code == 404
            assert "No such widget" in response.text
            assert len(response.content) < 8192
        assert client.get("/embed/w/off/next/").status_code == 404

    def test_a_view_costs_no_write(self, client, down, loop, django_assert_max_num_queries):
        widget = WidgetFactory.create(slug="one")
        client.get("/embed/w/one/")
        with django_assert_max_num_queries(8) as asked:
            client.get("/embed/w/one/")
        assert not [query for query in asked if "SELECT" not in query["sql"]]
        client.head("/embed/w/one/")
        client.get("/embed/w/one/next/")
        assert not WidgetDay.objects.exists()
        assert impressions.flush() == 2
        assert WidgetDay.objects.get(widget=widget).views == 2


class TestImpressions:
    def test_days_are_apart_and_add_up(self, db, time_machine):
        widget, other = WidgetFactory.create(), WidgetFactory.create()
        now = timezone.now()
        for _ in range(3):
            impressions.count(widget.pk)
        assert impressions.flush() == 3
        impressions.count(widget.pk)
        impressions.count(other.pk)
        time_machine.move_to(now + timedelta(days=1))
        impressions.count(widget.pk)
        assert impressions.flush() == 3
        assert impressions.flush() == 0
        seen = list(WidgetDay.objects.order_by("widget", "day").values_list("widget", "views"))
        assert seen == [(widget.pk, 4), (widget.pk, 1), (other.pk, 1)]

    def test_a_widget_that_is_gone_takes_its_views_along(self, db):
        widget, kept = WidgetFactory.create(), WidgetFactory.create()
        for one in (widget, kept):
            impressions.count(one.pk)
        widget.delete()
        impressions.flush()
        assert WidgetDay.objects.get().widget == kept

    def test_what_cannot_be_written_is_written_later(self, db, monkeypatch):
        from django.db import DatabaseError

        widget = WidgetFactory.create()
        impressions.count(widget.pk)
        with monkeypatch.context() as broken:

            def fail(views):
                raise DatabaseError("locked")

            broken.setattr(impressions, "_add", fail)
            assert impressions.flush() == 0
        impressions.count(widget.pk)
        assert impressions.flush() == 2


FRAMED = {"embed_loop", "embed_widget"}
VALUES = {
    "id": ID, "slug": "one", "key": "1", "size": "360p", "type": "jpg", "nick": "kari", "youtube_id": "OXBO4h3l3rM",
    "format": "atom", "token": "a", "kind": "title", "subject": "8500"}  # fmt: skip


def addresses(patterns, prefix=""):
    """One address for each route, and its name."""
    for pattern in patterns:
        here = prefix + _filled(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, here)
        elif isinstance(pattern, URLPattern):
            yield pattern.name, f"/{here}"


def _filled(pattern) -> str:
    text = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: VALUES.get(found[1], "1"), str(pattern))
    return re.sub(r"\(\?P<(\w+)>[^)]*\)", lambda found: VALUES.get(found[1], "1"), text).strip("^$").replace("\\", "")


def test_nothing_but_widgets_may_be_framed(client, everything, loop):
    WidgetFactory.create(slug="one")
    everything.get(requests_mock.ANY, exc=requests.ConnectionError)
    routes = [*addresses(get_resolver().url_patterns), ("missing", "/nowhere/")]
    assert len(routes) > 60
    assert {name for name, _ in routes} >= FRAMED
    for name, path in routes:
        response = client.get(path)
        if name in FRAMED:
            assert "X-Frame-Options" not in response, path
            continue
        assert policy(response)["frame-ancestors"] == "'none'", path
        if response.status_code not in {301, 302}:
            assert response["X-Frame-Options"] == "DENY", path

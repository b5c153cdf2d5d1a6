"""oEmbed 1.0: what is described, in which formats, how large, and what is refused."""

from __future__ import annotations

import html
import json
import re
from urllib.parse import parse_qs, quote, urlsplit
from xml.etree import ElementTree

import pytest
import requests
import requests_mock

from catalog.domain.videos import shortcode
from catalog.tests.factories import WidgetFactory
from catalog.tests.services.animeloop import samples
from catalog.tests.services.animeloop.samples import LOOP_ID, SERIES_ID, success
from catalog.tests.views import samples as others
from catalog.tests.views.samples import ANIMELOOP, LOOPS

HERE = "http://testserver"
LOOP, SERIES = f"/loops/{LOOP_ID}/", f"/series/{SERIES_ID}/"
CODE = shortcode(others.video()["id"])
VIDEO = f"/videos/{CODE}/"
REQUIRED = {"video": {"html", "width", "height"}, "rich": {"html", "width", "height"}, "link": set()}
NUMBERS = {"width", "height", "thumbnail_width", "thumbnail_height", "cache_age"}


@pytest.fixture
def upstreams(upstream):
    upstream.get(f"{ANIMELOOP}/loop", json=success(samples.full_loop()))
    upstream.get(f"{ANIMELOOP}/loop/count", json=success({"count": 9}))
    upstream.get(f"{ANIMELOOP}/series", json=success(samples.series()))
    upstream.get(f"{ANIMELOOP}/episode", json=success([samples.episode()]))
    upstream.get(f"{ANIMELOOP}/rand/loop", json=success([samples.full_loop()]))
    serve_video(upstream)
    return upstream


def serve_video(upstream, **changes):
    changes = {"permissions": {"can_embed": True}, "is_local": True} | changes
    upstream.get(f"{LOOPS}/api/v1/video/{others.video()['id']}", json={"data": others.video(**changes)})


def ask(client, path, **params):
    return client.get("/oembed", {"url": HERE + path} | params)


def source(document):
    url = urlsplit(html.unescape(re.search(r'<iframe src="([^"]+)"', document["html"])[1]))
    return url.path, {name: values[-1] for name, values in parse_qs(url.query).items()}


PAGES = [LOOP, SERIES, VIDEO, "/embed/builder/", "/embed/builder/?duration=1,2", "/embed/loop/?theme=light"]


@pytest.mark.parametrize("path", [*PAGES, "/embed/w/mine/"])
class TestEveryPage:
    @pytest.fixture(autouse=True)
    def saved(self, db):
        WidgetFactory(slug="mine", name="Mine")

    def test_has_what_the_specification_requires(self, client, upstreams, path):
        response = ask(client, path)
        document = json.loads(response.content)
        assert response.status_code == 200
        assert response["Content-Type"] == "application/json"
        assert document["version"] == "1.0"
        assert document["type"] == ("video" if path in (LOOP, VIDEO) else "rich")
        assert document.keys() >= REQUIRED[document["type"]]
        assert document["title"]
        assert document["provider_url"] == f"{HERE}/"
        assert document["provider_name"] == "animesite"
        assert document["cache_age"] == 86400
        for name in NUMBERS & document.keys():
            assert isinstance(document[name], int)
        with_thumbnail = {"thumbnail_url", "thumbnail_width", "thumbnail_height"}
        assert len(with_thumbnail & document.keys()) in (0, 3)

    def test_says_the_same_in_xml(self, client, upstreams, path):
        response = ask(client, path, format="xml")
        assert response["Content-Type"] == "text/xml; charset=utf-8"
        root = ElementTree.fromstring(response.content)
        assert root.tag == "oembed"
        said = {child.tag: child.text for child in root}
        assert said == {name: str(value) for name, value in json.loads(ask(client, path).content).items()}

    @pytest.mark.parametrize(
        "box", [{"maxwidth": 300}, {"maxheight": 100}, {"maxwidth": 500, "maxheight": 90}, {"maxwidth": 1}]
    )
    def test_fits_the_box_in_its_own_shape(self, client, upstreams, path, box):
        whole, document = json.loads(ask(client, path).content), json.loads(ask(client, path, **box).content)
        assert 1 <= document["width"] <= box.get("maxwidth", 9999)
        assert 1 <= document["height"] <= box.get("maxheight", 9999)
        if document["height"] > 50:
            assert document["width"] / document["height"] == pytest.approx(whole["width"] / whole["height"], rel=0.03)
        assert document.get("thumbnail_width", 0) <= box.get("maxwidth", 9999)
        assert f'width="{document["width"]}" height="{document["height"]}"' in document["html"]

    def test_is_not_blown_up(self, client, upstreams, path):
        assert ask(client, path, maxwidth=9000, maxheight=9000).content == ask(client, path).content

    def test_may_be_read_and_kept_by_anybody(self, client, upstreams, path):
        response = ask(client, path)
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Cache-Control"] == "public, max-age=3600"
        assert not response.cookies


@pytest.mark.parametrize("path", [LOOP, SERIES, VIDEO, "/embed/builder/"])
class TestDiscovery:
    def links(self, client, path):
        page = client.get(path).text
        return re.findall(r'<link rel="alternate" type="([a-z/]+\+oembed)" href="([^"]+)" title="[^"]+">', page)

    def test_is_in_the_head_in_both_formats_and_languages(self, client, upstreams, path):
        for prefix in ("", "/ru"):
            links = dict(self.links(client, prefix + path))
            assert list(links) == ["application/json+oembed", "text/xml+oembed"]
            for type, url in links.items():
                assert url.startswith(f"{HERE}/oembed?")
                response = client.get(html.unescape(url))
                assert response.status_code == 200
                assert response["Content-Type"].startswith(type.replace("+oembed", ""))

    def test_keeps_the_query_of_the_page(self, client, upstreams, path):
        url = dict(self.links(client, f"{path}?duration=1,2&theme=light"))["application/json+oembed"]
        assert parse_qs(urlsplit(html.unescape(url)).query)["url"] == [f"{HERE}{path}?duration=1,2&theme=light"]


class TestWithoutDiscovery:
    @pytest.mark.parametrize("path", ["/about/", "/catalog/", "/nothing/"])
    def test_other_pages_have_no_link(self, client, everything, path):
        assert "+oembed" not in client.get(path).text

    def test_neither_has_what_could_not_be_shown(self, client, upstreams):
        upstreams.get(f"{ANIMELOOP}/loop", json=success({}))
        assert "+oembed" not in client.get(LOOP).text

    @pytest.mark.parametrize("changes", [{"permissions": {"can_embed": False}}, {"is_local": False}])
    def test_nor_a_video_that_is_not_to_be_embedded(self, client, upstreams, changes):
        serve_video(upstreams, **changes)
        response = client.get(VIDEO)
        assert response.status_code == 200
        assert "+oembed" not in response.text
        assert ask(client, VIDEO).status_code == 401


class TestContents:
    def test_a_loop_is_a_widget_of_that_loop(self, client, upstreams):
        document = json.loads(ask(client, LOOP).content)
        assert source(document) == ("/embed/loop/", {"loop": LOOP_ID})
        assert document["title"] == "LoveLive! 2期, loop from episode 13"
        assert (document["author_name"], document["author_url"]) == ("LoveLive! 2期", HERE + SERIES)
        assert document["thumbnail_url"] == f"{HERE}/loops/{LOOP_ID}/720p.jpg"
        assert (document["thumbnail_width"], document["thumbnail_height"]) == (1280, 720)
        small = json.loads(ask(client, LOOP, maxwidth=800).content)
        assert small["thumbnail_url"] == f"{HERE}/loops/{LOOP_ID}/360p.jpg"
        assert "thumbnail_url" not in json.loads(ask(client, LOOP, maxwidth=639).content)

    def test_a_series_is_a_widget_of_its_loops(self, client, upstreams):
        document = json.loads(ask(client, SERIES).content)
        assert source(document) == ("/embed/loop/", {"series": SERIES_ID})
        assert "LoveLive! 2期" in document["title"]
        assert document["thumbnail_url"].startswith(f"{HERE}/loops/random/720p.jpg?")

    def test_the_language_is_that_of_the_page(self, client, upstreams):
        document = json.loads(ask(client, f"/ru{SERIES}").content)
        assert source(document)[1] == {"series": SERIES_ID, "lang": "ru"}
        assert document["provider_url"] == f"{HERE}/ru/"
        assert document["title"] != json.loads(ask(client, SERIES).content)["title"]

    def test_the_builder_is_what_it_shows(self, client, upstreams):
        document = json.loads(ask(client, "/embed/builder/?duration=1,2&frame=320&theme=light").content)
        assert source(document) == ("/embed/loop/", {"duration": "1,2", "theme": "light"})
        assert (document["width"], document["height"]) == (320, 180)

    def test_a_saved_widget_is_its_own_address(self, client, upstreams, db):
        WidgetFactory(slug="mine", name="Mine")
        assert source(json.loads(ask(client, "/embed/w/mine/").content)) == ("/embed/w/mine/", {})

    def test_a_video_is_in_the_sources_own_player(self, client, upstreams):
        document = json.loads(ask(client, VIDEO).content)
        assert f'<iframe src="{LOOPS}/embed/{CODE}"' in document["html"]
        assert document["author_name"] == "Sora"

    def test_words_of_the_source_are_text(self, client, upstreams):
        evil = '"><script>alert(1)</script>\x0b'
        serve_video(upstreams, caption=evil)
        upstreams.get(f"{ANIMELOOP}/loop", json=success(samples.full_loop(series=samples.series(title=evil))))
        for path in (VIDEO, LOOP):
            assert "<script>" not in json.loads(ask(client, path).content)["html"]
            ElementTree.fromstring(ask(client, path, format="xml").content)


class TestRefusals:
    def test_without_an_address(self, client, upstreams):
        assert client.get("/oembed").status_code == 400

    @pytest.mark.parametrize("format", ["yaml", "XML", "json "])
    def test_in_an_unknown_format(self, client, upstreams, format):
        response = ask(client, LOOP, format=format)
        assert response.status_code == 501
        assert "json and xml" in response.text

    @pytest.mark.parametrize("side", ["0", "-1", "x", "1e3", "10001", "9" * 99, "٣"])
    def test_with_what_is_no_size(self, client, upstreams, side):
        assert ask(client, LOOP, maxwidth=side).status_code == 400
        assert ask(client, LOOP, maxheight=side).status_code == 400

    @pytest.mark.parametrize(
        "url",
        [
            f"https://elsewhere.test{LOOP}",
            f"http://testserver.elsewhere.test{LOOP}",
            f"http://testserver@elsewhere.test{LOOP}",
            f"http://me@testserver{LOOP}",
            f"http://testserver:81{LOOP}",
            f"//testserver{LOOP}",
            LOOP,
            f"ftp://testserver{LOOP}",
            "javascript:alert(1)",
            "http://[",
            f"{HERE}/",
            f"{HERE}/catalog/",
            f"{HERE}/nothing/",
            f"{HERE}/admin/",
            f"{HERE}/oembed?url={HERE}{quote(LOOP)}",
            f"{HERE}/embed/w/nobody/",
            f"{HERE}/embed/loop/?theme=pink",
            f"{HERE}/loops/nope/",
            f"{HERE}/videos/!!/",
            HERE + "/" + "x" * 3000,
        ],
    )
    def test_of_what_is_not_ours_or_not_there(self, client, upstreams, db, url):
        response = client.get("/oembed", {"url": url})
        assert response.status_code == 404
        assert response["Content-Type"].startswith("text/plain")
        assert response["Cache-Control"] == "no-store"

    def test_of_a_widget_that_is_off(self, client, upstreams, db):
        WidgetFactory(slug="off", enabled=False)
        assert ask(client, "/embed/w/off/").status_code == 404

    def test_of_a_private_video(self, client, upstreams):
        url = f"{LOOPS}/api/v1/video/{others.video()['id']}"
        upstreams.get(url, status_code=403, json={"error": {"code": "Forbidden", "message": "private"}})
        assert ask(client, VIDEO).status_code == 401

    @pytest.mark.parametrize("path", [LOOP, SERIES, VIDEO])
    def test_while_the_source_is_down(self, client, upstreams, path):
        upstreams.get(requests_mock.ANY, exc=requests.ConnectionError)
        response = ask(client, path)
        assert response.status_code == 503
        assert int(response["Retry-After"]) > 0

    def test_refuses_to_be_posted_to(self, client):
        assert client.post("/oembed").status_code == 405

from __future__ import annotations

from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
import requests

from catalog.tests.views import samples

pytestmark = pytest.mark.django_db
XML = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def addresses(answer):
    return [place.text for place in ElementTree.fromstring(answer.content).iterfind("s:url/s:loc", XML)]


def test_has_pages_titles_loops_and_their_series_in_both_languages(client, everything):
    answer = client.get("/sitemap.xml")
    assert answer.headers["Content-Type"] == "application/xml"
    found = addresses(answer)
    for path in (
        "/",
        "/schedule/",
        "/title/nanatsu-no-taizai/",
        "/loops/59adf78a3bb11f2eb1c3222d/",
        "/series/59adb3f8c4c0bc6579431f49/",
    ):
        assert f"http://testserver{path}" in found
        assert f"http://testserver/ru{path}" in found
    assert len(set(found)) == len(found)
    assert "max-age=3600" in answer.headers["Cache-Control"]


def test_names_the_other_language_and_the_day_of_a_change(client, everything):
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    [url] = (url for url in root.iterfind("s:url", XML) if url.findtext("s:loc", "", XML).endswith("er/title/ranma/"))
    assert url.findtext("s:lastmod", namespaces=XML) == "2020-05-26"
    links = {link.get("hreflang"): link.get("href") for link in url.iterfind("x:link", XML)}
    assert links["ru"] == "http://testserver/ru/title/ranma/"
    assert links["x-default"] == links["en"] == "http://testserver/title/ranma/"


def test_every_address_in_it_is_a_page(client, everything):
    everything.get(f"{samples.ANIMELOOP}/series", json=samples.animeloop({"id": "59adb3f8c4c0bc6579431f49"}))
    everything.get(f"{samples.ANIMELOOP}/episode", json=samples.animeloop([]))
    everything.get(f"{samples.ANIMELOOP}/loop?id=59adf78a3bb11f2eb1c3222d", json=samples.animeloop(samples.loop()))
    everything.get(f"{samples.LOOPS}/api/v1/explore/tags", json={"data": []})
    for method in ("getFeed", "getYouTube", "getSeedStats"):
        everything.get(f"{samples.ANILIBRIA}/{method}", json=[])
    for address in addresses(client.get("/sitemap.xml")):
        assert client.get(address.removeprefix("http://testserver")).status_code == 200, address


def test_no_video_is_announced(client, everything):
    assert "/videos/1" not in client.get("/sitemap.xml").text
    assert not [request for request in everything.request_history if request.hostname == "loops.video"]


def test_an_upstream_that_is_down_is_only_missing(client, everything):
    everything.get(f"{samples.ANILIBRIA}/getUpdates", exc=requests.ConnectionError)
    answer = client.get("/sitemap.xml")
    assert answer.status_code == 200
    assert "http://testserver/loops/59adf78a3bb11f2eb1c3222d/" in addresses(answer)
    assert "no-cache" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("page", ["0", "9", "x", "-1"])
def test_a_page_that_is_none_is_a_404(client, everything, page):
    assert client.get(f"/sitemap.xml?p={page}").status_code == 404


def test_robots_may_read_pages_but_need_not_roll_dice(client):
    answer = client.get("/robots.txt")
    assert answer.headers["Content-Type"] == "text/plain"
    robots = RobotFileParser()
    robots.parse(answer.text.splitlines())
    assert robots.site_maps() == ["http://testserver/sitemap.xml"]
    for path, allowed in (("/", True), ("/ru/title/x/", True), ("/catalog.rss", True), ("/random/", False)):
        assert robots.can_fetch("any", f"http://testserver{path}") is allowed
    for path in ("/torznab/api", "/admin/", "/ru/admin/login/"):
        assert not robots.can_fetch("any", f"http://testserver{path}")


class TestSharing:
    def test_a_title_can_be_shared_without_javascript(self, client, anilibria):
        page = client.get("/ru/title/nanatsu-no-taizai/?x=1").text
        address = "http%3A%2F%2Ftestserver%2Fru%2Ftitle%2Fnanatsu-no-taizai%2F"
        assert f'href="https://t.me/share/url?url={address}&amp;text=%D0%A1%D0%B5%D0%BC%D1%8C%20' in page
        assert 'href="mailto:?subject=%D0%A1%D0%B5%D0%BC%D1%8C%20%D1%81%D0%BC' in page
        assert 'data-copy="http://testserver/ru/title/nanatsu-no-taizai/"' in page

    def test_a_loop_can_be_shared(self, client, everything):
        everything.get(f"{samples.ANIMELOOP}/loop?id=59adf78a3bb11f2eb1c3222d", json=samples.animeloop(samples.loop()))
        page = client.get("/loops/59adf78a3bb11f2eb1c3222d/").text
        assert 'data-copy="http://testserver/loops/59adf78a3bb11f2eb1c3222d/"' in page

    def test_a_video_can_be_shared(self, client, everything):
        everything.get(f"{samples.LOOPS}/api/v1/video/2", json={"data": samples.video(id="2")})
        page = client.get("/videos/2/").text
        assert 'data-copy="http://testserver/videos/2/"' in page
        assert "text=Video%20of%20%40sora.cels" in page

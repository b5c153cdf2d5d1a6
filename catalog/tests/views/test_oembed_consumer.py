"""A consumer of somebody else's making discovers the endpoint over a real connection, and reads it."""

from __future__ import annotations

import json
from urllib.request import urlopen  # not requests, which the fake upstreams listen to
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from micawber import Provider, ProviderException, ProviderRegistry

from catalog.tests.services.animeloop import samples
from catalog.tests.services.animeloop.samples import LOOP_ID, SERIES_ID, success
from catalog.tests.views.samples import ANIMELOOP

LOOP, SERIES = f"/loops/{LOOP_ID}/", f"/series/{SERIES_ID}/"
BUILDER = "/embed/builder/?duration=0.5,2&theme=light"


@pytest.fixture
def site(upstream, live_server) -> str:
    for path, one in (("series", samples.series()), ("loop", samples.full_loop())):
        upstream.get(f"{ANIMELOOP}/{path}", json=success(one))
    upstream.get(f"{ANIMELOOP}/series?limit=100", json=success([samples.series()]))
    upstream.get(f"{ANIMELOOP}/loop?limit=30", json=success([samples.full_loop()]))
    upstream.get(f"{ANIMELOOP}/rand/loop", json=success([samples.full_loop()]))
    upstream.get(f"{ANIMELOOP}/loop/count", json=success({"count": 1}))
    upstream.get(f"{ANIMELOOP}/episode", json=success([samples.episode()]))
    return str(live_server.url)


def read(url: str) -> bytes:
    with urlopen(url, timeout=30) as answer:
        return bytes(answer.read())


def discovered(page: str, type: str = "application/json+oembed") -> str:
    """What the page's head says of itself, as a consumer looks for it."""
    return str(BeautifulSoup(read(page), "html.parser").head.find("link", rel="alternate", type=type)["href"])


@pytest.mark.parametrize(
    ("path", "type"), [(LOOP, "video"), (SERIES, "rich"), (BUILDER, "rich"), (f"/ru{SERIES}", "rich")]
)
def test_a_page_becomes_a_frame_that_shows_a_widget(site, path, type):
    page = site + path
    registry = ProviderRegistry()
    registry.register(rf"{site}/\S+", Provider(discovered(page).partition("?")[0], timeout=30))

    told = registry.request(page, maxwidth=320, maxheight=200)
    assert (told["type"], told["version"]) == (type, "1.0")
    assert (told["width"], told["height"]) == (320, 180)
    frame = BeautifulSoup(registry.parse_text(page, maxwidth=320, maxheight=200), "html.parser").iframe
    with urlopen(str(frame["src"]), timeout=30) as widget:
        assert "frame-ancestors *" in widget.headers["Content-Security-Policy"]
        assert b"<animesite-loop" in widget.read()

    xml = ElementTree.fromstring(read(discovered(page, "text/xml+oembed")))
    assert {child.tag for child in xml} == json.loads(read(discovered(page))).keys()


def test_a_page_that_is_nothing_to_embed_is_refused(site):
    registry = ProviderRegistry()
    registry.register(rf"{site}/\S+", Provider(f"{site}/oembed", timeout=30))
    with pytest.raises(ProviderException):
        registry.request(f"{site}/about/")

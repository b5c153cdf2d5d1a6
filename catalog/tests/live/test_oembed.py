"""A consumer of somebody else's making discovers the endpoint of the real site, and reads it."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
import requests
from bs4 import BeautifulSoup
from micawber import Provider, ProviderException, ProviderRegistry

from catalog.tests.live.processes import wait_for
from catalog.tests.live.test_upstreams import LOOP, SERIES

pytestmark = pytest.mark.xdist_group("live")

BUILDER = "/embed/builder/?duration=0.5,2&theme=light"


@pytest.fixture
def site(sites, relay) -> str:
    return sites.start(**relay.environment)


def discovered(page: str, type: str = "application/json+oembed") -> str:
    """What the page's head says of itself, as a consumer looks for it."""
    head = BeautifulSoup(wait_for(page).text, "html.parser").head
    return head.find("link", rel="alternate", type=type)["href"]


@pytest.mark.parametrize(
    ("path", "type"), [(LOOP, "video"), (SERIES, "rich"), (BUILDER, "rich"), (f"/ru{SERIES}", "rich")]
)
def test_a_page_becomes_a_frame_that_shows_a_widget(site, path, type):
    page = site + path
    endpoint = discovered(page).partition("?")[0]
    registry = ProviderRegistry()
    registry.register(rf"{site}/\S+", Provider(endpoint, timeout=30))

    told = registry.request(page, maxwidth=320, maxheight=200)
    assert (told["type"], told["version"]) == (type, "1.0")
    assert (told["width"], told["height"]) == (320, 180)
    frame = BeautifulSoup(registry.parse_text(page, maxwidth=320, maxheight=200), "html.parser").iframe
    widget = wait_for(frame["src"])
    assert widget.status_code == 200
    assert "frame-ancestors *" in widget.headers["Content-Security-Policy"]
    assert "<animesite-loop" in widget.text

    xml = ElementTree.fromstring(requests.get(discovered(page, "text/xml+oembed"), timeout=30).content)
    assert {child.tag for child in xml} == json.loads(requests.get(discovered(page), timeout=30).content).keys()


def test_a_page_that_is_nothing_to_embed_is_refused(site):
    registry = ProviderRegistry()
    registry.register(rf"{site}/\S+", Provider(f"{site}/oembed", timeout=30))
    with pytest.raises(ProviderException):
        registry.request(f"{site}/about/")

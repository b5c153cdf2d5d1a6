"""A source's address in the search box leads to what it is of."""

from __future__ import annotations

from html import unescape

import pytest

from catalog.tests.services.loopsvideo.samples import SHORTCODE, VIDEO_ID
from catalog.views.pasted import pasted

SWAP = {"HX-Request": "true"}
LOOP = "59adf78ac4c0bc657943222d"
VIDEO = f"/videos/{SHORTCODE}/"

ADDRESSES = [
    (f"https://loops.video/v/{SHORTCODE}", VIDEO),
    (f"http://www.loops.video/v/{SHORTCODE}/", VIDEO),
    (f"loops.video/v/{SHORTCODE}?utm_source=share&igsh=MzRlODBiNWFlZA==#t=3", VIDEO),
    (f"//loops.video/v/{SHORTCODE}", VIDEO),
    (f"  https://LOOPS.video/v/{SHORTCODE}\n", VIDEO),
    (f"https://loops.video/embed/{SHORTCODE}?theme=dark&t=4", VIDEO),
    (f"https://loops.video/@dansup/{SHORTCODE}", VIDEO),
    (f"loops.video/@dansup/video/{SHORTCODE}", VIDEO),
    (f"https://loops.video/@dansup/video/{VIDEO_ID}?x=1", VIDEO),
    (f"https://loops.video/@sora@cels.example/v/{SHORTCODE}", VIDEO),
    (f"https://loops.video/v/{VIDEO_ID}", VIDEO),
    (f"https://loops.video/ap/users/1/video/{VIDEO_ID}", VIDEO),
    (f"https://loops.video/api/v1/video/{VIDEO_ID}", VIDEO),
    ("https://loops.video/api/v1/video/12", "/videos/c/"),
    (f"https://loops.video/v/{SHORTCODE}?" + "x" * 5000, VIDEO),
    ("https://loops.video/@dansup", "/videos/@dansup/"),
    ("loops.video/@sora@cels.example/", "/videos/@sora@cels.example/"),
    ("https://loops.video/tag/%D0%B3%D1%83%D0%B0%D1%88%D1%8C", "/videos/tag/%D0%B3%D1%83%D0%B0%D1%88%D1%8C/"),
    ("https://www.anilibria.tv/release/nanatsu-no-taizai.html", "/title/nanatsu-no-taizai/"),
    ("anilibria.tv/release/nanatsu-no-taizai.html?ref=x#torrents", "/title/nanatsu-no-taizai/"),
    ("https://anilibria.top/anime/releases/release/nanatsu-no-taizai/episodes", "/title/nanatsu-no-taizai/"),
    (f"https://animeloop.org/loop/{LOOP}", f"/loops/{LOOP}/"),
    (f"http://cdn.animeloop.org/files/mp4_360p/{LOOP}.mp4", f"/loops/{LOOP}/"),
    (f"animeloop.org/series/{LOOP}", f"/series/{LOOP}/"),
]
WORDS = [
    "",
    "/",
    "Fate/Apocrypha",
    "fate/stay night",
    "22/7",
    "loops.video",
    "loops.video/",
    "https://loops.video/v/",
    "https://loops.video/v/0abc",  # no video's number is written like that
    "https://loops.video/v/a+b",
    "https://loops.video/about",
    f"https://loops.video.example/v/{SHORTCODE}",
    f"https://example.org/loops.video/v/{SHORTCODE}",
    f"javascript://loops.video/v/{SHORTCODE}",
    f"ftp://loops.video/v/{SHORTCODE}",
    f"see https://loops.video/v/{SHORTCODE}",
    "https://animeloop.org/loop/59adf78a",
    "https://www.anilibria.tv/pages/schedule.php",
    "http://[::1/v/x",
    "https://loops.video:99999/v/x",
]


@pytest.mark.parametrize(("text", "address"), ADDRESSES)
def test_an_address_leads_to_what_it_is_of(client, text, address):
    response = client.get("/catalog/", {"q": text})
    assert (response.status_code, response["Location"]) == (302, address)
    assert client.get("/ru/catalog/", {"q": text})["Location"] == f"/ru{address}"


@pytest.mark.parametrize("text", WORDS)
def test_anything_else_is_searched_for(client, everything, text):
    assert pasted(text) is None
    assert client.get("/catalog/", {"q": text}).status_code == 200


def test_it_leads_out_of_a_swap_too(client):
    response = client.get("/catalog/", {"q": f"loops.video/v/{SHORTCODE}"}, headers=SWAP)
    assert (response.status_code, response["HX-Redirect"]) == (200, VIDEO)
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        (f"loops.video/v/{SHORTCODE}", "Video", SHORTCODE),
        ("https://loops.video/@dansup", "Account", "@dansup"),
        ("https://loops.video/tag/neon", "Hashtag", "#neon"),
        ("https://loops.video/tag/<script>", "Hashtag", "#<script>"),
        ("https://www.anilibria.tv/release/x.html", "Title", "x"),
        (f"https://animeloop.org/loop/{LOOP}", "Loop", LOOP),
    ],
)
def test_it_is_suggested_while_it_stands_in_the_box(client, text, kind, name):
    page = client.get("/catalog/suggestions/", {"q": text}).text
    assert f"<b>{kind}</b>" in page
    assert name in unescape(page)
    assert "<script>" not in page
    assert f'href="{pasted(text).url}"' in page
    assert "Nothing is called that." not in page


def test_the_configured_server_is_one_of_them(client, settings):
    settings.LOOPS_URL = "http://127.0.0.1:8001/loops"
    settings.ANIMELOOP_URL = "http://127.0.0.1:8001/animeloop/api/v2"
    settings.ANILIBRIA_SITE_URL = "http://127.0.0.1:8001"
    assert pasted(f"http://127.0.0.1:8001/loops/v/{SHORTCODE}").url == VIDEO
    assert pasted(f"127.0.0.1:8001/loops/v/{SHORTCODE}").url == VIDEO
    assert pasted("http://127.0.0.1:8001/release/x.html").url == "/title/x/"
    assert pasted(f"http://127.0.0.1:8002/loops/v/{SHORTCODE}") is None

"""The widget builder: every option in every kind of code, with and without a script."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import requests_mock

from catalog.tests.services.animeloop import samples
from catalog.tests.services.animeloop.samples import EPISODE_ID, LOOP_ID, SERIES_ID, success
from catalog.tests.views.samples import ANIMELOOP

SWAP = {"HX-Request": "true"}
URL = "/embed/builder/"
KINDS = ["iframe", "element", "image", "markdown", "bbcode"]


@pytest.fixture
def animeloop(upstream):
    upstream.get(f"{ANIMELOOP}/series", json=success([samples.series()]))
    upstream.get(f"{ANIMELOOP}/rand/loop", json=success([samples.full_loop()]))
    upstream.get(f"{ANIMELOOP}/episode", json=success([samples.episode()]))
    return upstream


def codes(response):
    """Kind -> code, as somebody reads and as the button copies it."""
    found = {}
    for kind, part in re.findall(
        r'<section class="code" aria-labelledby="b-(\w+)">(.*?)</section>', response.text, re.S
    ):
        shown = html.unescape(re.search(r"<code>(.*?)</code>", part, re.S)[1])
        assert html.unescape(re.search(r'data-copy="([^"]*)"', part, re.S)[1]) == shown
        found[kind] = shown
    return found


def address(code, attribute):
    url = urlsplit(html.unescape(re.search(rf'{attribute}="([^"]+)"', code)[1]))
    return url.path, {name: values[-1] for name, values in parse_qs(url.query).items()}


class TestPage:
    def test_is_a_page_by_itself_a_fragment_in_a_swap(self, client, animeloop):
        plain, swap = client.get(URL), client.get(URL, headers=SWAP)
        boosted = client.get(URL, headers=SWAP | {"HX-Boosted": "true"})
        restored = client.get(URL, headers=SWAP | {"HX-History-Restore-Request": "true"})
        assert ["<html" in response.text for response in (plain, swap, boosted, restored)] == [True, False, True, True]
        for response in (plain, swap, boosted, restored):
            assert response.status_code == 200
            assert {"HX-Request", "HX-Boosted", "HX-History-Restore-Request"} <= set(response["Vary"].split(", "))
        assert not plain.cookies

    def test_is_linked_from_every_page(self, client, animeloop):
        page = client.get("/about/").text
        assert page.count(f'href="{URL}"') == 2
        assert f'<a href="{URL}" aria-current="page">' in client.get(URL).text

    def test_is_russian_below_ru(self, client, animeloop):
        response = client.get(f"/ru{URL}")
        assert '<html lang="ru"' in response.text
        assert address(codes(response)["iframe"], "src")[1] == {"lang": "ru"}

    def test_refuses_to_be_posted_to(self, client, animeloop):
        assert client.post(URL).status_code == 405

    def test_stands_without_the_choices(self, client, upstream):
        upstream.get(requests_mock.ANY, exc=requests.ConnectionError)
        response = client.get(f"{URL}?series={SERIES_ID}&episode={EPISODE_ID}")
        assert response.status_code == 200
        assert f'<option value="{SERIES_ID}"' in response.text
        assert f'<option value="{EPISODE_ID}" selected>' in response.text
        assert list(codes(response)) == KINDS

    def test_words_of_the_source_are_text(self, client, animeloop):
        animeloop.get(f"{ANIMELOOP}/series", json=success([samples.series(title='"><script>alert(1)</script>')]))
        page = client.get(URL).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page

    def test_a_swap_shows_the_short_address(self, client, animeloop):
        response = client.get(f"{URL}?series=&frame=640&caption=0&caption=1&refresh=30", headers=SWAP)
        assert response["HX-Replace-Url"] == f"{URL}?refresh=30"

    def test_what_is_wrong_is_named_and_left_out(self, client, animeloop):
        response = client.get(f"{URL}?refresh=2&theme=pink&series=nope&duration=1,2")
        assert response.status_code == 200
        assert "At least 5 seconds" in response.text
        assert "<q>pink</q>" in response.text
        assert address(codes(response)["iframe"], "src")[1] == {"duration": "1,2"}

    def test_the_form_shows_what_was_chosen(self, client, animeloop):
        query = (
            f"series={SERIES_ID}&episode={EPISODE_ID}&collection=7&source=upload&duration=1.5,3&refresh=30&theme=light"
        )
        page = client.get(f"{URL}?{query}&caption=0&frame=fluid&seed=x&fit=contain").text
        assert f'<option value="{SERIES_ID}" lang="ja" selected>' in page
        assert f'<option value="{EPISODE_ID}" selected>13</option>' in page
        for option in ("upload", "light", "contain"):
            assert f'<option value="{option}" selected>' in page
        for field in ('id="b-collection"', 'id="b-refresh"', 'id="b-seed"'):
            assert re.search(rf'{field}[^>]* value="(7|30|x)"', page), field
        assert 'value="fluid" checked' in page
        assert 'id="b-caption" name="caption" value="1">' in page
        assert 'id="b-controls" name="controls" value="1" checked>' in page


class TestCodes:
    def test_are_of_five_kinds(self, client, animeloop):
        found = codes(client.get(URL))
        assert list(found) == KINDS
        assert found == {
            "iframe": '<iframe src="http://testserver/embed/loop/" width="640" height="360" title="Random anime loop"'
            ' loading="lazy" style="border:0;max-width:100%;height:auto;aspect-ratio:640/360"></iframe>',
            "element": '<script src="http://testserver/embed/widget.js" async></script>\n'
            '<animesite-loop style="display:block;aspect-ratio:16/9;max-width:640px"></animesite-loop>',
            "image": '<a href="http://testserver/loops/"><img src="http://testserver/loops/random/360p.gif"'
            ' width="640" height="360" alt="Random anime loop"></a>',
            "markdown": "[![Random anime loop](http://testserver/loops/random/360p.gif)](http://testserver/loops/)",
            "bbcode": "[url=http://testserver/loops/][img]http://testserver/loops/random/360p.gif[/img][/url]",
        }

    def test_every_option_of_a_widget_is_in_its_address(self, client, animeloop):
        options = {
            "series": SERIES_ID, "episode": EPISODE_ID, "duration": "0.5,1.5", "source": "automator", "collection": "7",
            "seed": "s", "size": "1080p", "theme": "system", "fit": "contain", "controls": "0", "caption": "0",
            "refresh": "30", "link": "series", "lang": "ru",
        }  # fmt: skip
        found = codes(client.get(URL, options))
        assert address(found["iframe"], "src") == ("/embed/loop/", options)
        attributes = dict(re.findall(r' (\w+)="([^"]*)"', found["element"].split("<animesite-loop")[1]))
        assert attributes.items() >= options.items()
        files = {name: options[name] for name in ("series", "episode", "duration", "source", "collection", "seed")}
        assert address(found["image"], "src") == ("/loops/random/360p.gif", files)
        assert address(found["image"], "href")[0] == f"/series/{SERIES_ID}/"

    def test_the_preview_is_what_the_code_makes(self, client, animeloop):
        response = client.get(f"{URL}?duration=1,2&refresh=30&frame=320&picture=jpg")
        shown = html.unescape(re.search(r'<iframe src="([^"]+)" width="320" height="180"', response.text)[1])
        assert f'src="http://testserver{html.escape(shown)}"' in codes(response)["iframe"]
        assert client.get(shown).status_code == 200

    @pytest.mark.parametrize(
        ("query", "path"),
        [
            ("picture=gif&size=1080p", "/loops/random/360p.gif"),
            ("picture=jpg", "/loops/random/720p.jpg"),
            ("picture=jpg&frame=320", "/loops/random/360p.jpg"),
            ("picture=jpg&size=1080p", "/loops/random/1080p.jpg"),
            (f"picture=gif&loop={LOOP_ID}", f"/loops/{LOOP_ID}/360p.gif"),
        ],
    )
    def test_the_picture_is_a_file_that_loops_have(self, client, animeloop, query, path):
        assert address(codes(client.get(f"{URL}?{query}"))["image"], "src")[0] == path

    def test_a_picture_may_lead_nowhere(self, client, animeloop):
        found = codes(client.get(f"{URL}?link=none"))
        assert found["image"].startswith("<img ")
        assert found["markdown"].startswith("![")
        assert found["bbcode"].startswith("[img]")

    def test_a_fluid_widget_fills_its_place(self, client, animeloop):
        found = codes(client.get(f"{URL}?frame=fluid"))
        assert "border:0;width:100%;height:auto;aspect-ratio:640/360" in found["iframe"]
        assert "max-width" not in found["element"]

    def test_nothing_that_was_given_can_leave_its_attribute(self, client, animeloop):
        seed = '"><script>alert(1)</script>)](x) [img]'
        response = client.get(URL, {"seed": seed})
        assert "<script>alert" not in response.text
        for kind, code in codes(response).items():
            assert "<script>alert" not in code
            if kind != "element":
                assert '"><script' not in code
                assert ")](x)" not in code

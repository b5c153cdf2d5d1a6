"""Files of loops for ``<img>`` and ``<video>``: types, parts, caches, origins, and an upstream that is down."""

from __future__ import annotations

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
import requests
import requests_mock
from PIL import Image

from catalog.services import animeloop as animeloop_service
from catalog.services import loop_files
from catalog.tests.services.animeloop import samples
from catalog.tests.services.animeloop.samples import LOOP_ID, SERIES_ID, success
from catalog.tests.views.samples import ANIMELOOP

CDN = "https://cdn.animeloop.org/files"
OTHER_ID = "59adf78ac4c0bc657943222e"
FORMS = ["1080p.mp4", "720p.mp4", "360p.mp4", "360p.gif", "1080p.jpg", "720p.jpg", "360p.jpg"]
TYPES = {"mp4": "video/mp4", "gif": "image/gif", "jpg": "image/jpeg"}


def picture(format, colour=(240, 60, 16)):
    file = BytesIO()
    Image.new("RGB", (64, 36), colour).save(file, format)
    return file.getvalue()


def box(kind, content=b""):
    return (8 + len(content)).to_bytes(4) + kind + content


FILM = box(b"ftyp", b"isom\0\0\0\0") + box(b"moov", b"m" * 40) + box(b"mdat", bytes(range(256)) * 20)
CONTENTS = {"mp4": FILM, "gif": picture("GIF"), "jpg": picture("JPEG")}


def serve(upstream, id=LOOP_ID, **contents):
    """The CDN's files of one loop."""
    for form in FORMS:
        size, type = form.split(".")
        content = (CONTENTS | contents)[type]
        url = f"{CDN}/{type}_{size}/{id}.{type}"
        upstream.get(url, content=content, headers={"Content-Type": TYPES[type]})


@pytest.fixture
def animeloop(upstream):
    upstream.get(f"{ANIMELOOP}/rand/loop", json=success([samples.loop()]))
    upstream.get(f"{ANIMELOOP}/loop", json=success([samples.loop()]))
    upstream.get(f"{ANIMELOOP}/loop?id={LOOP_ID}", json=success(samples.full_loop()))
    upstream.get(f"{ANIMELOOP}/loop/count", json=success({"count": 1}))
    serve(upstream)
    return upstream


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def fetched(upstream):
    return [request.url for request in upstream.request_history if request.url.startswith(CDN)]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("place", ["random", LOOP_ID, LOOP_ID.upper()])
class TestEveryForm:
    def test_comes_from_here_with_its_type_and_whole(self, client, animeloop, place, form):
        response = client.get(f"/loops/{place}/{form}", headers={"Accept-Encoding": "gzip"})
        type = form.split(".")[1]
        assert response.status_code == 200
        assert response["Content-Type"] == TYPES[type]
        assert body(response) == CONTENTS[type]
        assert response["Content-Length"] == str(len(CONTENTS[type]))
        assert response["Accept-Ranges"] == "bytes"
        assert "Content-Encoding" not in response.headers
        assert not response.cookies
        assert f"/loops/{LOOP_ID}/" in response["Link"]

    def test_answers_head_with_the_same_headers(self, client, animeloop, place, form):
        whole, head = client.get(f"/loops/{place}/{form}"), client.head(f"/loops/{place}/{form}")
        assert body(head) == b""
        for name in ("Content-Type", "Content-Length", "ETag", "Cache-Control", "Accept-Ranges"):
            assert head[name] == whole[name]

    def test_is_open_to_every_origin(self, client, animeloop, place, form):
        response = client.get(f"/loops/{place}/{form}", headers={"Origin": "https://elsewhere.test"})
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
        preflight = client.options(f"/loops/{place}/{form}")
        assert preflight.status_code == 204
        assert "Range" in preflight["Access-Control-Allow-Headers"]
        assert client.post(f"/loops/{place}/{form}").status_code == 405


class TestParts:
    @pytest.mark.parametrize(
        ("asked", "part"),
        [
            ("bytes=0-", slice(0, None)),
            ("bytes=0-0", slice(0, 1)),
            ("bytes=0-1", slice(0, 2)),
            ("bytes=100-199", slice(100, 200)),
            ("bytes=-10", slice(-10, None)),
            ("bytes=-999999", slice(0, None)),
            ("bytes=5000-999999", slice(5000, None)),
            (f"bytes={len(FILM) - 1}-", slice(len(FILM) - 1, None)),
        ],
    )
    @pytest.mark.parametrize("query", ["", "?seed=a"])
    def test_are_what_was_asked_for(self, client, animeloop, asked, part, query):
        response = client.get(f"/loops/random/720p.mp4{query}", headers={"Range": asked})
        assert response.status_code == 206
        assert body(response) == FILM[part]
        assert response["Content-Length"] == str(len(FILM[part]))
        start = part.indices(len(FILM))[0]
        assert response["Content-Range"] == f"bytes {start}-{start + len(FILM[part]) - 1}/{len(FILM)}"
        head = client.head(f"/loops/random/720p.mp4{query}", headers={"Range": asked})
        assert (head.status_code, head["Content-Range"]) == (206, response["Content-Range"])

    @pytest.mark.parametrize("asked", [f"bytes={len(FILM)}-", "bytes=999999-1000000"])
    def test_beyond_the_end_are_a_416(self, client, animeloop, asked):
        response = client.get("/loops/random/720p.mp4", headers={"Range": asked})
        assert response.status_code == 416
        assert response["Content-Range"] == f"bytes */{len(FILM)}"
        assert response["Access-Control-Allow-Origin"] == "*"

    @pytest.mark.parametrize("asked", ["", "bytes", "bytes=", "bytes=a-b", "bytes=9-1", "items=0-1", "bytes=0-1,5-9"])
    def test_what_is_no_single_range_of_bytes_gets_the_whole(self, client, animeloop, asked):
        response = client.get("/loops/random/720p.mp4", headers={"Range": asked})
        assert response.status_code == 200
        assert body(response) == FILM

    def test_are_only_of_the_file_that_the_client_has_begun(self, client, animeloop):
        etag = client.get(f"/loops/{LOOP_ID}/720p.mp4")["ETag"]
        url, part = f"/loops/{LOOP_ID}/720p.mp4", {"Range": "bytes=10-19"}
        assert client.get(url, headers=part | {"If-Range": etag}).status_code == 206
        for other in ('"other"', "Fri, 20 Nov 2026 09:00:00 GMT"):
            response = client.get(url, headers=part | {"If-Range": other})
            assert response.status_code == 200
            assert body(response) == FILM
        assert client.get(url, headers=part | {"If-Match": '"other"'}).status_code == 412

    @pytest.mark.parametrize("condition", ["If-Range", "If-Match"])
    def test_of_a_random_file_stay_parts_of_that_file(self, client, animeloop, condition):
        other = FILM.replace(b"m" * 40, b"n" * 40)
        serve(animeloop, OTHER_ID, mp4=other)
        first = client.get("/loops/random/720p.mp4", headers={"Range": "bytes=0-99"})
        animeloop.get(f"{ANIMELOOP}/rand/loop", json=success([samples.loop(OTHER_ID)]))
        rest = client.get("/loops/random/720p.mp4", headers={"Range": "bytes=100-", condition: first["ETag"]})
        assert body(first) + body(rest) == FILM
        assert body(client.get("/loops/random/720p.mp4")) == other


class TestCaching:
    def test_random_is_never_stored(self, client, animeloop):
        response = client.get("/loops/random/360p.gif")
        assert response["Cache-Control"] == "no-store"

    @pytest.mark.parametrize(("url", "days"), [("/loops/random/360p.gif?seed=7", 1), (f"/loops/{LOOP_ID}/360p.gif", 7)])
    def test_what_the_address_settles_is_stored_and_revalidated(self, client, animeloop, url, days):
        response = client.get(url)
        assert response["Cache-Control"] == f"public, max-age={days * 86400}"
        assert re.fullmatch(rf'"{LOOP_ID}-[0-9a-f]{{16}}"', response["ETag"])
        again = client.get(url, headers={"If-None-Match": response["ETag"]})
        assert again.status_code == 304
        assert again["ETag"] == response["ETag"]

    def test_a_file_is_fetched_once(self, client, animeloop):
        for _ in range(3):
            body(client.get("/loops/random/360p.gif"))
            body(client.get(f"/loops/{LOOP_ID}/360p.gif"))
        assert fetched(animeloop) == [f"{CDN}/gif_360p/{LOOP_ID}.gif"]

    def test_many_at_once_are_one_request(self, client, animeloop):
        arrived = threading.Event()

        def slowly(request, context):
            arrived.wait(0.3)
            context.headers["Content-Type"] = "image/gif"
            return CONTENTS["gif"]

        animeloop.get(f"{CDN}/gif_360p/{LOOP_ID}.gif", content=slowly)
        loop = animeloop_service.random_loops().value[0]
        with ThreadPoolExecutor(12) as crowd:
            files = list(crowd.map(lambda _: loop_files.of(loop, "gif_360p"), range(12)))
        assert len(set(files)) == 1
        assert len(fetched(animeloop)) == 1

    def test_the_longest_unused_goes_when_there_is_no_room(self, client, animeloop, settings, time_machine):
        settings.LOOP_FILES_MAX_BYTES = 2 * len(FILM) + 100
        for minute, id in enumerate(f"{number:024x}" for number in range(4)):
            time_machine.move_to(f"2026-11-20T10:{minute * 2:02}:00Z")
            animeloop.get(f"{ANIMELOOP}/loop?id={id}", json=success(samples.full_loop(id)))
            serve(animeloop, id)
            assert client.head(f"/loops/{id}/720p.mp4").status_code == 200  # reading would note the real time
        here = loop_files.shelf.loops_with("mp4_720p")
        assert f"{3:024x}" in here
        assert f"{0:024x}" not in here
        assert len(here) <= 2


class TestRefusals:
    @pytest.mark.parametrize("form", ["720p.gif", "360p.webm", "4k.mp4", "mp4.360p", "a.b.c", "360P.MP4", "%00.jpg"])
    @pytest.mark.parametrize("place", ["random", LOOP_ID])
    def test_a_form_that_loops_do_not_have_is_a_404(self, client, animeloop, place, form):
        response = client.get(f"/loops/{place}/{form}")
        assert response.status_code == 404
        assert response["Content-Type"].startswith("text/plain")
        assert "360p.gif" in response.text
        assert not animeloop.request_history

    def test_no_match_is_a_404(self, client, animeloop):
        animeloop.get(f"{ANIMELOOP}/rand/loop", json=success([]))
        response = client.get("/loops/random/360p.gif?duration=5,6")
        assert response.status_code == 404
        assert response.text == "No loop matches.\n"

    @pytest.mark.parametrize(
        ("query", "name"),
        [
            ("series=nope", "series"),
            ("seriesid=nope", "series"),
            ("episodeid=1", "episode"),
            ("duration=2,1", "duration"),
            ("duration=nan,1", "duration"),
            ("source_from=me", "source"),
            ("collection=-1", "collection"),
            (f"seed={'x' * 65}", "seed"),
        ],
    )
    def test_a_bad_filter_is_a_400_with_a_reason(self, client, animeloop, query, name):
        response = client.get(f"/loops/random/360p.gif?{query}")
        assert response.status_code == 400
        assert response["Content-Type"] == "text/plain; charset=utf-8"
        assert response["Cache-Control"] == "no-store"
        assert re.match(rf"{name}=.*: \S", response.text)

    def test_what_concerns_only_widgets_is_nothing_to_a_file(self, client, animeloop):
        assert client.get("/loops/random/360p.gif?theme=pink&refresh=1&page=0&utm_source=x").status_code == 200

    def test_every_filter_counts_under_both_its_names(self, client, animeloop):
        for query in (f"series={SERIES_ID}&duration=0.5,1", f"seriesid={SERIES_ID}&duration=0.5,1"):
            client.get(f"/loops/random/360p.gif?{query}")
        asked = {request.query for request in animeloop.request_history if request.path == "/api/v2/rand/loop"}
        assert asked == {f"duration=0.5%2C1.0&full=true&limit=1&seriesid={SERIES_ID}"}

    @pytest.mark.parametrize("id", ["0" * 24, "nope"])
    def test_an_unknown_loop_is_a_404(self, client, animeloop, id):
        animeloop.get(f"{ANIMELOOP}/loop?id={id}", json=success({}))
        response = client.get(f"/loops/{id}/360p.gif")
        assert response.status_code == 404
        assert response.text == "There is no such loop.\n"


HOSTILE = {
    "a page": (b"<html>", "gif"),
    "another picture": (picture("PNG"), "gif"),
    "a cut picture": (picture("JPEG")[:300], "jpg"),
    "a film cut short": (FILM[:-1], "mp4"),
    "a film without pictures": (box(b"ftyp") + box(b"moov"), "mp4"),
    "no film": (b"\0" * 100, "mp4"),
    "a box of no length": (box(b"ftyp") + b"\0\0\0\1mdat\0\0\0\0\0\0\0\1" + box(b"moov"), "mp4"),
    "nothing": (b"", "mp4"),
}


class TestWithoutTheSource:
    @pytest.fixture
    def down(self, animeloop):
        """Nothing answers any longer."""

        def cut():
            animeloop.get(requests_mock.ANY, exc=requests.ConnectionError)

        return cut

    def test_a_known_file_is_served(self, client, animeloop, down):
        client.get(f"/loops/{LOOP_ID}/360p.gif")
        down()
        assert body(client.get(f"/loops/{LOOP_ID}/360p.gif")) == CONTENTS["gif"]

    def test_random_is_one_of_those_that_are_here(self, client, animeloop, down):
        client.get("/loops/random/360p.gif")
        down()
        response = client.get("/loops/random/360p.gif")
        assert response.status_code == 200
        assert response["Cache-Control"] == "no-store"

    @pytest.mark.parametrize("form", ["360p.gif", "720p.jpg"])
    @pytest.mark.parametrize("url", ["/loops/random/{}", "/loops/random/{}?seed=1", f"/loops/{LOOP_ID}/{{}}"])
    def test_nothing_here_is_a_still_that_no_cache_keeps(self, client, animeloop, down, form, url):
        down()
        response = client.get(url.format(form))
        assert response.status_code == 503
        assert response["Content-Type"] == TYPES[form.split(".")[1]]
        assert (
            Image.open(BytesIO(response.content)).size == {"360p": (640, 360), "720p": (1280, 720)}[form.split(".")[0]]
        )
        assert response["Cache-Control"] == "no-store"
        assert int(response["Retry-After"]) > 0
        assert response["Access-Control-Allow-Origin"] == "*"

    def test_a_film_has_no_still(self, client, animeloop, down):
        down()
        response = client.get("/loops/random/360p.mp4")
        assert response.status_code == 503
        assert response["Content-Type"].startswith("text/plain")

    @pytest.mark.parametrize("what", HOSTILE)
    def test_bytes_that_are_not_what_they_say_are_not_passed_on(self, client, animeloop, what):
        content, type = HOSTILE[what]
        serve(animeloop, **{type: content})
        response = client.get(f"/loops/{LOOP_ID}/360p.{type}")
        assert response.status_code == 503
        assert loop_files.shelf.loops_with(f"{type}_360p") == []

    def test_a_redirect_to_elsewhere_is_not_followed(self, client, animeloop):
        url = f"{CDN}/gif_360p/{LOOP_ID}.gif"
        animeloop.get(url, status_code=302, headers={"Location": "http://127.0.0.1:1/x.gif"})
        assert client.get(f"/loops/{LOOP_ID}/360p.gif").status_code == 503

    def test_a_file_that_is_too_large_is_not_taken(self, client, animeloop, settings):
        settings.UPSTREAM_MAX_BYTES = 1000
        assert client.get(f"/loops/{LOOP_ID}/360p.mp4").status_code == 503

    def test_a_loop_on_a_host_that_is_not_configured_has_no_file(self, client, animeloop):
        files = {"gif_360p": "https://elsewhere.test/x.gif"}
        animeloop.get(f"{ANIMELOOP}/loop?id={LOOP_ID}", json=success(samples.full_loop(files=files)))
        assert client.get(f"/loops/{LOOP_ID}/360p.gif").status_code == 404

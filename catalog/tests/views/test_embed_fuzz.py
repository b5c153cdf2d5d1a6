"""Whatever other people's pages ask for, the answer is one: never a 500."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.tests.services.animeloop import samples
from catalog.tests.services.animeloop.samples import LOOP_ID, success
from catalog.tests.views.samples import ANIMELOOP
from catalog.tests.views.test_loop_files import serve

NAMES = st.sampled_from(
    [
        "series", "seriesid", "episode", "episodeid", "duration", "source", "source_from", "collection", "collectionid",
        "seed", "loop", "size", "theme", "fit", "controls", "caption", "refresh", "link", "lang", "frame", "picture",
        "url", "format", "maxwidth", "maxheight", "page",
    ]
)  # fmt: skip
VALUES = st.one_of(
    st.text(max_size=30),
    st.integers(-(2**70), 2**70).map(str),
    st.floats().map(str),
    st.sampled_from(["", "0", "1", "a,b", "1,2", "nan,inf", "1e309,1", "\x00", "\ud800", "%00", "٣", LOOP_ID, "json"]),
    st.sampled_from(
        ["http://testserver/", "http://[", f"http://testserver/loops/{LOOP_ID}/", "http://testserver/%ff/"]
    ),
)
QUERIES = st.lists(st.tuples(NAMES, VALUES), max_size=6)
RANGES = st.one_of(
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=20),
    st.from_regex(r"bytes=-?[0-9]{0,25}-?[0-9]{0,25}(,[0-9]*-[0-9]*)?", fullmatch=True),
)
quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def animeloop(upstream):
    for path in ("series", "episode"):
        upstream.get(f"{ANIMELOOP}/{path}", json=success([getattr(samples, path)()]))
    for path in ("loop", "rand/loop"):
        upstream.get(f"{ANIMELOOP}/{path}", json=success([samples.full_loop()]))
    upstream.get(f"{ANIMELOOP}/loop?id={LOOP_ID}", json=success(samples.full_loop()))
    serve(upstream)
    return upstream


def query(pairs):
    return "&".join(f"{name}={quote(value, safe='', errors='surrogatepass')}" for name, value in pairs)


@pytest.mark.parametrize("path", ["/loops/random/360p.gif", "/embed/builder/", "/ru/embed/builder/", "/oembed"])
@quick
@given(pairs=QUERIES)
def test_no_query_breaks_an_answer(client, animeloop, path, pairs):
    assert client.get(f"{path}?{query(pairs)}").status_code in {200, 400, 404, 501}


@quick
@given(pairs=QUERIES, url=st.text(max_size=60))
def test_no_address_breaks_oembed(client, animeloop, pairs, url):
    for address in (url, f"http://testserver/{url}", f"http://testserver/embed/builder/?{query(pairs)}"):
        given = quote(address, safe="", errors="surrogatepass")
        assert client.get(f"/oembed?url={given}").status_code in {200, 400, 404}


@pytest.mark.parametrize("shape", ["/loops/random/{}", "/loops/random/{}.gif", "/loops/{}/360p.gif"])
@quick
@given(part=st.text(min_size=1, max_size=40).filter(lambda part: part.strip("./")))
def test_no_path_breaks_a_file(client, animeloop, shape, part):
    answer = client.get(shape.format(quote(part, errors="surrogatepass")))
    assert answer.status_code in {200, 301, 302, 400, 404}


@quick
@given(part=RANGES, condition=RANGES)
def test_no_range_breaks_a_file(client, animeloop, part, condition):
    headers = {"Range": part, "If-Range": condition, "If-Match": condition, "If-None-Match": condition}
    for names in (["Range"], ["Range", "If-Range"], ["Range", "If-Match"], ["If-None-Match"]):
        url = f"/loops/{LOOP_ID}/360p.mp4"
        answer = client.get(url, headers={name: headers[name] for name in names})
        assert answer.status_code in {200, 206, 304, 412, 416}
        answer.close()

"""Whatever a query string or a path holds, the answer is one: never a 500."""

from __future__ import annotations

from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.tests.feeds.conftest import LISTS

NAMES = st.sampled_from(
    [
        "q", "page", "lang", "year", "season", "genre", "voice", "sort", "day", "title", "role", "users", "sort_by",
        "order", "duration", "series", "source", "collection", "account", "tag", "trending", "cursor", "magnets",
        "t", "ep", "limit", "offset", "cat", "apikey", "tz", "p", "year_from", "type",
    ]
)  # fmt: skip
VALUES = st.one_of(
    st.text(max_size=30),
    st.integers(-(2**70), 2**70).map(str),
    st.sampled_from(["", "0", "-1", "1e9", "٣", "nan", "\x00", "\ud800", "a,b", "search", "tvsearch", "caps", "%00"]),
)
QUERIES = st.lists(st.tuples(NAMES, VALUES), max_size=6)
PATHS = [
    *(f"{path}.{format}" for path, _, dated in LISTS for format in ("rss", "atom", "json", "ics")[: 4 if dated else 3]),
    *(f"{path}/" for path, _, _ in LISTS if path not in ("/catalog", "/loops", "/videos")),
    "/torrents.rss",
    "/torznab/api",
    "/sitemap.xml",
]
FINE = {200, 301, 302, 404}
quick = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def query(pairs):
    return "&".join(f"{name}={quote(value, safe='', errors='surrogatepass')}" for name, value in pairs)


@pytest.mark.parametrize("path", PATHS)
@quick
@given(pairs=QUERIES)
def test_no_query_breaks_a_list(client, lists, path, pairs):
    answer = client.get(f"{path}?{query(pairs)}")
    assert answer.status_code in FINE
    if "xml" in answer.headers["Content-Type"]:
        ElementTree.fromstring(answer.content)


@pytest.mark.parametrize(
    "shape",
    [
        "/team/{}/",
        "/team/{}.rss",
        "/series/{}.json",
        "/clip/{}.svg",
        "/{}.rss",
        "/videos/@{}/",
        "/videos/@{}.rss",
        "/videos/tag/{}.atom",
    ],
)
@settings(quick, max_examples=60)
@given(part=st.text(min_size=1, max_size=40).filter(lambda part: part.strip("./")))
def test_no_path_breaks_one(client, lists, shape, part):
    answer = client.get(shape.format(quote(part, errors="surrogatepass")))
    assert answer.status_code in FINE | {400}


@quick
@given(zone=st.text(max_size=40), next_=st.text(max_size=40))
def test_no_choice_of_a_zone_breaks_it(client, zone, next_):
    answer = client.post(
        "/zone/", {"tz": zone.encode("utf-8", "replace").decode(), "next": next_.encode("utf-8", "replace").decode()}
    )
    assert answer.status_code == 303

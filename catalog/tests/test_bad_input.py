"""Every address of the site, taken from where Django finds them, with whatever can be put into it: never a 500."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import quote

import pytest
import requests
import requests_mock
from django import forms as django_forms
from django.core import signing
from django.core.signals import request_finished
from django.db import close_old_connections
from django.urls import URLPattern, URLResolver, get_resolver
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from catalog import forms, my_cookie
from catalog.domain.lists import Entry
from catalog.services import index, lists
from catalog.tests.factories import ListAddressFactory
from catalog.tests.walk import demo_below, demo_urls

pytestmark = pytest.mark.django_db

DESIGNED = {501, 503}  # oEmbed has no other format, an upstream is away
EXAMPLES = 8  # of each address, in each state of the upstreams
ADMIN_EXAMPLES = 2  # nobody here may see it
GROUP = re.compile(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")

# What addresses and parameters are called beside the fields of forms, and what the demo has of them.
KNOWN = {
    "slug": ["nanatsu-no-taizai-kamigami-no-gekirin", "8500", "kinku-no-hako", "juuni-to-hanbun"],
    "key": ["1", "12.5", "-1"],
    "id": ["591446445f6e5e51d937e118", "591b2b9868f9f00f82bf3640"],
    "nick": ["Kari"],
    "youtube_id": ["OXBO4h3l3rM"],
    "format": ["rss", "atom", "json", "ics"],
    "t": ["caps", "search", "tvsearch"],
    "ep": ["1"], "limit": ["5"], "offset": ["1"], "cat": ["5070"], "apikey": ["x"], "magnets": [""], "lang": ["ru"],
    "player": ["other"], "torrents": ["-size"], "url": ["http://testserver/title/8500/"], "maxwidth": ["300"],
    "next": ["/"], "p": ["2"], "w": ["480"], "size": ["720p"], "type": ["mp4"], "code": ["5YvxWOxcRa"],
    "token": [lists.token("a" * 22)],
    "kind": ["title", "loop", "video"], "subject": ["8500", "591446445f6e5e51d937e118", "5YvxWOxcRa"],
}  # fmt: skip
HOSTILE = [
    "", " ", "0", "-1", "1e9", "9" * 30, "-" + "9" * 30, "9223372036854775808", "٣", "²", "nan", "inf", "None", "null",
    "true", "[]", "{}", "\x00", "a\x00b", "\ud800", "\udfff", "\ufffe", "\u202e", "\u2028", "💥", "é" * 300, "x" * 5000,
    ",", ",,,", "a,b", "..", "../..", "/", "//", "//evil.example/", "\\", "?", "#", "%", "%00", "%2F", "%zz", "&", ";",
    "'", '"', "' OR 1=1 --", "<script>", "{{ 7*7 }}", "{% url %}", "${7*7}", "\r\nSet-Cookie: a=b",
    "javascript:alert(1)", "http://127.0.0.1:22/",
    "2026-13-45", "2026-W99", "0x10", "1_000", "+1", "1.5.2", "Europe/Nowhere",
]  # fmt: skip
RAW = ["%", "%zz", "%ff%fe", "%c0%80", "%00", "&&&===", "=", ";", "a" * 4000, "=1&=2", "[]=1", "%u0041", "+%20+"]


class Address:
    """A pattern of the URLconf as a text with ``<names>`` in it."""

    def __init__(self, route: str) -> None:
        self.route = route
        self.names = PARAMETER.findall(route)

    def filled(self, values: list[str]) -> str:
        parts = iter(values)
        return "/" + PARAMETER.sub(lambda _: quote(next(parts), safe="", errors="surrogatepass"), self.route)


def addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[Address]:
    for pattern in patterns:
        shape = str(pattern.pattern)
        route = before + re.sub(r"[\^$]|\\Z", "", GROUP.sub(lambda found: f"<{found[1]}>", shape)).replace("\\", "")
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        else:
            yield Address(route)


@cache
def every_address() -> list[Address]:
    return list({address.route: address for address in addresses(get_resolver().url_patterns)}.values())


def field_names() -> set[str]:
    """Of every form of the site."""
    modules = [forms, *(module for _, module in inspect.getmembers(forms, inspect.ismodule))]
    found = (form for module in modules for _, form in inspect.getmembers(module, inspect.isclass))
    return {name for form in found if issubclass(form, django_forms.Form) for name in form.base_fields}


ADDRESSES = every_address()
OF_THE_INDEX = [each for each in ADDRESSES if each.route.startswith(("catalog", "torrents", "torznab", "sitemap"))]
NAMES = sorted(field_names() | KNOWN.keys())
ANYTHING = st.one_of(
    st.sampled_from(HOSTILE), st.text(max_size=40), st.integers(-(2**70), 2**70).map(str), st.floats().map(str)
)
LISTED = Entry(kind="title", subject="8500", heart=True)
HEADERS = {
    "HX-Request": ["true", "false", "x"],
    "HX-Boosted": ["true"],
    "HX-History-Restore-Request": ["true"],
    "HX-Current-URL": ["http://testserver/", "%%%", "//", "http://[", "javascript:1"],
    "HX-Target": ["results", "#", "x" * 3000],
    "HX-Trigger": ["q", "\x7f"],
    "HX-Prompt": ["%F0%9F"],
    "Accept-Language": ["ru", "xx-" + "y" * 600, "*;q=2", ",,,;", "en;q=nan"],
    "Accept": ["*/*", "application/json", ";;", "text/html;q=x"],
    "Accept-Encoding": ["gzip", "br;q=0", "gzip;q=\x01"],
    "Cookie": [
        "theme=light", "theme=<b>", "tz=Asia/Tokyo", "tz=../../etc/passwd", "tz=\x00", "tz=" + "x" * 3000, "=;=;", ";",
        "sessionid=x; csrftoken=y", "watch={", "favourites=%ff", "my=a:b:c", "my=" + my_cookie.packed([LISTED]),
        "my_address=a:b:c",
        "my_address=" + signing.get_cookie_signer("my_address" + my_cookie.ADDRESS_SALT).sign("a" * 22),
    ],
    "Range": ["bytes=0-", "bytes=-1", "bytes=9-1", "bytes=a-b", "bytes=0-0,5-9,1-", "lines=1", f"bytes={'9' * 40}-"],
    "If-None-Match": ["*", '"x"', 'W/"', "x" * 2000],
    "If-Modified-Since": ["Fri, 20 Nov 2026 09:00:00 GMT", "yesterday", "Fri, 99 Nov 9999999 00:00:00 GMT"],
    "Referer": ["http://[", "\x01"],
    "Origin": ["null", "http://["],
    "X-Forwarded-For": ["::1", "999.1.1.1", ","],
    "X-Forwarded-Proto": ["https", "gopher"],
    "Host": ["testserver", "evil.example", "[", "a b", "testserver:99999"],
    "User-Agent": ["", "\x7f"],
}  # fmt: skip


def value_of(name: str) -> st.SearchStrategy[str]:
    known = KNOWN.get(name)
    if known is None:
        return ANYTHING
    return st.booleans().flatmap(lambda is_there: st.sampled_from(known) if is_there else ANYTHING)


@st.composite
def questions(draw: st.DrawFn) -> str:
    pairs = [(name, draw(value_of(name))) for name in draw(st.lists(st.sampled_from(NAMES), max_size=8))]
    written = [f"{name}={quote(value, safe='', errors='surrogatepass')}" for name, value in pairs]
    if draw(st.booleans()) and written:
        written *= draw(st.sampled_from([2, 2, 400]))  # the same names again, once or for as many as there is room
    return "&".join(written + draw(st.lists(st.sampled_from(RAW), max_size=1)))


@st.composite
def heads(draw: st.DrawFn) -> dict[str, str]:
    names = draw(st.lists(st.sampled_from(sorted(HEADERS)), max_size=4, unique=True))
    return {name: draw(st.sampled_from(HEADERS[name])) for name in names}


METHODS = st.sampled_from(["GET"] * 6 + ["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PROPFIND"])
BODIES = st.sampled_from(
    [
        (b"", "application/x-www-form-urlencoded"),
        (b"theme=%ff&tz=%00&next=//evil.example", "application/x-www-form-urlencoded"),
        (b"{", "application/json"),
        (
            b'{"version": 1, "kind": "animesite-list", "entries": [{"kind": "title", "subject": "8500"}, 5]}',
            "application/json",
        ),
        (b"heart=on&state=watching&remove=%00&next=%ff", "application/x-www-form-urlencoded"),
        (b'--x\r\nContent-Disposition: form-data; name="\r\n', "multipart/form-data; boundary=x"),
        (b"\xff\x00", "text/plain; charset=nonsense"),
    ]
)


def ask(client, path, question, method, headers, body):
    data, content_type = body
    answer = client.generic(method, f"{path}?{question}" if question else path, data, content_type, headers=headers)
    request_finished.disconnect(close_old_connections)  # as the client does while it asks
    answer.close()  # what streams may never end
    request_finished.connect(close_old_connections)
    status = answer.status_code
    assert status < 500 or status in DESIGNED, (method, path, question, headers, status)


@pytest.fixture
def up(settings, tmp_path, db):
    ListAddressFactory.create(public_id="a" * 22)
    with demo_below(settings, tmp_path, demo_urls()):
        yield


@pytest.fixture
def down(settings, tmp_path, db):
    ListAddressFactory.create(public_id="a" * 22)
    with demo_below(settings, tmp_path, ()), requests_mock.Mocker() as nobody:
        nobody.register_uri(requests_mock.ANY, requests_mock.ANY, exc=requests.ConnectionError)
        yield


def quick(examples: int) -> settings:
    """No shrinking: it takes minutes, and the first finding says enough."""
    health = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
    phases = [Phase.explicit, Phase.reuse, Phase.generate]
    return settings(max_examples=examples, deadline=None, suppress_health_check=health, phases=phases)


@pytest.mark.parametrize("state", ["up", "down"])
@pytest.mark.parametrize("address", ADDRESSES, ids=[address.route for address in ADDRESSES])
def test_no_input_breaks_an_address(client, request, state, address):
    request.getfixturevalue(state)
    ask_in_many_ways(client, address)


@pytest.mark.parametrize("address", OF_THE_INDEX, ids=[address.route for address in OF_THE_INDEX])
def test_no_input_breaks_what_the_index_answers(client, up, address):
    index.rebuild(lambda done, total: None)
    ask_in_many_ways(client, address)


def ask_in_many_ways(client, address):
    @quick(ADMIN_EXAMPLES if address.route.startswith("admin/") else EXAMPLES)
    @given(data=st.data(), question=questions(), method=METHODS, headers=heads(), body=BODIES)
    def ask_in_every_way(data, question, method, headers, body):
        path = address.filled([data.draw(value_of(name)) for name in address.names])
        prefix = data.draw(st.sampled_from(["", "/ru"]))
        ask(client, prefix + path, question, method, headers, body)

    ask_in_every_way()


@pytest.mark.parametrize("prefix", ["", "/ru", "/RU", "/en"])
def test_no_path_that_leads_nowhere_breaks_the_site(client, up, prefix):
    @quick(60)
    @given(part=ANYTHING, question=questions(), headers=heads())
    def ask_anywhere(part, question, headers):
        ask(
            client,
            f"{prefix}/{quote(part, safe='/', errors='surrogatepass').lstrip('/')}",
            question,
            "GET",
            headers,
            (b"", ""),
        )

    ask_anywhere()


def test_the_addresses_are_all_there():
    routes = {address.route for address in ADDRESSES}
    assert {"", "title/<slug>/<key>/", "torznab/api", "catalog.<format>", "team/<nick>/"} <= {
        PARAMETER.sub(lambda name: f"<{name[1]}>", route) for route in routes
    }
    assert {"year_from", "sort", "q", "day", "users", "role"} <= set(NAMES)

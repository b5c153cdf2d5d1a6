"""What goes over the wire and what is taken from it."""

from __future__ import annotations

import gzip
import socket

import pytest

from catalog.services.errors import UpstreamBadData, UpstreamUnavailable
from catalog.services.transport import Upstream, get, get_file
from catalog.tests.services.listener import answer
from catalog.tests.services.transport.source import BASE, SOURCE, URL, ask, number

LOOPS = Upstream("loops", "ANILIBRIA_URL", token_setting="LOOPS_TOKEN")


def ask_loops() -> int:
    return get(LOOPS, "/thing", {}, endpoint="thing", parse=number).value


def test_we_say_who_we_are_and_take_json(upstream, settings):
    settings.USER_AGENT = "animesite/1 (a site)"
    upstream.get(URL, json={"number": 1})
    ask()
    headers = upstream.last_request.headers
    assert headers["User-Agent"] == "animesite/1 (a site)"
    assert headers["Accept"] == "application/json"
    assert "gzip" in headers["Accept-Encoding"]
    assert "Authorization" not in headers


def test_a_site_with_a_russian_name_can_ask(listen, settings):
    settings.USER_AGENT = "Анимесайт/1"
    listener = listen(lambda connection, head: connection.sendall(answer()))
    assert ask().value == 1
    assert "User-Agent: Анимесайт/1".encode() in listener.requests[0]


def test_the_token_is_sent_where_it_is_configured(upstream, settings):
    upstream.get(URL, json={"number": 1})
    ask_loops()
    assert upstream.last_request.headers["Authorization"] == "Bearer secret"


def test_the_token_outranks_netrc(upstream, tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine upstream.test login me password mine\n")
    monkeypatch.setenv("NETRC", str(netrc))
    upstream.get(URL, json={"number": 1})
    ask_loops()
    assert upstream.last_request.headers["Authorization"] == "Bearer secret"


def test_no_cookie_is_kept(listen):
    listener = listen(lambda connection, head: connection.sendall(answer(b'{"number": 1}', "Set-Cookie: a=b; Path=/")))
    ask(a=1)
    ask(a=2)
    assert b"cookie" not in listener.requests[1].lower()


@pytest.mark.parametrize("target", ["http://upstream.test/new", "/new", "https://upstream.test/new"])
def test_a_redirect_to_a_configured_origin_is_followed(upstream, target):
    upstream.get(URL, status_code=301, headers={"Location": target})
    upstream.get("/new", json={"number": 1})
    assert ask().value == 1


@pytest.mark.parametrize(
    "target",
    [
        "http://elsewhere.test/new",
        "http://upstream.test:81/new",
        "http://upstream.test.elsewhere.test/new",
        "http://upstream.test@elsewhere.test/new",
        "//elsewhere.test/new",
        "file:///etc/passwd",
        "http://[/",
        "https:///new",
    ],
)
def test_a_redirect_elsewhere_is_not_followed(upstream, target):
    upstream.get(URL, status_code=302, headers={"Location": target})
    with pytest.raises(UpstreamUnavailable):
        ask()
    assert upstream.call_count == 1


def test_a_redirect_from_https_to_http_is_not_followed(upstream, settings):
    settings.ANILIBRIA_URL = "https://upstream.test/api"
    upstream.get("https://upstream.test/api/thing", status_code=302, headers={"Location": URL})
    with pytest.raises(UpstreamUnavailable, match="leaves the configured hosts"):
        ask()
    assert upstream.call_count == 1


@pytest.mark.parametrize(("hops", "answers"), [(3, True), (4, False)])
def test_three_redirects_are_enough(upstream, hops, answers):
    for hop in range(hops):
        upstream.get(f"{URL}{hop or ''}", status_code=302, headers={"Location": f"{URL}{hop + 1}"})
    upstream.get(f"{URL}{hops}", json={"number": 1})
    if answers:
        assert ask().value == 1
    else:
        with pytest.raises(UpstreamUnavailable, match="too many redirects"):
            ask()


def test_the_token_stays_with_its_origin(upstream):
    upstream.get(URL, status_code=302, headers={"Location": "https://upstream.test/new"})
    upstream.get("https://upstream.test/new", json={"number": 1})
    ask_loops()
    first, second = upstream.request_history
    assert first.headers["Authorization"] == "Bearer secret"
    assert "Authorization" not in second.headers


def test_the_body_of_a_redirect_is_not_read(listen):
    def behave(connection: socket.socket, head: bytes) -> None:
        if b"/new" in head:
            connection.sendall(answer())
        else:
            connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /new\r\nContent-Length: 99999999\r\n\r\n")

    listen(behave)
    assert ask().value == 1


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: 2000\r\n\r\n" + b" " * 2000,
        b"Connection: close\r\n\r\n" + b" " * 2000,
        b"Transfer-Encoding: chunked\r\n\r\n" + b"7d0\r\n" + b" " * 2000 + b"\r\n0\r\n\r\n",
        b"Connection: close\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b" " * 50_000_000),
    ],
    ids=["its length says so", "no length", "chunked", "a gzip bomb"],
)
def test_an_answer_over_the_cap_is_not_taken(listen, settings, head):
    settings.UPSTREAM_MAX_BYTES = 1000

    def behave(connection: socket.socket, _: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n" + head)
        connection.shutdown(socket.SHUT_RDWR)

    listen(behave)
    with pytest.raises(UpstreamUnavailable, match="more than 1000 bytes"):
        ask()


def test_an_answer_of_just_the_cap_is_taken(upstream, settings):
    settings.UPSTREAM_MAX_BYTES = 1000
    upstream.get(URL, content=b'{"number": 1}'.ljust(1000))
    assert ask().value == 1


def test_the_body_of_an_error_may_be_too_long_to_be_read(upstream):
    upstream.get(URL, status_code=500, content=b"x" * 1_000_000)
    with pytest.raises(UpstreamUnavailable, match="HTTP 500"):
        ask()


@pytest.mark.parametrize("cut", [b'{"number": 1}', b""])
def test_an_answer_that_breaks_off_is_no_answer(listen, cut):
    def behave(connection: socket.socket, head: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n" + cut)
        connection.shutdown(socket.SHUT_RDWR)

    listen(behave)
    with pytest.raises(UpstreamUnavailable):
        ask()


def test_an_answer_whose_compression_is_broken_is_bad_data(listen):
    body = answer(b"no gzip at all", "Content-Encoding: gzip")
    listen(lambda connection, head: connection.sendall(body))
    with pytest.raises(UpstreamBadData, match="garbled"):
        ask()


@pytest.mark.parametrize("reply", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 100_000])
def test_what_is_not_http_is_no_answer(listen, reply):
    def behave(connection: socket.socket, head: bytes) -> None:
        connection.sendall(reply)
        connection.shutdown(socket.SHUT_RDWR)

    listen(behave)
    with pytest.raises(UpstreamUnavailable):
        ask()


def test_a_refused_connection_says_so(settings):
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.ANILIBRIA_URL = f"http://127.0.0.1:{server.getsockname()[1]}"
    with pytest.raises(UpstreamUnavailable, match="Connection refused"):
        ask()


def test_loopback_is_asked_directly_and_all_else_through_the_proxy(listen, settings, monkeypatch):
    listener = listen(lambda connection, head: connection.sendall(answer()))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    assert ask().value == 1
    monkeypatch.setenv("http_proxy", listener.address)
    settings.ANILIBRIA_URL = BASE
    assert ask().value == 1
    assert listener.requests[1].startswith(f"GET {URL} ".encode())


def test_a_file_is_fetched_with_its_type_and_not_kept(upstream):
    upstream.get(f"{BASE}/a.jpg", content=b"jpeg", headers={"Content-Type": "Image/JPEG; q=1"})
    for _ in range(2):
        file = get_file(SOURCE, "/a.jpg", {"size": 1}, max_bytes=10, types=("image/jpeg", "image/png"))
        assert (file.content, file.content_type) == (b"jpeg", "image/jpeg")
    assert upstream.call_count == 2
    assert upstream.last_request.headers["Accept"] == "image/jpeg, image/png"
    assert upstream.last_request.qs == {"size": ["1"]}


def test_a_file_of_another_type_is_bad_data(upstream):
    upstream.get(f"{BASE}/a.jpg", content=b"<html>", headers={"Content-Type": "text/html"})
    with pytest.raises(UpstreamBadData, match="text/html"):
        get_file(SOURCE, "/a.jpg", {}, max_bytes=10, types=("image/jpeg",))


def test_a_file_over_its_cap_is_not_taken(upstream):
    upstream.get(f"{BASE}/a.jpg", content=b"x" * 11, headers={"Content-Type": "image/jpeg"})
    with pytest.raises(UpstreamUnavailable, match="more than 10 bytes"):
        get_file(SOURCE, "/a.jpg", {}, max_bytes=10, types=("image/jpeg",))

"""A call ends in time whatever the other end does, and leaves no thread and no connection behind."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable

import pytest

from catalog.services.errors import UpstreamBadData, UpstreamUnavailable
from catalog.services.transport import channel, get_file, insisting, within
from catalog.tests.services.listener import answer, eventually
from catalog.tests.services.transport.source import SOURCE, ask

DEADLINE = 0.5
SLACK = 4.0  # for a machine that is busy; what drips here would drip for 20 s


@pytest.fixture(autouse=True)
def deadline(settings):
    settings.UPSTREAM_DEADLINE_SECONDS = DEADLINE


def drip(connection: socket.socket, content: bytes) -> None:
    for byte in content:
        connection.sendall(bytes([byte]))
        time.sleep(0.02)


def silent(connection: socket.socket, head: bytes) -> None:
    connection.recv(1)


def slow_status(connection: socket.socket, head: bytes) -> None:
    drip(connection, b"HTTP/1.1 200 " + b"O" * 1000)


def slow_headers(connection: socket.socket, head: bytes) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    drip(connection, b"X-A: b\r\n" * 100)


def slow_body(connection: socket.socket, head: bytes) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")
    drip(connection, b"1" * 1000)


def slow_body_of_no_length(connection: socket.socket, head: bytes) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
    drip(connection, b'{"number": 1}' + b" " * 1000)


def slow_chunks(connection: socket.socket, head: bytes) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    drip(connection, b"1\r\n1\r\n" * 100)


def slow_error(connection: socket.socket, head: bytes) -> None:
    connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 9999\r\n\r\n")
    drip(connection, b"1" * 1000)


def endless_redirects(connection: socket.socket, head: bytes) -> None:
    time.sleep(DEADLINE / 2)
    connection.sendall(answer(b"", "Location: /next", status="302 Found"))


def timed(call: Callable[[], object]) -> float:
    start = time.monotonic()
    with pytest.raises(UpstreamUnavailable, match=r"no answer in time|too many calls are waiting"):
        call()
    return time.monotonic() - start


@pytest.mark.parametrize(
    "behave",
    [
        silent,
        slow_status,
        slow_headers,
        slow_body,
        slow_body_of_no_length,
        slow_chunks,
        slow_error,
        endless_redirects,
    ],
)
def test_a_call_ends_in_time_and_leaves_nothing_behind(listen, behave):
    listener = listen(behave)
    assert timed(ask) < DEADLINE + SLACK
    assert eventually(lambda: listener.open == 0)
    assert eventually(lambda: not [t for t in threading.enumerate() if isinstance(t, threading.Timer)])
    assert timed(lambda: ask(endpoint="random")) < DEADLINE + SLACK
    assert timed(lambda: get_file(SOURCE, "/f", {}, max_bytes=99999, types=("image/png",))) < DEADLINE + SLACK
    assert eventually(lambda: listener.open == 0)


def test_nobody_accepts(settings):
    with socket.create_server(("127.0.0.1", 0), backlog=1) as server:
        address = server.getsockname()
        fillers = []
        for _ in range(4):  # the backlog is full, and a handshake gets no reply
            filler = socket.socket()
            filler.setblocking(False)
            filler.connect_ex(address)
            fillers.append(filler)
        settings.ANILIBRIA_URL = f"http://127.0.0.1:{address[1]}"
        start = time.monotonic()
        with pytest.raises(UpstreamUnavailable):
            ask()
        assert time.monotonic() - start < DEADLINE + SLACK
        for filler in fillers:
            filler.close()


def test_a_tls_handshake_that_drips(listen, settings):
    listener = listen(silent)
    settings.ANILIBRIA_URL = listener.address.replace("http:", "https:")
    assert timed(ask) < DEADLINE + SLACK


def test_a_name_that_does_not_resolve_in_time(settings, monkeypatch, embedded):
    done = threading.Event()

    def getaddrinfo(*args, **kwargs):
        done.wait(2)
        raise socket.gaierror("no such name")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    settings.ANILIBRIA_URL = "http://upstream.test"
    assert timed(ask) < DEADLINE + SLACK
    done.set()


def test_a_slow_answer_within_the_deadline_is_taken(listen):
    def behave(connection: socket.socket, head: bytes) -> None:
        time.sleep(DEADLINE / 2)
        connection.sendall(answer())

    listen(behave)
    assert ask().value == 1


def test_a_connection_is_used_again_and_watched_again(listen):
    def behave(connection: socket.socket, head: bytes) -> None:
        if b"last" in head:
            slow_headers(connection, head)
        connection.sendall(answer())

    listener = listen(behave)
    ask(a=1)
    ask(a=2)
    assert listener.open == 1
    assert timed(lambda: ask(a="last")) < DEADLINE + SLACK
    assert eventually(lambda: listener.open == 0)


def test_a_caller_with_less_patience_goes_earlier(listen, settings):
    settings.UPSTREAM_DEADLINE_SECONDS = 30
    listen(silent)
    with within(0.1):
        assert timed(ask) < 10
        with within(20):
            assert timed(ask) < 10


def test_calls_that_wait_for_a_worker_end_in_time_too(listen, monkeypatch):
    monkeypatch.setattr(channel, "WORKERS", 1)
    listen(silent)
    errors: list[float] = []
    threads = [threading.Thread(target=lambda n=n: errors.append(timed(lambda: ask(n=n)))) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(errors) == 4
    assert max(errors) < DEADLINE + SLACK


def test_a_stale_copy_does_not_wait_for_a_slow_upstream(listen, aged, impatient, settings):
    settings.UPSTREAM_DEADLINE_SECONDS = 10
    known = threading.Event()
    known.set()

    def behave(connection: socket.socket, head: bytes) -> None:
        known.wait(5)
        connection.sendall(answer())

    listener = listen(behave)
    ask()
    known.clear()
    with aged(61):
        assert ask().stale
        known.set()
        assert eventually(lambda: not ask().stale)
    assert len(listener.requests) == 2


def test_a_body_that_drips_through_tls(listen, settings, tmp_path, monkeypatch):
    if not (openssl := shutil.which("openssl")):
        pytest.skip("no openssl to make a certificate with")
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    new = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate]
    subprocess.run([*new, *subject], check=True, capture_output=True)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)

    def behave(connection: socket.socket, head: bytes) -> None:
        if b"slow" in head:
            slow_body_of_no_length(connection, head)
        connection.sendall(answer())

    listener = listen(behave, wrap=lambda plain: context.wrap_socket(plain, server_side=True))
    settings.ANILIBRIA_URL = listener.address.replace("http://127.0.0.1", "https://localhost")
    assert ask().value == 1
    assert timed(lambda: ask(a="slow")) < DEADLINE + SLACK
    assert eventually(lambda: listener.open == 0)


def test_who_insists_waits_for_a_slow_upstream(listen, aged, impatient, settings):
    settings.UPSTREAM_DEADLINE_SECONDS = 30
    seconds = 0.0

    def behave(connection: socket.socket, head: bytes) -> None:
        time.sleep(seconds)
        connection.sendall(answer(b'{"number": %d}' % (2 if seconds else 1)))

    listen(behave)
    assert ask().value == 1
    with aged(), insisting():
        seconds = 0.3
        found = ask()
    assert (found.value, found.stale) == (2, False)


@pytest.mark.parametrize("body", [b"<html>", b"[]"])
def test_who_insists_hears_what_went_wrong(listen, aged, body):
    bodies = [body, body, b'{"number": 1}']
    listen(lambda connection, head: connection.sendall(answer(bodies.pop())))
    ask()
    with aged(), insisting(), pytest.raises(UpstreamBadData):
        ask()
    with aged():
        assert ask().stale

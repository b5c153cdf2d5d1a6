"""Files at absolute addresses, such as pictures: asked for by whoever stores them, and not kept here."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from catalog.services.errors import UpstreamBadData
from catalog.services.transport import process, wire
from catalog.services.transport.reading import refusal
from catalog.services.transport.upstream import Call, Upstream

UNCHANGED = 304
LARGEST = 2**40  # bytes that a server may say a file has: none of them is sent


@dataclass(frozen=True, slots=True)
class Download:
    """``etag`` and ``last_modified`` as sent, to be sent back with the next question."""

    content: bytes
    etag: str = ""
    last_modified: str = ""


def download(
    upstream: Upstream,
    url: str,
    *,
    max_bytes: int,
    seconds: float,
    accept: str,
    etag: str = "",
    last_modified: str = "",
) -> Download | None:
    """The file at ``url``, or ``None`` where it is still the one that these validators name; raises UpstreamError.

    The caller answers for the address's host. Runs on the caller's thread; every host has a breaker of its own.
    """
    parts = urlsplit(url)
    call = Call(upstream, f"{parts.scheme}://{parts.netloc}", parts.path + (f"?{parts.query}" if parts.query else ""))
    named = {"If-None-Match": etag, "If-Modified-Since": "" if etag else last_modified}
    validators = {name: value for name, value in named.items() if value}

    def use(answer: wire.Exchange) -> Download | None:
        if answer.status == UNCHANGED and validators:
            return None
        if answer.status != 200:
            raise refusal(call, answer.status, answer.headers, answer.body)
        return Download(answer.body, _header(answer.headers, "ETag"), _header(answer.headers, "Last-Modified"))

    headers = {"Accept": accept} | validators
    until = time.monotonic() + seconds
    return process.current().ask(call, use, headers=headers, max_bytes=max_bytes, until=until)


def size_of(upstream: Upstream, url: str, *, seconds: float) -> int:
    """How many bytes the file has, as its server says without sending it; raises UpstreamError. As ``download``."""
    parts = urlsplit(url)
    call = Call(upstream, f"{parts.scheme}://{parts.netloc}", parts.path, method="HEAD")

    def use(answer: wire.Exchange) -> int:
        if answer.status != 200:
            raise refusal(call, answer.status, answer.headers, answer.body)
        length = answer.headers.get("Content-Length", "")
        if not length.isdecimal() or answer.headers.get("Content-Encoding", "identity") != "identity":
            raise UpstreamBadData(upstream.name, call.subject, "no length")
        return int(length)

    headers = {"Accept": "*/*", "Accept-Encoding": "identity"}
    until = time.monotonic() + seconds
    return process.current().ask(call, use, headers=headers, max_bytes=LARGEST, until=until)


def _header(headers: Mapping[str, str], name: str) -> str:
    """One that cannot be sent back as it came is none."""
    value = headers.get(name, "")
    return value if value.isascii() and value.isprintable() and len(value) <= 256 else ""

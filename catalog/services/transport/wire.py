"""One HTTP exchange: a deadline, a size cap, redirects to configured origins only, no cookies."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from django.conf import settings
from urllib3.exceptions import HTTPError

from catalog.services.errors import UpstreamBadData, UpstreamUnavailable
from catalog.services.transport.deadline import Guard, GuardedAdapter
from catalog.services.transport.upstream import Call, is_loopback, origin

LATE = "no answer in time"
CONNECT_SECONDS = 2.0  # for one address of a host, so that there is time for its next
CHUNK = 64 * 1024
ERROR_MAX_BYTES = 64 * 1024  # of the body of an error; it only has to hold a message
MAX_REDIRECTS = 3
MAX_CONNECTIONS = 16  # kept open to one origin


@dataclass(frozen=True, slots=True)
class Exchange:
    """What came back; ``headers`` finds a name in any case. ``asked_at``: what changed since may not be in it."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    asked_at: datetime


class Unacceptable(UpstreamUnavailable):
    """The upstream is up, but what it sent is not taken: too much, or a redirect elsewhere."""


class Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> None:
        """Not here: ``exchange`` follows redirects itself, and requests would read the body of one without a cap."""


def new_session() -> Session:
    session = Session()
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    for scheme in ("https://", "http://"):
        session.mount(scheme, GuardedAdapter(pool_maxsize=MAX_CONNECTIONS))
    return session


def exchange(session: Session, call: Call, *, until: float, max_bytes: int, headers: Mapping[str, str]) -> Exchange:
    """Ask; raises UpstreamUnavailable when nothing whole came back by ``until``, UpstreamBadData when it is garbled.

    Any HTTP status counts as an answer here. ``headers`` go to the upstream's own origin and no other.
    """
    with Guard(until) as guard:
        try:
            answer = _follow(session, call, until, max_bytes, headers)
        except requests.exceptions.ContentDecodingError as exc:
            raise UpstreamBadData(call.upstream.name, call.subject, "a garbled body") from exc
        except (requests.RequestException, HTTPError, OSError, ValueError) as exc:
            reason = LATE if guard.expired else _reason(exc)
            raise UpstreamUnavailable(call.upstream.name, call.subject, reason) from exc
        if guard.expired:  # a body without a length looks complete when its connection is cut
            raise UpstreamUnavailable(call.upstream.name, call.subject, LATE)
        return answer


def _follow(session: Session, call: Call, until: float, max_bytes: int, headers: Mapping[str, str]) -> Exchange:
    url, asked_at = call.url, datetime.now(UTC)
    for _ in range(MAX_REDIRECTS + 1):
        own = origin(url) == origin(call.url)
        sent = headers if own else {"Accept": headers["Accept"]}
        response = _send(session, call.method, url, until, sent)
        try:
            if not response.is_redirect:
                return Exchange(response.status_code, response.headers, _body(call, response, max_bytes), asked_at)
            url = _redirected(call, url, response.headers["location"])
        finally:
            response.close()
    raise Unacceptable(call.upstream.name, call.subject, "too many redirects")


def _send(session: Session, method: str, url: str, until: float, headers: Mapping[str, str]) -> requests.Response:
    own = {
        "User-Agent": settings.USER_AGENT.encode().decode("latin-1"),  # a site's name may be Cyrillic
        "Accept-Encoding": requests.utils.DEFAULT_ACCEPT_ENCODING,
    }
    # Prepared without the session: it would add what ~/.netrc says, even over our own Authorization.
    request = requests.Request(method, url, headers=own | dict(headers)).prepare()
    options: Any = session.merge_environment_settings(url, {}, stream=True, verify=None, cert=None)
    if is_loopback(urlsplit(url).hostname or ""):
        options["proxies"] = {}
    left = max(0.01, until - time.monotonic())
    return session.send(request, timeout=(min(left, CONNECT_SECONDS), left), allow_redirects=False, **options)


def _redirected(call: Call, url: str, location: str) -> str:
    target = urljoin(url, location)
    known = {origin(allowed) for allowed in (call.base, *settings.MEDIA_ORIGINS)}
    downgrade = urlsplit(url).scheme == "https" and urlsplit(target).scheme != "https"
    if downgrade or origin(target) not in known:
        raise Unacceptable(call.upstream.name, call.subject, "a redirect that leaves the configured hosts")
    return target


def _body(call: Call, response: requests.Response, max_bytes: int) -> bytes:
    failed = response.status_code >= 400
    cap = min(max_bytes, ERROR_MAX_BYTES) if failed else max_bytes
    length = response.headers.get("Content-Length", "")
    chunks: list[bytes] = []
    size = int(length) if length.isdecimal() else 0
    if size <= cap:
        size = 0
        for chunk in response.iter_content(CHUNK):
            size += len(chunk)
            if size > cap:
                break
            chunks.append(chunk)
    if size > cap:
        if failed:
            return b""
        raise Unacceptable(call.upstream.name, call.subject, f"more than {cap} bytes")
    return b"".join(chunks)


def _reason(exc: Exception) -> str:
    """The innermost cause in a few words; requests wraps it in several layers of addresses."""
    inner: BaseException = exc
    while isinstance(cause := inner.__cause__ or inner.__context__, Exception):
        inner = cause
    if isinstance(inner, TimeoutError | requests.Timeout):
        return LATE
    return f"{type(inner).__name__}: {inner}"[:200] if str(inner) else type(inner).__name__

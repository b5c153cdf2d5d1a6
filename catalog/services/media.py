"""Which addresses of an upstream's media a page may load, and which links it may carry."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from django.conf import settings

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
PORTS = {"http": 80, "https": 443}
REFUSED = re.compile(r"[\x00-\x20\x7f-\xa0\\<>\"'`{}|^]")  # a browser drops, folds or misreads them
HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[?[0-9a-f:]+\]?")


def media_url(raw: str | None, *, base: str = "") -> str | None:
    """An address a page may load, or None; ``base``, an origin or a bare host, completes one without a host."""
    url = _absolute(raw, base)
    return (
        url
        if url is not None and _is_allowed(url, tuple(settings.MEDIA_HOSTS), tuple(settings.MEDIA_ORIGINS))
        else None
    )


def link_url(raw: str | None) -> str | None:
    """An address a page may link to, on any host, or None."""
    return _absolute(raw, "")


def _absolute(raw: str | None, base: str) -> str | None:
    if not raw or not isinstance(raw, str):
        return None
    raw = raw.strip()
    if REFUSED.search(raw):
        return None
    try:
        parts = urlsplit(_joined(raw, base))
        return _cleaned(parts)
    except ValueError:
        return None


def _joined(raw: str, base: str) -> str:
    if raw.startswith("//"):
        return f"https:{raw}"
    if base and "://" not in base:
        base = f"https://{base}"
    return urljoin(f"{base}/", raw) if base else raw


def _cleaned(parts: SplitResult) -> str | None:
    host, port = parts.hostname, parts.port
    if parts.scheme not in PORTS or not host or "@" in parts.netloc or not HOST.fullmatch(host):
        return None
    scheme = parts.scheme
    if host in LOOPBACK:
        # An upstream on loopback speaks http, whatever a bare host or "//" was taken for.
        scheme = "http"
    elif scheme == "http":
        scheme, port = "https", None if port == PORTS["http"] else port
    shown = f"[{host}]" if ":" in host else host
    netloc = shown if port in (None, PORTS[scheme]) else f"{shown}:{port}"
    return urlunsplit((scheme, netloc, parts.path, parts.query, parts.fragment))


@lru_cache(maxsize=4096)
def _is_allowed(url: str, hosts: tuple[str, ...], origins: tuple[str, ...]) -> bool:
    parts = urlsplit(url)
    host = parts.hostname or ""
    return any(_matches(host, parts.port, allowed) for allowed in hosts) or any(
        _cleaned(urlsplit(origin)) == f"{parts.scheme}://{parts.netloc}" for origin in origins
    )


def _matches(host: str, port: int | None, allowed: str) -> bool:
    """An entry is a host, with its subdomains, and maybe a port; without one it means the scheme's own."""
    parts = urlsplit(f"//{allowed}")
    name = (parts.hostname or "").lstrip(".")
    return bool(name) and parts.port == port and (host == name or host.endswith(f".{name}"))

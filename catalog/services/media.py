"""Which addresses of an upstream's media a page may load, and which links it may carry."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit, urlunsplit

from django.conf import settings

from catalog.services.transport import is_loopback

PORTS = {"http": 80, "https": 443}
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\\]")  # browsers drop the ones and read a backslash as a slash
HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9])?")
SAFE = "/%:@!$&'()*+,;=~-._"

Place = tuple[str, str, int]  # scheme, host, port


def media_url(raw: str | None, *, base: str = "") -> str | None:
    """An address a page may load, or None; ``base``, an origin or a bare host, completes one without a host.

    Where no scheme is said it is https, on loopback http; http becomes https off loopback, but for an origin that is
    itself configured with http.
    """
    address = _read(raw, base)
    if address is None:
        return None
    place, rest = address
    hosts, origins = _allowed(tuple(settings.MEDIA_HOSTS), tuple(settings.MEDIA_ORIGINS))
    if place not in origins:
        place = _secured(place)
    if place in origins or any(_belongs(place, allowed) for allowed in hosts):
        return _written(place, rest)
    return None


def link_url(raw: str | None) -> str | None:
    """An address a page may link to, on any host, or None."""
    address = _read(raw, "")
    return _written(*address) if address else None


def _read(raw: str | None, base: str) -> tuple[Place, str] | None:
    """Where the address points, and its path, query and fragment, quoted."""
    raw = (raw or "").strip()
    if not raw or CONTROL.search(raw):
        return None
    try:
        parts = urlsplit(_completed(raw, base))
        if parts.scheme not in ("", *PORTS) or "@" in parts.netloc:
            return None
        place = _place(parts.scheme, parts.hostname or "", parts.port)
    except ValueError:
        return None
    path, query = quote(parts.path, safe=SAFE), quote(parts.query, safe=SAFE + "?")
    rest = urlunsplit(("", "", path, query, quote(parts.fragment, safe=SAFE + "?")))
    return (place, rest) if place else None


def _completed(raw: str, base: str) -> str:
    if raw.startswith("//") or urlsplit(raw).scheme or not base:
        return raw
    base = base if "://" in base else f"//{base}"
    return f"{base.rstrip('/')}/{raw.removeprefix('/')}"


def _place(scheme: str, host: str, port: int | None) -> Place | None:
    """The host as a browser would look it up; None for what is no host."""
    host = host if host.isascii() else host.encode("idna").decode().lower()
    if not (HOST.fullmatch(host) or (":" in host and is_loopback(host))) or port == 0:
        return None
    scheme = scheme or ("http" if is_loopback(host) else "https")
    return scheme, host, port or PORTS[scheme]


def _secured(place: Place) -> Place:
    scheme, host, port = place
    if scheme == "https" or is_loopback(host):
        return place
    return "https", host, PORTS["https"] if port == PORTS["http"] else port


@lru_cache(maxsize=8)
def _allowed(hosts: tuple[str, ...], origins: tuple[str, ...]) -> tuple[tuple[Place, ...], frozenset[Place]]:
    """The settings as places; a host is an entry without a scheme."""
    places = tuple(address[0] for host in hosts if (address := _read(f"//{host}", "")))
    return places, frozenset(address[0] for origin in origins if (address := _read(origin, "")))


def _belongs(place: Place, allowed: Place) -> bool:
    """Whether it is that host, or below it, by the same scheme and port."""
    (scheme, host, port), (allowed_scheme, name, allowed_port) = place, allowed
    same = scheme == allowed_scheme and port == allowed_port
    return same and (host == name or host.endswith(f".{name}"))


def _written(place: Place, rest: str) -> str:
    scheme, host, port = place
    shown = f"[{host}]" if ":" in host else host
    return f"{scheme}://{shown}{'' if port == PORTS[scheme] else f':{port}'}{rest}"

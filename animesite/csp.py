"""What pages of the site may load, and from where."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit


def policy(hosts: Iterable[str], origins: Iterable[str]) -> dict[str, object]:
    """In the words of django-csp; pictures and films also from these, ``hosts`` with all below them."""
    media = _sources(hosts, origins)
    return {
        "DIRECTIVES": {
            "default-src": ["'self'"],
            "img-src": ["'self'", "data:", *media],
            "media-src": ["'self'", "blob:", *media],  # blob: what the player's script puts together
            "connect-src": ["'self'", *media],
            "frame-src": ["'self'", "https://www.youtube-nocookie.com"],  # clips, once somebody presses play
            "style-src": ["'self'"],
            "style-src-attr": ["'unsafe-inline'"],  # custom properties that carry figures: style="--v:7"
            "object-src": ["'none'"],
            "base-uri": ["'none'"],
            "form-action": ["'self'"],
            "frame-ancestors": ["'none'"],
        }
    }


def _sources(hosts: Iterable[str], origins: Iterable[str]) -> list[str]:
    sources = set(origins)
    for host in (entry.lstrip(".") for entry in hosts):
        loopback = urlsplit(f"//{host}").hostname in {"localhost", "127.0.0.1", "::1"}
        sources |= {f"http://{host}"} if loopback else {f"https://{host}", f"https://*.{host}"}
    return sorted(sources)

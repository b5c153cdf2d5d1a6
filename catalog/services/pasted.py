"""Addresses of the sources' own pages and files, and what they are of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings

from catalog.domain import videos

LONGEST = 2000
ID_DIGITS = videos.SHORTCODE_MAX_LENGTH + 1  # no shortcode is that long


@dataclass(frozen=True, slots=True)
class Found:
    """``kind``: title, loop, series, video, video_account or video_tag; ``name``: its code, id, shortcode or name."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a source's addresses; ``read`` makes sense of what ``pattern`` finds, or raises a ValueError."""

    pattern: re.Pattern[str]
    kind: str
    read: Callable[[str], str] = str


def code(found: str) -> str:
    """A shortcode, or the number that some addresses have in its place; a ValueError for neither."""
    if found.isdigit() and len(found) >= ID_DIGITS:
        return videos.shortcode(found)
    if videos.shortcode(videos.video_id(found)) != found:
        raise ValueError(found)
    return found


_CODE = r"([0-9A-Za-z_-]{1,20})/?$"
LOOPS = (
    Form(re.compile(r"/api/v1/video/([0-9]{1,20})/?$", re.ASCII), "video", videos.shortcode),
    Form(re.compile(r"/ap/users/[^/]+/video/([0-9]{1,20})/?$", re.ASCII), "video", videos.shortcode),
    Form(re.compile(rf"/(?:v|embed|videos?)/{_CODE}"), "video", code),
    Form(re.compile(rf"/@[^/]+/(?:v/|videos?/)?{_CODE}"), "video", code),
    Form(re.compile(r"/@([^/\s]{1,150})/?$"), "video_account"),
    Form(re.compile(r"/tags?/([^/]{1,150})/?$"), "video_tag"),
)
ANILIBRIA = (Form(re.compile(r"/release/([^/\s]{1,200}?)(?:\.html)?(?:/|$)"), "title"),)
ANIMELOOP = (
    Form(re.compile(r"/(?:loops?|files/\w+)/([0-9a-f]{24})(?:\.\w+|/|$)"), "loop"),
    Form(re.compile(r"/series/([0-9a-f]{24})(?:/|$)"), "series"),
)


def found(text: str) -> Iterator[Found]:
    """What may be at the address ``text``, with or without its scheme, the likeliest first."""
    parts = address(text)
    if parts is None:
        return
    path = unquote(parts.path)
    for form in _forms(parts):
        if match := form.pattern.search(path):
            try:
                yield Found(form.kind, form.read(match[1]))
            except ValueError:
                continue


def address(text: str) -> SplitResult | None:
    """The parts of what may be an address; None for words."""
    text = text.strip()[:LONGEST]
    if "/" not in text or re.search(r"\s", text):
        return None
    try:
        parts = urlsplit(text if "//" in text.partition("/@")[0] else f"//{text}", "https")
        valid = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        return None
    return parts if valid else None


def _forms(parts: SplitResult) -> Iterator[Form]:
    """Those of the sources that are at the address's host: their own names, and wherever they are configured to be."""
    host = parts.hostname or ""
    known = (
        (LOOPS, "loops.video", settings.LOOPS_URL),
        (ANILIBRIA, "anilibria.tv", settings.ANILIBRIA_SITE_URL),
        (ANILIBRIA, "anilibria.top", settings.ANILIBRIA_SITE_URL),
        (ANIMELOOP, "animeloop.org", settings.ANIMELOOP_URL),
    )
    for forms, name, configured in known:
        own = urlsplit(configured)
        if host == name or host.endswith(f".{name}") or (host, parts.port) == (own.hostname, own.port):
            yield from forms

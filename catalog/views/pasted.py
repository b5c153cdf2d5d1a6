"""Addresses of the sources, pasted where titles are searched: what they are of is here too."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.domain import videos

LONGEST = 2000
ID_DIGITS = videos.SHORTCODE_MAX_LENGTH + 1  # no shortcode is that long


@dataclass(frozen=True, slots=True)
class Pasted:
    """Where on this site it is; ``kind`` is a word for what it is, ``name`` what the address calls it."""

    url: str
    kind: str | Promise
    name: str


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a source's addresses; ``route`` takes what ``pattern`` finds, once ``read`` made sense of it."""

    pattern: re.Pattern[str]
    kind: str | Promise
    route: str
    read: Callable[[str], str] = str
    sign: str = ""


def _code(found: str) -> str:
    """A shortcode, or the number that some addresses have in its place; a ValueError for neither."""
    if found.isdigit() and len(found) >= ID_DIGITS:
        return videos.shortcode(found)
    if videos.shortcode(videos.video_id(found)) != found:
        raise ValueError(found)
    return found


_CODE = r"([0-9A-Za-z_-]{1,20})/?$"
LOOPS = (
    Form(re.compile(r"/api/v1/video/([0-9]{1,20})/?$", re.ASCII), _("Video"), "video", videos.shortcode),
    Form(re.compile(r"/ap/users/[^/]+/video/([0-9]{1,20})/?$", re.ASCII), _("Video"), "video", videos.shortcode),
    Form(re.compile(rf"/(?:v|embed|videos?)/{_CODE}"), _("Video"), "video", _code),
    Form(re.compile(rf"/@[^/]+/(?:v/|videos?/)?{_CODE}"), _("Video"), "video", _code),
    Form(re.compile(r"/@([^/\s]{1,150})/?$"), _("Account"), "video_account", sign="@"),
    Form(re.compile(r"/tags?/([^/]{1,150})/?$"), _("Hashtag"), "video_tag", sign="#"),
)
ANILIBRIA = (Form(re.compile(r"/release/([^/\s]{1,200}?)(?:\.html)?(?:/|$)"), _("Title"), "title"),)
ANIMELOOP = (
    Form(re.compile(r"/(?:loops?|files/\w+)/([0-9a-f]{24})(?:\.\w+|/|$)"), _("Loop"), "loop"),
    Form(re.compile(r"/series/([0-9a-f]{24})(?:/|$)"), _("Series"), "series"),
)


def pasted(text: str) -> Pasted | None:
    """What is at the address ``text``, with or without its scheme; None for what is no address of a source."""
    address = _address(text.strip()[:LONGEST])
    if address is None:
        return None
    path = unquote(address.path)
    for form in _forms(address):
        if found := form.pattern.search(path):
            try:
                name = form.read(found[1])
                return Pasted(reverse(f"catalog:{form.route}", args=[name]), form.kind, form.sign + name)
            except (ValueError, NoReverseMatch):
                continue
    return None


def _address(text: str) -> SplitResult | None:
    if "/" not in text or re.search(r"\s", text):
        return None
    try:
        parts = urlsplit(text if "//" in text.partition("/@")[0] else f"//{text}", "https")
        valid = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        return None
    return parts if valid else None


def _forms(address: SplitResult) -> Iterator[Form]:
    """Those of the sources that are at the address's host: their own names, and wherever they are configured to be."""
    host = address.hostname or ""
    known = (
        (LOOPS, "loops.video", settings.LOOPS_URL),
        (ANILIBRIA, "anilibria.tv", settings.ANILIBRIA_SITE_URL),
        (ANILIBRIA, "anilibria.top", settings.ANILIBRIA_SITE_URL),
        (ANIMELOOP, "animeloop.org", settings.ANIMELOOP_URL),
    )
    for forms, name, configured in known:
        own = urlsplit(configured)
        if host == name or host.endswith(f".{name}") or (host, address.port) == (own.hostname, own.port):
            yield from forms

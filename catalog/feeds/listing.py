"""What a list says to a feed reader, whatever the format."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any, TypeVar, cast
from urllib.parse import quote, urljoin, urlsplit

import nh3
from django.conf import settings

from catalog.forms import LAST_PAGE, QueryForm
from catalog.services.answer import Answer
from catalog.services.errors import UpstreamError
from catalog.services.together import Block

T = TypeVar("T", "Entry", "Listing")
A = TypeVar("A")

PROSE_TAGS = {"a", "b", "br", "em", "i", "li", "ol", "p", "strong", "ul"}
ENTRIES = 24  # as many as a page of the catalogue
TAG_YEAR = 2026  # of the ids; it never changes, or every reader would see everything anew
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")  # in XML


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    url: str
    media_type: str
    size: int = 0  # bytes; 0: unknown
    seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """``key`` names the entry for ever below the site's name; ``summary`` is HTML out of ``prose``.

    ``url`` and ``image`` are absolute or begin with a slash. ``day`` is set where no hour is known.
    """

    key: str
    title: str
    url: str
    summary: str = ""
    published: datetime | None = None
    day: date | None = None
    image: str | None = None
    language: str | None = None
    author: str | None = None
    tags: tuple[str, ...] = ()
    attachment: Attachment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """``changed_at``: nothing here changed after it; ``coming`` is for calendars alone.

    ``revised``: entries may be gone without a trace, so that ``changed_at`` tells only of those that are left.
    ``stale``: a saved copy past its lifetime; ``next_query``: where the list goes on; ``language``: of most entries.
    """

    title: str
    description: str
    author: str
    entries: tuple[Entry, ...]
    changed_at: datetime
    revised: bool = False
    stale: bool = False
    coming: tuple[Entry, ...] = ()
    next_query: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The absolute addresses of a listing: itself, the page with the same list, and its next part."""

    own: str
    page: str
    following: str | None = None

    @property
    def host(self) -> str:
        return urlsplit(self.own).hostname or ""

    def absolute(self, url: str) -> str:
        return urljoin(self.own, url)

    def tag(self, key: str) -> str:
        """An id that is an IRI (RFC 4151)."""
        return f"tag:{self.host},{TAG_YEAR}:{quote(key)}"


def named(what: str) -> str:
    return f"{what}: {settings.SITE_NAME}"


def window(form: QueryForm) -> dict[str, Any]:
    return {"limit": ENTRIES, "after": (form.values["page"] - 1) * ENTRIES}


def told(answer: Answer[Any], form: QueryForm | None = None) -> dict[str, Any]:
    """What a listing says of the answer it is made from; with ``form``, also where the next page is."""
    page = form.values["page"] if form else LAST_PAGE
    more = form is not None and len(answer.value) == ENTRIES and page < LAST_PAGE
    return {
        "changed_at": answer.fetched_at,
        "stale": answer.stale,
        "next_query": form.query(page=page + 1) if form and more else None,
    }


def demanded(block: Block[A]) -> Answer[A]:
    """The answer of a block that the list cannot do without."""
    if block.answer:
        return block.answer
    raise cast(UpstreamError, block.error)  # a block has the one or the other


def prose(*parts: str | None) -> str:
    """Paragraphs of HTML, of which words, emphasis, lists and links stay."""
    html = "".join(f"<p>{part}</p>" for part in parts if part)
    clean = nh3.clean(html, tags=PROSE_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https"})
    return clean.replace("<p></p>", "")


def plain(text: str) -> str:
    """``text`` without the characters that XML cannot hold."""
    return _ILLEGAL.sub("", text)


def legible(thing: T) -> T:
    """Every text of it plain."""
    changes: dict[str, Any] = {}
    for field in fields(thing):
        value = getattr(thing, field.name)
        if isinstance(value, str):
            changes[field.name] = plain(value)
        elif isinstance(value, tuple):
            changes[field.name] = tuple(_legible_items(value))
    return replace(thing, **changes)


def _legible_items(items: Iterable[object]) -> Iterable[object]:
    for item in items:
        yield plain(item) if isinstance(item, str) else legible(item) if isinstance(item, Entry) else item

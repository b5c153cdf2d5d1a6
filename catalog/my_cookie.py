"""What a visitor's browser keeps: the list where there is no JavaScript, and the right to change an address of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse

from catalog.domain.lists import STATES, Entry, Refused, read_entry

COOKIE = "my"
SALT = "catalog.my"
FORGOTTEN_COOKIE = "my_forgotten"
FORGOTTEN_SECONDS = 60  # for the browser to come back to its list
ADDRESS_COOKIE = "my_address"
ADDRESS_SALT = "catalog.my.address"
SCRIPTED = ".scripted"  # behind the public id of an address that follows what the browser keeps by itself
ADDRESS_SECONDS = 400 * 86400  # as long as browsers keep a cookie
YEAR_SECONDS = 365 * 86400
MOST_ENTRIES = 60
MOST_BYTES = 3900  # browsers drop a cookie of 4096, its name and attributes included
KINDS = ("title", "loop", "video")


class Full(Exception):
    """The cookie cannot hold so much."""


@dataclass(frozen=True, slots=True)
class Kept:
    """``broken``: there is a cookie, but not one of ours, or one of which nothing can be read."""

    entries: tuple[Entry, ...] = ()
    broken: bool = False

    def entry(self, kind: str, subject: str) -> Entry | None:
        return next((entry for entry in self.entries if entry.key == (kind, subject)), None)


def kept(request: HttpRequest) -> Kept:
    """What this visitor's browser brought along."""
    if not (value := request.COOKIES.get(COOKIE)):
        return Kept()
    try:
        rows = signing.loads(value, salt=SALT, max_age=YEAR_SECONDS)
        entries = tuple(filter(None, map(_entry, rows)))
    except (signing.BadSignature, ValueError, TypeError):
        return Kept(broken=True)
    return Kept(entries, broken=not entries)


def keep(response: HttpResponse, request: HttpRequest, entries: Iterable[Entry]) -> None:
    """Have the browser keep these. Raises ``Full``."""
    value = packed(entries)
    if not value:
        forget(response)
        return
    response.set_cookie(COOKIE, value, max_age=YEAR_SECONDS, httponly=True, samesite="Lax", secure=request.is_secure())


def packed(entries: Iterable[Entry]) -> str:
    """The cookie's value; "" for an empty list. Raises ``Full``."""
    rows = [_row(entry) for entry in entries if entry.kept]
    value = signing.dumps(rows, salt=SALT, compress=True) if rows else ""
    if len(rows) > MOST_ENTRIES or len(value) > MOST_BYTES:
        raise Full
    return value


def forget(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, samesite="Lax")


def forget_all(response: HttpResponse, request: HttpRequest) -> None:
    """Also what the browser keeps by itself: its script ends this cookie once that is done."""
    forget(response)
    response.set_signed_cookie(
        FORGOTTEN_COOKIE, "1", salt=SALT, max_age=FORGOTTEN_SECONDS, samesite="Lax", secure=request.is_secure()
    )


def was_forgotten(request: HttpRequest) -> bool:
    """Whether the visitor asked for that just now."""
    return request.get_signed_cookie(FORGOTTEN_COOKIE, None, salt=SALT, max_age=FORGOTTEN_SECONDS) is not None


def address(request: HttpRequest) -> str | None:
    """The public id of the address that this browser may change and revoke."""
    found = _address_cookie(request)
    return found.removesuffix(SCRIPTED) if found else None


def follows_cookie(request: HttpRequest) -> bool:
    """Whether that address is made of the list in the cookie, rather than of one that a script keeps."""
    found = _address_cookie(request)
    return found is not None and not found.endswith(SCRIPTED)


def _address_cookie(request: HttpRequest) -> str | None:
    found: str | None = request.get_signed_cookie(ADDRESS_COOKIE, None, salt=ADDRESS_SALT, max_age=ADDRESS_SECONDS)
    return found


def keep_address(response: HttpResponse, request: HttpRequest, public_id: str, *, scripted: bool) -> None:
    response.set_signed_cookie(
        ADDRESS_COOKIE,
        public_id + SCRIPTED if scripted else public_id,
        salt=ADDRESS_SALT,
        max_age=ADDRESS_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def forget_address(response: HttpResponse) -> None:
    response.delete_cookie(ADDRESS_COOKIE, samesite="Lax")


def _row(entry: Entry) -> list[Any]:
    state = ("", *STATES).index(entry.state)
    return [KINDS.index(entry.kind), entry.subject, int(entry.heart), state, entry.seen, entry.added, entry.changed]


def _entry(row: list[Any]) -> Entry | None:
    """None where the site that wrote it had other rules."""
    try:
        kind, subject, heart, state, seen, added, changed = row
        named = {"kind": KINDS[kind], "subject": subject, "heart": bool(heart), "state": ("", *STATES)[state]}
        return read_entry(named | {"seen": seen, "added": added, "changed": changed})
    except (Refused, ValueError, TypeError, IndexError):
        return None

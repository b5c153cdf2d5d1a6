"""What can be a favourite: read from an address or an id, and asked for at its source."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override

from catalog.domain import videos
from catalog.domain.favourites import Item
from catalog.domain.loops import Loop, LoopSeries
from catalog.domain.titles import Title
from catalog.services import anilibria, animeloop, loopsvideo, pasted
from catalog.services.answer import Answer

KINDS = ("title", "loop", "series", "video")
PAGES = {  # of this site: which of the path's parts names the thing
    "catalog:title": ("title", "slug"),
    "catalog:title_loops": ("title", "slug"),
    "catalog:episode": ("title", "slug"),
    "catalog:loop": ("loop", "id"),
    "catalog:series": ("series", "id"),
    "catalog:video": ("video", "code"),
}
LONGEST_TITLE_ID = 9  # digits


@dataclass(frozen=True, slots=True)
class Subject:
    """``name``: an id, of a title also its code, of a video its shortcode."""

    kind: str
    name: str


def read(text: str, kind: str = "") -> list[Subject]:
    """What ``text`` may mean, the likeliest first: an address of a source or of this site, an id, or a code.

    Without ``kind`` it may say that itself: "loop:59adf78a3bb11f2eb1c3222d".
    """
    text = text.strip()
    before, sign, after = text.partition(":")
    if sign and not kind and before in KINDS:
        kind, text = before, after.strip()
    candidates = [*_addressed(text), *_named(text)]
    return [one for one in dict.fromkeys(candidates) if not kind or one.kind == kind]


def ask(subject: Subject) -> Answer[Item]:
    """As its source tells it. Raises an ``UpstreamError``."""
    if subject.kind == "title":
        title = anilibria.title(title_key(subject.name), fields=anilibria.CARD_FIELDS, include=())
        return title.map(lambda item: item)
    if subject.kind == "loop":
        return animeloop.loop(subject.name).map(lambda item: item)
    if subject.kind == "series":
        return animeloop.series(subject.name).map(lambda item: item)
    return loopsvideo.video_by_shortcode(subject.name).map(lambda item: item)


def subject_of(item: Item) -> Subject:
    """By the name that never changes."""
    match item:
        case Title():
            return Subject("title", str(item.id))
        case Loop():
            return Subject("loop", item.id)
        case LoopSeries():
            return Subject("series", item.id)
        case _:
            return Subject("video", videos.shortcode(item.id))


def _addressed(text: str) -> Iterator[Subject]:
    for found in pasted.found(text):
        if found.kind in KINDS:
            yield Subject(found.kind, found.name)
    if path := _path_here(text):
        with suppress(Resolver404), override(get_language_from_path(path) or settings.LANGUAGE_CODE):
            match = resolve(path)
            if match.view_name in PAGES:
                kind, argument = PAGES[match.view_name]
                name = match.kwargs[argument]
                if kind not in ("loop", "series"):
                    yield Subject(kind, name)
                elif animeloop.is_object_id(name):
                    yield Subject(kind, name.lower())


def _path_here(text: str) -> str | None:
    """The path of an address of this site, with or without the site's name."""
    if text.startswith("/") and not text.startswith("//"):
        return unquote(urlsplit(text[: pasted.LONGEST]).path)
    parts = pasted.address(text)
    if parts is None:
        return None
    host, _ = split_domain_port(parts.netloc)
    return unquote(parts.path) if host and validate_host(host, settings.ALLOWED_HOSTS) else None


def _named(text: str) -> Iterator[Subject]:
    """What a word without slashes may be called."""
    if not text or "/" in text or any(sign.isspace() for sign in text) or len(text) > 100:
        return
    if animeloop.is_object_id(text):
        yield from (Subject("loop", text.lower()), Subject("series", text.lower()))
        return
    if not (text.isascii() and text.isdigit()) or len(text) <= LONGEST_TITLE_ID:
        yield Subject("title", text)
    with suppress(ValueError):
        yield Subject("video", pasted.code(text))


def title_key(name: str) -> int | str:
    """An id, or a code."""
    return int(name) if name.isascii() and name.isdigit() and len(name) <= LONGEST_TITLE_ID else name


def by_final_name(subject: Subject) -> Subject | None:
    """By the name that never changes; None for a title's code."""
    if subject.kind != "title":
        return subject
    key = title_key(subject.name)
    return Subject("title", str(key)) if isinstance(key, int) else None

"""Walking docs/coverage.md: the demo on the wire below the site's own pages, and the places that its rows name.

A row's last column says where on its page each field of the second column stands, one entry a field with ``;`` between
them, or one entry for all. An entry is an address, where it is not the row's own page, and then one of

* a CSS selector, ``@attribute`` behind it for an attribute;
* a word with a colon behind it: the ``<dd>`` of that ``<dt>``.

Both may hold ``<names>``, which are the subject's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, is_dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import requests_mock
from bs4 import BeautifulSoup, Tag
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, include, path, resolve
from django.utils import timezone
from django.utils.formats import date_format

from catalog.api.anilibria import urls as anilibria
from catalog.api.animeloop import urls as animeloop
from catalog.demo.loops import DemoLoops
from catalog.demo.titles import DemoTitles
from catalog.demo.videos import DemoVideos, pages
from catalog.services import transport

ORIGIN = "http://127.0.0.1:9000"
TABLE = Path(__file__).resolve().parents[2] / "docs" / "coverage.md"
FIELD = re.compile(r"`([A-Z]\w+)\.(\w+)`")
HEADS = ("|---", "| method |", "| parameter |", "| field |")

Urls = tuple[URLPattern | URLResolver, ...]
_answers: dict[tuple[str, str, datetime], HttpResponse] = {}  # the demo says the same to every test, and takes its time


def demo_urls() -> Urls:
    """The three documents over the demo's data; times are those of the clock."""
    return (
        path("anilibria/", include(anilibria.urls(DemoTitles(ORIGIN, timezone.now)))),
        path("animeloop/api/v2/", include(animeloop.urls(DemoLoops(ORIGIN, timezone.now)))),
        path("loops/", include(pages.urls(DemoVideos(ORIGIN, timezone.now)))),
    )


class Wire:
    """The demo as services reach it. ``amended``: method -> what becomes of its JSON; ``asked``: methods, in order."""

    def __init__(self, urls: Urls) -> None:
        self.urls = urls
        self.amended: dict[str, Callable[[Any], Any]] = {}
        self.asked: list[str] = []
        self._requests = RequestFactory()

    def serve(self, asked: Any, context: Any) -> bytes:
        request = self._requests.get(asked.url.removeprefix(ORIGIN), headers=dict(asked.headers))
        response = self._answer(request)
        context.status_code = response.status_code
        context.headers.update(response.headers)
        method = request.path_info.rstrip("/").rpartition("/")[2]
        self.asked.append(method)
        if method in self.amended and response.status_code == 200:
            return json.dumps(self.amended[method](json.loads(response.content))).encode()
        return bytes(response.content)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        question = (request.get_full_path(), str(request.headers), timezone.now().replace(second=0, microsecond=0))
        known = _answers.get(question) if self.urls else None
        if known is None:
            view, args, kwargs = resolve(request.path_info, self.urls)  # type: ignore[arg-type] # as good as a module
            known = view(request, *args, **kwargs)
            if "random" not in request.path_info.lower():
                _answers[question] = known
        return known


@contextmanager
def demo_below(settings: Any, folder: Path, urls: Urls) -> Iterator[Wire]:
    """The site's pages stay as they are; what its services ask is answered by ``urls``, and kept in ``folder``."""
    settings.DATA_DIR = folder
    settings.CACHE_URL, settings.UPSTREAM_CACHE_URL = "locmem://", "sqlite://"
    settings.ANILIBRIA_URL = f"{ORIGIN}/anilibria/v2"
    settings.ANILIBRIA_STATIC_URL = settings.ANILIBRIA_SITE_URL = ORIGIN
    settings.ANIMELOOP_URL, settings.LOOPS_URL = f"{ORIGIN}/animeloop/api/v2", f"{ORIGIN}/loops"
    settings.MEDIA_ORIGINS = [ORIGIN]
    settings.UPSTREAM_DEADLINE_SECONDS = 60.0  # the demo computes within this process, however busy it is
    wire = Wire(urls)
    transport.reset()
    with requests_mock.Mocker(case_sensitive=True) as mocker:
        for method in ("GET", "HEAD"):
            mocker.register_uri(method, re.compile(re.escape(f"{ORIGIN}/")), content=wire.serve)
        yield wire
        transport.reset()


# The table


class Row(NamedTuple):
    """``places`` is empty where the table does not say where on the page."""

    section: str
    what: str
    service: str
    page: str
    places: str = ""

    @property
    def fields(self) -> list[tuple[str, str]]:
        """Domain objects' (type, field), in the order of the places."""
        return FIELD.findall(self.service.partition(" in `")[0])

    @property
    def around(self) -> list[tuple[str, str]]:
        """The fields which hold the objects that have those."""
        return FIELD.findall(self.service)[len(self.fields) :]

    @property
    def addresses(self) -> list[str]:
        return re.findall(r"`(/[^`]*)`", re.sub(r"\*to come\*.*", "", self.page))

    def place(self, name: tuple[str, str]) -> Place:
        entries = self.places.split(";")
        entry = entries[0] if len(entries) == 1 else entries[self.fields.index(name)]
        address, where = re.fullmatch(r"\s*(?:`(/[^`]*)` )?`([^`]+)`\s*", entry).groups()
        return Place(address or self.addresses[0], where)


@dataclass(frozen=True)
class Place:
    address: str
    where: str

    def of(self, subject: Mapping[str, object]) -> Place:
        return Place(filled(self.address, subject), filled(self.where, subject))


def rows(table: Path = TABLE) -> list[Row]:
    section, found = "", []
    for line in table.read_text().splitlines():
        if line.startswith("## "):
            section = line.removeprefix("## ")
        elif line.startswith("|") and not line.startswith(HEADS):
            found.append(Row(section, *(cell.strip() for cell in line.strip().strip("|").split("|"))))
    return found


def filled(text: str, subject: Mapping[str, object]) -> str:
    """``text`` with the subject's names put in; a name that it does not have is an error."""
    return re.sub(r"<(\w+)>", lambda name: str(subject[name[1]]), text)


# Pages


class Walker:
    """Opens each page once."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self._opened: dict[str, BeautifulSoup] = {}

    def open(self, address: str) -> BeautifulSoup:
        if address not in self._opened:
            response = self.client.get(address)
            assert response.status_code == 200, f"{address}: {response.status_code}"
            page = self._opened[address] = BeautifulSoup(response.content, "html.parser")
            for end in page.select("br"):
                end.replace_with("\n")
        return self._opened[address]

    def at(self, place: Place) -> list[str]:
        """What stands there, an entry for each element, white space made single."""
        where, _, attribute = place.where.partition("@")
        return [words(_attribute(found, attribute) if attribute else found) for found in self._select(place, where)]

    def _select(self, place: Place, where: str) -> Sequence[Tag]:
        page = self.open(place.address)
        if not where.endswith(":"):
            return page.select(where)
        scope, _, name = where.removesuffix(":").rpartition(" > ")
        terms = [term for term in page.select(f"{scope} dt" if scope else "dt") if words(term) == name]
        return [described for term in terms if (described := term.find_next_sibling("dd")) is not None]


def _attribute(tag: Tag, name: str) -> str:
    return str(tag.get(name, ""))


def words(found: Tag | str) -> str:
    text = found if isinstance(found, str) else found.string if found.name == "script" else found.get_text()
    return " ".join((text or "").split())


# The walk


class Count(int):
    """So many elements stand there, whatever they say."""


Said = str | Count | list[str] | None
Speak = Callable[[Any, Any], Said]  # (value, its object) -> what a page says of it; nothing where that is fine
Subject = tuple[object, Mapping[str, object]]  # an object, and the names that addresses and places have for it

SUBJECTS = 2  # of each field, with different values where there are any


def problems(
    rows: Sequence[Row], subjects: Sequence[Subject], walker: Walker, spoken: Mapping[str, Speak]
) -> list[str]:
    """What of the rows' fields is not where they say, in words; ``spoken``: "Type.field" -> how it is put."""
    found = []
    for row in rows:
        for kind, name in row.fields:
            speak = spoken.get(f"{kind}.{name}", _as_it_is)
            told = [
                (subject, said)
                for owner, subject in subjects
                if type(owner).__name__ == kind and (said := _said(speak, owner, name))
            ]
            if not told:
                found.append(f"{kind}.{name}: nothing in the demo has it")
            elif not row.places:
                found.append(f"{kind}.{name}: its row does not say where it is shown")
            for subject, said in list({str(said): (subject, said) for subject, said in told}.values())[:SUBJECTS]:
                place = row.place((kind, name)).of(subject) if row.places else None
                if place and (missing := _missing(said, walker.at(place))):
                    found.append(f"{kind}.{name}: no {missing!r} at {place.where} of {place.address}")
    return found


def _said(speak: Speak, owner: object, name: str) -> Said:
    value = getattr(owner, name)
    return None if value is None or value in ("", ()) else speak(value, owner)


def _missing(said: Said, there: list[str]) -> object:
    """Whatever of ``said`` is not there as a whole word."""
    if isinstance(said, Count):
        return None if len(there) == said else f"{said} elements, but {len(there)}"
    every = [said] if isinstance(said, str) else said or []
    whole = (rf"(?<!\w){re.escape(words(each))}(?!\w)" for each in every)
    return [each for each, pattern in zip(every, whole, strict=True) if not any(re.search(pattern, at) for at in there)]


def _as_it_is(value: Any, owner: Any) -> Said:
    if isinstance(value, tuple):
        return Count(len(value)) if is_dataclass(value[0]) else [str(each) for each in value]
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "j E Y, H:i")
    return str(value)

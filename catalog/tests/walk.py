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
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import requests_mock
from bs4 import BeautifulSoup, Tag
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, include, path, resolve
from django.utils import timezone

from catalog.api.anilibria import urls as anilibria
from catalog.api.animeloop import urls as animeloop
from catalog.demo.loops import DemoLoops
from catalog.demo.titles import DemoTitles
from catalog.demo.videos import DemoVideos, pages
from catalog.services import transport

ORIGIN = "http://127.0.0.1:9000"
TABLE = Path(__file__).resolve().parents[2] / "docs" / "coverage.md"
HEADS = ("|---", "| method |", "| parameter |", "| field |")

Urls = tuple[URLPattern | URLResolver, ...]


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
        view, args, kwargs = resolve(request.path_info, self.urls)  # type: ignore[arg-type] # as good as a module
        response = view(request, *args, **kwargs)
        context.status_code = response.status_code
        context.headers.update(response.headers)
        method = request.path_info.rstrip("/").rpartition("/")[2]
        self.asked.append(method)
        if method in self.amended and response.status_code == 200:
            return json.dumps(self.amended[method](json.loads(response.content))).encode()
        return bytes(response.content)


@contextmanager
def demo_below(settings: Any, folder: Path, urls: Urls) -> Iterator[Wire]:
    """The site's pages stay as they are; what its services ask is answered by ``urls``, and kept in ``folder``."""
    settings.DATA_DIR = folder
    settings.CACHE_URL, settings.UPSTREAM_CACHE_URL = "locmem://", "sqlite://"
    settings.ANILIBRIA_URL = f"{ORIGIN}/anilibria/v2"
    settings.ANILIBRIA_STATIC_URL = settings.ANILIBRIA_SITE_URL = ORIGIN
    settings.ANIMELOOP_URL, settings.LOOPS_URL = f"{ORIGIN}/animeloop/api/v2", f"{ORIGIN}/loops"
    settings.MEDIA_ORIGINS = [ORIGIN]
    wire = Wire(urls)
    transport.reset()
    with requests_mock.Mocker(case_sensitive=True) as mocker:
        mocker.get(re.compile(re.escape(f"{ORIGIN}/")), content=wire.serve)
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
        """Domain objects' (type, field) in the order of the places."""
        return [(found[1], found[2]) for found in re.finditer(r"`([A-Z]\w+)\.(\w+)`", self.service)]

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
            self._opened[address] = BeautifulSoup(response.content, "html.parser")
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

"""What search engines are told about, and asked to leave alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as render
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from catalog import links
from catalog.domain.loops import Loop
from catalog.domain.titles import Title
from catalog.http import Page
from catalog.services import anilibria, animeloop, favourites, index
from catalog.services.answer import Answer
from catalog.services.together import together

TITLES = 2000
MOST = 50000  # addresses in one file, by the protocol; more titles than anybody has
LOOPS = 100  # as many as one answer has
HOUR_SECONDS = 3600
PAGES = ("home", "catalog", "schedule", "feed", "clips", "team", "stats", "loops", "videos", "favourites", "about")
UNREAD = (
    "/admin/",
    "/ru/admin/",
    "/theme/",
    "/zone/",
    "/random/",
    "/ru/random/",
    "/loops/random/",
    "/ru/loops/random/",
    "/torznab/",
    "/my/",
    "/ru/my/",
)


@dataclass(frozen=True, slots=True)
class Address:
    route: str
    argument: str | None = None
    changed_at: datetime | None = None


class Addresses(Sitemap):  # type: ignore[type-arg]  # at run time it takes none
    i18n = True
    alternates = True
    x_default = True

    def __init__(self, addresses: Iterable[Address]) -> None:
        self.addresses = list(addresses)

    def items(self) -> list[Address]:
        return self.addresses

    def location(self, item: Address) -> str:
        return reverse(f"catalog:{item.route}", args=[item.argument] if item.argument else None)

    def lastmod(self, item: Address) -> datetime | None:
        return item.changed_at


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """What can be had cheaply; an upstream that is down is only missing. No videos: theirs is not ours to announce."""
    blocks = together(
        titles=_known_titles(),
        loops=partial(animeloop.loops, limit=LOOPS),
    )
    titles, loops = blocks["titles"].value or (), blocks["loops"].value or ()
    addresses = [*map(Address, PAGES), *map(_title, titles), *_loops(loops), *_shelves()]
    rendered = render(request, {"all": Addresses(addresses)})
    assert isinstance(rendered, TemplateResponse)  # noqa: S101  as the framework documents it
    response = Page(rendered.render().content, headers=rendered.headers)
    response.settled = all(block.ok and not block.stale for block in blocks.values())
    patch_cache_control(
        response, **({"public": True, "max_age": HOUR_SECONDS} if response.settled else {"no_cache": True})
    )
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in UNREAD)]
    lines += ["", f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), "text/plain", headers={"Cache-Control": f"public, max-age={HOUR_SECONDS}"})


def _known_titles() -> Callable[[], Answer[tuple[Title, ...]]]:
    """All that the index has; until there is one, what the upstream tells in a few short fields each."""
    progress = index.progress()
    catalogue = index.catalogue(progress)
    if catalogue is None or progress.refreshed_at is None:
        return partial(anilibria.updates, TITLES, fields=("code", "id", "last_change", "updated"))
    titles = index.cards(catalogue.find(index.Wanted(), 0, MOST).ids)
    return partial(Answer, titles, progress.refreshed_at, progress.stale)


def _title(title: Title) -> Address:
    return Address("title", links.title_slug(title), title.changed_at or title.updated_at)


def _loops(loops: Iterable[Loop]) -> Iterator[Address]:
    """The loops, and their series once each."""
    series: dict[str, None] = {}
    for loop in loops:
        yield Address("loop", loop.id, loop.uploaded_at)
        if loop.series_id:
            series[loop.series_id] = None
    yield from (Address("series", id) for id in series)


def _shelves() -> Iterator[Address]:
    return (Address("collection", shelf.slug, shelf.changed_at) for shelf in favourites.shelves())

"""The catalogue: filters with counts and search over the index; until that has run, what the upstream can search."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from catalog.domain.titles import Title
from catalog.forms import LAST_PAGE, TEAM_ROLES, CatalogForm
from catalog.http import RETRY_SECONDS, is_swap, redirected, render_page
from catalog.services import anilibria, index
from catalog.services.answer import Answer
from catalog.services.together import Block, together
from catalog.views.pasted import pasted

TITLES_A_PAGE = 24
PEOPLE_SHOWN = 5  # of each role; the others can be typed
SUGGESTIONS = 8


class Option(NamedTuple):
    value: str
    titles: int
    on: bool


@require_safe
def catalog(request: HttpRequest) -> HttpResponse:
    if there := pasted(request.GET.get("q", "")):
        return redirected(request, there.url)
    form, progress = CatalogForm(request.GET), index.progress()
    catalogue = index.catalogue(progress)
    if catalogue is None:
        return _page(request, form, _searched(form) | {"index": Block(), "progress": progress})
    return _page(request, form, _indexed(form, catalogue, progress))


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """A few titles for what is being typed, or what a pasted address is of."""
    form, progress = CatalogForm(request.GET), index.progress()
    text, catalogue = form.values["q"], index.catalogue(progress)
    ids = catalogue.find(index.Wanted(text=text), 0, SUGGESTIONS).ids if catalogue and text else ()
    there = pasted(request.GET.get("q", ""))
    context = {"titles": index.cards(ids), "typed": text, "ready": catalogue is not None, "pasted": there}
    return render_page(request, "catalog/_suggestions.html", None, context)


@never_cache
@require_safe
def indexing(request: HttpRequest) -> HttpResponse:
    """How far the first reading of the catalogue is."""
    return render(request, "catalog/_indexing.html", {"progress": index.progress()})


def _page(request: HttpRequest, form: CatalogForm, parts: dict[str, Any]) -> HttpResponse:
    found, page = parts["found"], form.values["page"]
    appended = is_swap(request) and page > 1 and found.ok
    shown = page * TITLES_A_PAGE if appended else TITLES_A_PAGE
    context = parts | {
        "form": form,
        "appended": appended,
        "shown": shown,
        "swap": is_swap(request),
        "typed": form.values["q"],
    }
    fragment = "catalog/_more_titles.html" if appended else "catalog/_results.html"
    response = render_page(request, "catalog/catalog.html", fragment, context, status=200 if found.ok else 503)
    if not found.ok:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _indexed(form: CatalogForm, catalogue: index.Catalogue, progress: index.Progress) -> dict[str, Any]:
    form.learn_vocabulary(catalogue.facets.vocabulary)
    page = form.values["page"]
    found = catalogue.find(form.wanted(), (page - 1) * TITLES_A_PAGE, TITLES_A_PAGE)
    more = page * TITLES_A_PAGE < found.total and page < LAST_PAGE
    titles = index.cards(found.ids)
    return {
        "found": Block(answer=Answer(titles, progress.refreshed_at or timezone.now(), progress.stale)),
        "titles": titles,
        "total": found.total,
        "more": form.query(page=page + 1) if more else None,
        "facets": _facets(form, catalogue, found.counts),
        "loosened": [] if found.total else _loosened(form, catalogue),
    }


def _facets(
    form: CatalogForm, catalogue: index.Catalogue, counts: Mapping[str, Mapping[str, int]]
) -> dict[str, list[Option]]:
    """The values of every facet; of people those who did the most and those picked."""
    facets = {}
    for name, values in catalogue.facets.vocabulary.items():
        picked = form.values[name]
        if name in TEAM_ROLES:
            values = tuple(dict.fromkeys((*values[:PEOPLE_SHOWN], *picked)))
        facets[name] = [Option(value, counts[name][value], value in picked) for value in values]
    return facets


def _loosened(form: CatalogForm, catalogue: index.Catalogue) -> list[tuple[str, str, str, int]]:
    """Which one part of the question stands in the way, as (field, value, address without it, titles then)."""
    ways = [(chip.name, chip.value, chip.without, catalogue.count(form.wanted(**chip.changes))) for chip in form.picked]
    if form.values["q"]:
        ways.append(("q", form.values["q"], form.query(page=1, q=""), catalogue.count(form.wanted(q=""))))
    return sorted((way for way in ways if way[3]), key=lambda way: -way[3])


def _searched(form: CatalogForm) -> dict[str, Any]:
    """Everything is asked for at once; only what the upstream turns out not to know costs a second question."""
    form.postpone()
    blocks = together(
        titles=partial(_titles, form),
        years=anilibria.years,
        genres=partial(anilibria.genres, by_rating=True),
        team=anilibria.team,
    )
    if form.learn(blocks["years"].value, blocks["genres"].value, blocks["team"].value):
        blocks |= together(titles=partial(_titles, form))
    form.postpone()
    found, page = blocks["titles"], form.values["page"]
    titles = found.value or ()
    more = form.query(page=page + 1) if len(titles) > TITLES_A_PAGE and page < LAST_PAGE else None
    return blocks | {"found": found, "titles": titles[:TITLES_A_PAGE], "more": more}


def _titles(form: CatalogForm) -> Answer[tuple[Title, ...]]:
    """One more than a page shows: whether there is a next page."""
    after = (form.values["page"] - 1) * TITLES_A_PAGE
    return anilibria.search(**form.asked, limit=TITLES_A_PAGE + 1, after=after)

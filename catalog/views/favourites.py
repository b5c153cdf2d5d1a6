"""What curators chose: all collections, and one of them. Drawn from what was kept, so no source can take them away."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from catalog.domain.favourites import Shelf
from catalog.forms import QueryForm
from catalog.http import render_page
from catalog.services import favourites as service
from catalog.services.answer import Answer


@require_safe
def favourites(request: HttpRequest) -> HttpResponse:
    context = {"form": QueryForm(request.GET), "shelves": service.shelves()}
    return render_page(request, "catalog/collections.html", "catalog/_collections.html", context)


@require_safe
def collection(request: HttpRequest, slug: str) -> HttpResponse:
    shelf = service.shelf(slug)
    if shelf is None:
        raise Http404(f"no collection {slug}")
    context = {"form": QueryForm(request.GET), **told(shelf)}
    return render_page(request, "catalog/collection.html", "catalog/_collection.html", context)


def told(shelf: Shelf) -> dict[str, Any]:
    """The shelf, and which sources are silent about what is on it since when."""
    silent = [(source, Answer(None, moment, stale=True)) for source, moment in shelf.silent.items()]
    return {"shelf": shelf, "silent": silent}

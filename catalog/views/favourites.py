"""What curators chose: all collections, and one of them. Drawn from what was kept, so no source can take them away."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from catalog.forms import QueryForm
from catalog.http import render_page
from catalog.services import favourites as service


@require_safe
def favourites(request: HttpRequest) -> HttpResponse:
    context = {"form": QueryForm(request.GET), "shelves": service.shelves()}
    return render_page(request, "catalog/collections.html", "catalog/_collections.html", context)


@require_safe
def collection(request: HttpRequest, slug: str) -> HttpResponse:
    shelf = service.shelf(slug)
    if shelf is None:
        raise Http404(f"no collection {slug}")
    context = {"form": QueryForm(request.GET), "shelf": shelf}
    return render_page(request, "catalog/collection.html", "catalog/_collection.html", context)

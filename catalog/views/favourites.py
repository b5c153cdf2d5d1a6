"""What curators chose: all collections, and one of them. Drawn from what was kept, so no source can take them away."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from catalog.forms import QueryForm
from catalog.http import Page, render_page
from catalog.services import favourites as service
from catalog.services import loop_index
from catalog.services.animeloop import LoopFilter
from catalog.templatetags.favourites import shelf_picture

SHEET_SECONDS = 3600


@require_safe
def favourites(request: HttpRequest) -> HttpResponse:
    context = {"form": QueryForm(request.GET), "shelves": service.shelves()}
    return render_page(request, "catalog/collections.html", "catalog/_collections.html", context)


@require_safe
def collection(request: HttpRequest, slug: str) -> HttpResponse:
    shelf = service.shelf(slug)
    if shelf is None:
        raise Http404(f"no collection {slug}")
    context = {
        "form": QueryForm(request.GET),
        "shelf": shelf,
        "has_loops": loop_index.has(LoopFilter(favourites=slug)),
    }
    return render_page(request, "catalog/collection.html", "catalog/_collection.html", context)


@require_safe
def collection_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture by which others show a link to the collection; until one can be made, the first there is."""
    shelf = service.shelf(slug)
    if shelf is None:
        raise Http404(f"no collection {slug}")
    if content := service.sheet(shelf):
        response = Page(content, content_type="image/jpeg")
        response.settled = True
        patch_cache_control(response, public=True, max_age=SHEET_SECONDS)
        return response
    if instead := shelf_picture(shelf):
        return redirect(instead)
    raise Http404(f"no picture of {slug}")

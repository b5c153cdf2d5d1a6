"""All series that loops were cut from."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from catalog.forms import SeriesForm
from catalog.http import render_page
from catalog.services import animeloop, gallery, loop_index
from catalog.services.together import together

SERIES_A_PAGE = 24


@require_safe
def all_series(request: HttpRequest) -> HttpResponse:
    """By season and kind, or found by words. The choice of seasons may be missing."""
    form = SeriesForm(request.GET)
    blocks = together(
        found=partial(gallery.series_list, **form.asked, limit=SERIES_A_PAGE),
        seasons=animeloop.seasons,
    )
    if blocks["found"].error:
        raise blocks["found"].error
    found = blocks["found"].value or ()
    context = {
        "form": form,
        **blocks,
        "types": loop_index.series_types(),
        "counts": loop_index.loops_by_series([series.id for series in found]),
        "more": form.next_page if len(found) == SERIES_A_PAGE else None,
        "shown": (form.values["page"] - 1) * SERIES_A_PAGE + len(found),
    }
    fragment = "catalog/_more_series.html" if form.values["page"] > 1 else "catalog/_all_series.html"
    return render_page(request, "catalog/all_series.html", fragment, context)

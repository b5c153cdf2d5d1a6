"""Clips of the team's channels, and the picture of one that has none which may be loaded."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from catalog.art.posters import PosterSubject, poster_svg
from catalog.forms import QueryForm
from catalog.http import render_page
from catalog.services import asked
from catalog.services.asked import ITEMS_A_PAGE as CLIPS_A_PAGE

YEAR_SECONDS = 365 * 86400
LONGEST_ID = 64


@require_safe
def clips(request: HttpRequest) -> HttpResponse:
    form = QueryForm(request.GET)
    page = form.values["page"]
    answer = asked.clips(page)
    context = {
        "form": form,
        "answer": answer,
        "clips": answer.value[:CLIPS_A_PAGE],
        "more": form.next_page if len(answer.value) > CLIPS_A_PAGE else None,
    }
    fragment = "catalog/_more_clips.html" if page > 1 else "catalog/_clips.html"
    return render_page(request, "catalog/clips.html", fragment, context)


@require_safe
def still(request: HttpRequest, youtube_id: str) -> HttpResponse:
    """Drawn from the id alone, for a picture on a host that pages may not load from."""
    if len(youtube_id) > LONGEST_ID:
        raise Http404
    drawn = poster_svg(PosterSubject(id=0, code=youtube_id, name="YouTube"))
    return HttpResponse(
        drawn, content_type="image/svg+xml", headers={"Cache-Control": f"public, max-age={YEAR_SECONDS}, immutable"}
    )

"""The catalogue: search and the upstream's own filters, a page at a time."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from catalog.domain.titles import Title
from catalog.forms import LAST_PAGE, CatalogForm
from catalog.http import RETRY_SECONDS, is_swap, render_page
from catalog.services import anilibria
from catalog.services.answer import Answer
from catalog.services.together import together

TITLES_A_PAGE = 24


@require_safe
def catalog(request: HttpRequest) -> HttpResponse:
    """Everything is asked for at once; only what the upstream turns out not to know costs a second question."""
    form = CatalogForm(request.GET)
    blocks = together(
        titles=partial(_titles, form),
        years=anilibria.years,
        genres=partial(anilibria.genres, by_rating=True),
        team=anilibria.team,
    )
    if form.learn(blocks["years"].value, blocks["genres"].value, blocks["team"].value):
        blocks |= together(titles=partial(_titles, form))
    found, page = blocks["titles"], form.values["page"]
    titles = found.value or ()
    more = form.query(page=page + 1) if len(titles) > TITLES_A_PAGE and page < LAST_PAGE else None
    appended = is_swap(request) and page > 1 and found.ok
    context = blocks | {
        "form": form,
        "found": found,
        "titles": titles[:TITLES_A_PAGE],
        "more": more,
        "appended": appended,
        "shown": page * TITLES_A_PAGE if appended else TITLES_A_PAGE,
    }
    fragment = "catalog/_more_titles.html" if appended else "catalog/_results.html"
    response = render_page(request, "catalog/catalog.html", fragment, context, status=200 if found.ok else 503)
    if not found.ok:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _titles(form: CatalogForm) -> Answer[tuple[Title, ...]]:
    """One more than a page shows: whether there is a next page."""
    after = (form.values["page"] - 1) * TITLES_A_PAGE
    return anilibria.search(**form.asked, limit=TITLES_A_PAGE + 1, after=after)

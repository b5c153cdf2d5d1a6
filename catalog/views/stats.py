"""What the tracker's users gave and took."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from catalog.forms.lists import StatsForm
from catalog.http import render_page
from catalog.services.seeders import seeders

USERS_A_PAGE = 50


@require_safe
def stats(request: HttpRequest) -> HttpResponse:
    form = StatsForm(request.GET)
    page = form.values["page"]
    before = (page - 1) * USERS_A_PAGE
    answer = seeders(**form.asked, limit=USERS_A_PAGE + 1, after=before)
    context = {
        "form": form,
        "answer": answer,
        "users": answer.value[:USERS_A_PAGE],
        "before": before,
        "more": form.next_page if len(answer.value) > USERS_A_PAGE else None,
        "previous": form.query(page=page - 1) if page > 1 else None,
    }
    return render_page(request, "catalog/stats.html", "catalog/_stats.html", context)

"""What came out: updated titles and clips in one list."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalog.forms import QueryForm
from catalog.http import render_page
from catalog.services import asked
from catalog.services.asked import ITEMS_A_PAGE


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    form = QueryForm(request.GET)
    page = form.values["page"]
    answer = asked.feed(page)
    context = {
        "form": form,
        "answer": answer,
        "items": answer.value[:ITEMS_A_PAGE],
        "more": form.next_page if len(answer.value) > ITEMS_A_PAGE else None,
        "now": timezone.now(),
    }
    fragment = "catalog/_more_feed.html" if page > 1 else "catalog/_feed.html"
    return render_page(request, "catalog/feed.html", fragment, context)

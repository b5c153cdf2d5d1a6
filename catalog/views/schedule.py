"""The week board."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalog.domain.week import this_week
from catalog.http import render_page
from catalog.services import anilibria


@require_safe
def schedule(request: HttpRequest) -> HttpResponse:
    answer = anilibria.schedule()
    context = {"answer": answer, "days": this_week(answer.value, timezone.now())}
    return render_page(request, "catalog/schedule.html", "catalog/_schedule.html", context)

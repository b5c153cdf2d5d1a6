"""How the site and its sources are, for whoever wonders why something is old or missing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from catalog.http import render_page
from catalog.services.status import status as state_of_things

KEEP_SECONDS = 3.0


@require_safe
def status(request: HttpRequest) -> HttpResponse:
    context = {"status": state_of_things()}
    return render_page(request, "catalog/status.html", "catalog/_status.html", context, keep_seconds=KEEP_SECONDS)

"""Figures for Prometheus."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from catalog.services.metrics import exposition


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Those of all processes that share this folder; 404 unless METRICS asks for them."""
    found = exposition()
    if found is None:
        raise Http404("METRICS is not set")
    text, content_type = found
    return HttpResponse(text, content_type=content_type)

"""Whether this process can serve; what it stands on and asks is none of its business."""

from __future__ import annotations

import platform

import django
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    versions = {
        "site": settings.VERSION,
        "python": platform.python_version(),
        "django": django.get_version(),
    }
    return JsonResponse({"status": "ok", "versions": versions})

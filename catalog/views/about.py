"""What this site is, and what its reader chose: the colours and the clock."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from catalog import zones
from catalog.http import THEMES, render_page, returned

CHOICE_SECONDS = 365 * 86400


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render_page(request, "catalog/about.html", None, {})


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers look when a page that names its icon has not been read."""
    return HttpResponseRedirect(static("img/favicon.svg"))


@csrf_exempt  # the worst a forged post does is the wrong colours, and pages stay free of a cookie for the token
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen theme and go back to the page it was chosen on."""
    chosen = request.POST.get("theme", "")
    return _kept(request, "theme", chosen if chosen in THEMES else None)


@csrf_exempt  # as above: the wrong clock
@require_POST
def zone(request: HttpRequest) -> HttpResponse:
    chosen = request.POST.get("tz", "")
    return _kept(request, zones.COOKIE, chosen if zones.is_zone(chosen) else None)


def _kept(request: HttpRequest, cookie: str, chosen: str | None) -> HttpResponse:
    """Back to where the choice was made, with it in a cookie; what is no choice changes nothing."""
    response = returned(request, reverse("catalog:home"))
    if chosen is not None:
        response.set_cookie(cookie, chosen, max_age=CHOICE_SECONDS, samesite="Lax", secure=request.is_secure())
    return response

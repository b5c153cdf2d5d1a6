"""What this site is, and the reader's choice of its colours."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from catalog.http import THEMES, render_page

THEME_COOKIE_SECONDS = 365 * 86400


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
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = reverse("catalog:home")
    response = HttpResponseRedirect(back)
    response.status_code = 303
    if (chosen := request.POST.get("theme")) in THEMES:
        response.set_cookie("theme", chosen, max_age=THEME_COOKIE_SECONDS, samesite="Lax", secure=request.is_secure())
    return response

"""Widgets: what other people's pages take from here. No session, no cookie, no word from an upstream's bad day."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.safestring import mark_safe
from django.utils.translation import override
from django.views.decorators.http import require_safe

from catalog import embeds
from catalog.art import scenes
from catalog.forms import EmbedForm
from catalog.models import Widget
from catalog.models.widgets import ANYWHERE
from catalog.services import impressions, widgets

DAY, YEAR = 86400, 365 * 86400
STILL = ("cat", 0, 0.25, 480, 270)
FOR_ALL = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}


@require_safe
def embed_loop(request: HttpRequest) -> HttpResponse:
    return _page(request, EmbedForm(request.GET), reverse("embed_loop_next"), [ANYWHERE])


@require_safe
def embed_loop_next(request: HttpRequest) -> HttpResponse:
    """The next loop for the script, on whichever page it runs."""
    response = _answer(request, EmbedForm(request.GET))
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def embed_widget(request: HttpRequest, slug: str) -> HttpResponse:
    """A saved widget, for the pages of its hosts. Its address can choose the language and nothing else."""
    widget = _enabled(slug)
    if widget is None:
        return _refusal(request, 404)
    response = _page(request, _saved(request, widget), reverse("embed_widget_next", args=[slug]), widget.ancestors)
    if request.method == "GET" and response.status_code == 200:
        impressions.count(widget.pk)
        response.headers["Cache-Control"] = "no-store"  # a view that nobody counts is none
    return response


@require_safe
def embed_widget_next(request: HttpRequest, slug: str) -> HttpResponse:
    """For the widget's own page alone: no other may read the answer."""
    widget = _enabled(slug)
    if widget is None:
        return JsonResponse({"errors": {"slug": ["no such widget"]}}, status=404)
    return _answer(request, _saved(request, widget))


@require_safe
def embed_script(request: HttpRequest) -> HttpResponse:
    """Kept for a day, then asked for again; under the address that names its version, for good."""
    response = HttpResponse(embeds.script(), content_type="text/javascript; charset=utf-8", headers=FOR_ALL)
    version = embeds.script_version()
    if request.GET.get("v") == version:
        patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    else:
        patch_cache_control(response, public=True, max_age=DAY, stale_while_revalidate=7 * DAY)
    return response


@require_safe
def embed_still(request: HttpRequest) -> HttpResponse:
    """The drawing for when there is no loop."""
    response = HttpResponse(scenes.draw(*STILL), content_type="image/svg+xml", headers=FOR_ALL)
    patch_cache_control(response, public=True, max_age=7 * DAY)
    return response


def _enabled(slug: str) -> Widget | None:
    return Widget.objects.select_related("favourites").filter(slug=slug, enabled=True).first()


def _saved(request: HttpRequest, widget: Widget) -> EmbedForm:
    query: QueryDict = widget.query
    if request.GET.get("lang") in dict(settings.LANGUAGES):
        query["lang"] = request.GET["lang"]
    return EmbedForm(query)


def _page(request: HttpRequest, form: EmbedForm, next_url: str, ancestors: Iterable[str]) -> HttpResponse:
    """The frame's whole document, which its script then keeps going. ``next_url`` answers the script."""
    with override(form.values["lang"]):
        if refused := form.refused:
            return _refusal(request, 400, refused=refused)
        choice = _choice(form)
        picture = embeds.Picture(choice.loop, form.options)
        answer = embeds.answer(request, picture, more=form.another is not None)
        context = {
            "picture": picture,
            "answer": answer,
            "state": json.dumps(answer, ensure_ascii=False),
            "another": form.another,
            "next": next_url + (form.another or ""),
            "script": f"{reverse('embed_script')}?v={embeds.script_version()}",
            "calm": request.headers.get("Save-Data", "").lower() == "on",
        }
        response = _document("embed/loop.html", context, 200, ancestors, form.values["lang"])
    _keep(response, form.keep_seconds if choice.fresh and choice.loop is not None else 0)
    patch_vary_headers(response, ["Save-Data"])
    return response


def _answer(request: HttpRequest, form: EmbedForm) -> HttpResponse:
    with override(form.values["lang"]):
        if refused := form.refused:
            errors = {one.name: one.reason for one in refused}
            return JsonResponse({"errors": errors}, status=400, headers={"Cache-Control": "no-store"})
        held = "held" in request.GET and form.another is not None  # the script could load nothing else
        choice = widgets.kept(form.where) if held else _choice(form)
        picture = embeds.Picture(choice.loop, form.options)
        response = JsonResponse(embeds.answer(request, picture, more=form.another is not None))
    _keep(response, form.keep_seconds if choice.fresh and choice.loop is not None else 0)
    return response


def _choice(form: EmbedForm) -> widgets.Choice:
    return widgets.choose(form.where, loop=form.values["loop"], seed=form.values["seed"])


def _refusal(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    """A small page that says what is wrong, wherever it is shown."""
    asked = request.GET.get("lang", "")
    language = asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with override(language):
        context |= {"status": status, "home": request.build_absolute_uri(reverse("catalog:home"))}
        response = _document("embed/refused.html", context, status, [ANYWHERE], language)
    _keep(response, 0)
    return response


def _document(
    template: str, context: dict[str, Any], status: int, ancestors: Iterable[str], language: str
) -> HttpResponse:
    """Rendered without the request, since nothing of a reader may show, with a policy of its own."""
    context |= {"style": mark_safe(embeds.style()), "site_name": settings.SITE_NAME}  # noqa: S308 (a file of ours)
    headers = {"Content-Security-Policy": embeds.policy(ancestors), "Content-Language": language}
    response = HttpResponse(render_to_string(template, context), status=status, headers=headers)
    response.xframe_options_exempt = True
    return response


def _keep(response: HttpResponse, seconds: int) -> None:
    """Shared caches may have what the address alone decides; what is drawn by chance is nobody's to keep."""
    if seconds:
        patch_cache_control(response, public=True, max_age=seconds)
    else:
        patch_cache_control(response, no_store=True)

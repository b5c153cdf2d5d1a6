"""Loops: the wall of them, one of them, one by chance, and the series they were cut from."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from catalog.domain.loops import Loop
from catalog.forms import LAST_PAGE, LoopsForm, QueryForm
from catalog.http import FRAGMENT_HEADERS, is_swap, render_page
from catalog.services import animeloop
from catalog.services.animeloop import LoopFilter
from catalog.services.together import Block, together
from catalog.services.transport import within

LOOPS_A_PAGE = 30
LOOPS_BELOW = 8  # more of the series, on a loop's page
CHOICES = 100  # as many as one answer has
SECOND_QUESTION_SECONDS = 0.15  # what follows from another answer either is at hand or comes after the page


@require_safe
def loops(request: HttpRequest) -> HttpResponse:
    """The wall, filtered. Only the loops themselves are indispensable: their number and the choices may be missing."""
    form = LoopsForm(request.GET)
    where, page = form.where, form.values["page"]
    calls = _wall_calls(where, page) | {"all_series": partial(animeloop.series_list, limit=CHOICES)}
    if where.series:
        calls["series"] = partial(animeloop.series, where.series)
        calls["episodes"] = partial(animeloop.episodes, where.series, limit=CHOICES)
    blocks = together(**calls)
    if blocks["found"].error:
        raise blocks["found"].error
    context = {"form": form, "choices": CHOICES, **blocks, **_paging(blocks, form)}
    fragment = "catalog/_more_loops.html" if page > 1 else "catalog/_loops.html"
    return render_page(request, "catalog/loops.html", fragment, context)


@require_safe
def loop(request: HttpRequest, id: str) -> HttpResponse:
    answer = animeloop.loop(id)
    context = {"answer": answer, "loop": answer.value, **_same_series(answer.value, SECOND_QUESTION_SECONDS)}
    return render_page(request, "catalog/loop.html", "catalog/_loop.html", context)


@require_safe
def loop_more(request: HttpRequest, id: str) -> HttpResponse:
    """What a loop's page would have had to wait for; by itself it is the series' wall."""
    loop = animeloop.loop(id).value
    if not is_swap(request):
        response = redirect(reverse("catalog:loops") + (f"?series={loop.series_id}" if loop.series_id else ""))
        patch_vary_headers(response, FRAGMENT_HEADERS)
        return response
    context = {"loop": loop, **_same_series(loop), "waited": True}
    return render_page(request, "catalog/loops.html", "catalog/_same_series.html", context)


@require_safe
@never_cache
def loop_random(request: HttpRequest) -> HttpResponse:
    """Another loop within the filters each time; without one, the wall that says so."""
    form = LoopsForm(request.GET)
    drawn = animeloop.random_loops(form.where, limit=1).value
    if not drawn:
        return redirect(reverse("catalog:loops") + form.query(page=1))
    return redirect("catalog:loop", drawn[0].id)


@require_safe
def series(request: HttpRequest, id: str) -> HttpResponse:
    """The series, and as blocks of their own its episodes and its loops."""
    form = QueryForm(request.GET)
    page = form.values["page"]
    calls = _wall_calls(LoopFilter(series=id), page) | {
        "series": partial(animeloop.series, id),
        "episodes": partial(animeloop.episodes, id, limit=CHOICES),
    }
    blocks = together(**calls)
    if blocks["series"].error:
        raise blocks["series"].error
    context = {"form": form, **blocks, **_paging(blocks, form)}
    fragment = "catalog/_more_loops.html" if page > 1 else "catalog/_series.html"
    return render_page(request, "catalog/series.html", fragment, context)


def _wall_calls(where: LoopFilter, page: int) -> dict[str, Any]:
    return {
        "found": partial(animeloop.loops, where, full=True, page=page, limit=LOOPS_A_PAGE),
        "count": partial(animeloop.count, where),
    }


def _paging(blocks: dict[str, Block[Any]], form: QueryForm) -> dict[str, Any]:
    """``shown`` so far, and the address of what comes next, if anything does."""
    page, found, total = form.values["page"], blocks["found"].value or (), blocks["count"].value
    shown = (page - 1) * LOOPS_A_PAGE + len(found)
    full = len(found) == LOOPS_A_PAGE and page < LAST_PAGE
    return {"shown": shown, "more": form.query(page=page + 1) if full and shown != total else None}


def _same_series(loop: Loop, seconds: float = settings.PAGE_DEADLINE_SECONDS) -> dict[str, Any]:
    """Other loops of the series, those of the same episode first."""
    if loop.series_id is None:
        return {}
    with within(seconds):
        blocks = together(**_wall_calls(LoopFilter(series=loop.series_id), page=1))
    others = [other for other in blocks["found"].value or () if other.id != loop.id]
    others.sort(key=lambda other: other.episode_id != loop.episode_id)
    return {**blocks, "others": others[:LOOPS_BELOW]}

"""Loops: the wall of them, one of them, one by chance, and the series they were cut from."""

from __future__ import annotations

from functools import partial
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from catalog.domain.loops import Loop
from catalog.forms import LAST_PAGE, GalleryForm, QueryForm
from catalog.http import FRAGMENT_HEADERS, is_swap, render_page
from catalog.services import favourites, gallery, loop_index
from catalog.services.animeloop import LoopFilter
from catalog.services.errors import UpstreamNotFound
from catalog.services.loop_files import sizes
from catalog.services.together import Block, together
from catalog.services.transport import within

LOOPS_A_PAGE = 30
DAYS = 24
LOOPS_BELOW = 8  # more of the series, on a loop's page
SECOND_QUESTION_SECONDS = 0.15  # what follows from another answer either is at hand or comes after the page


@require_safe
def loops(request: HttpRequest) -> HttpResponse:
    """The wall, filtered. Only the loops themselves are indispensable: their number and the choices may be missing."""
    form = GalleryForm(request.GET)
    if form.unseeded:
        return _shuffled(form)
    where, page = form.where, form.values["page"]
    calls = _wall_calls(where, form) | {"all_series": gallery.all_series}
    if where.series:
        calls["series"] = partial(gallery.series, where.series)
        calls["episodes"] = partial(gallery.episodes, where.series)
    elif where.episode:
        calls["its_episode"] = partial(gallery.episode, where.episode)
    blocks = together(**calls)
    if blocks["found"].error:
        raise blocks["found"].error
    context = {"form": form, "choices": gallery.CHOICES, **blocks, **_paging(blocks, form)}
    if where.favourites:
        context["collections"] = favourites.names(where.favourites)
    fragment = "catalog/_more_loops.html" if page > 1 else "catalog/_loops.html"
    return render_page(request, "catalog/loops.html", fragment, context)


@require_safe
def loop(request: HttpRequest, id: str) -> HttpResponse:
    answer = gallery.loop(id)
    known = sizes.known(answer.value)
    context = {
        "answer": answer,
        "loop": answer.value,
        "sizes": known,
        "all_sizes": len(known) == len(answer.value.files),
        **_same_series(answer.value, SECOND_QUESTION_SECONDS),
    }
    return render_page(request, "catalog/loop.html", "catalog/_loop.html", context)


@require_safe
def loop_files(request: HttpRequest, id: str) -> HttpResponse:
    """The table of a loop's files once their sizes have been asked for; a part of its page."""
    loop = gallery.loop(id).value
    if not is_swap(request):
        response = redirect("catalog:loop", loop.id)
        patch_vary_headers(response, FRAGMENT_HEADERS)
        return response
    context = {"loop": loop, "sizes": sizes.asked(loop), "all_sizes": True}
    return render_page(request, "catalog/loop.html", "catalog/_loop_files.html", context)


@require_safe
def loop_more(request: HttpRequest, id: str) -> HttpResponse:
    """What a loop's page would have had to wait for; by itself it is the series' wall."""
    loop = gallery.loop(id).value
    if not is_swap(request):
        response = redirect(reverse("catalog:loops") + (f"?series={loop.series_id}" if loop.series_id else ""))
        patch_vary_headers(response, FRAGMENT_HEADERS)
        return response
    context = {"loop": loop, **_same_series(loop), "waited": True}
    return render_page(request, "catalog/loops.html", "catalog/_same_series.html", context)


@require_safe
@never_cache
def loop_random(request: HttpRequest) -> HttpResponse:
    """Another loop within the filters each time, with a seed the same; without one, the wall that says so."""
    form = GalleryForm(request.GET)
    try:
        drawn = loop_index.pick(form.where, seed=form.values["seed"] or None)
    except UpstreamNotFound:
        return redirect(reverse("catalog:loops") + form.filters)
    return redirect("catalog:loop", drawn.id)


@require_safe
def loop_of_the_day(request: HttpRequest) -> HttpResponse:
    """Today's and those of the days before."""
    answer = gallery.days(DAYS)
    context = {"answer": answer, "days": answer.value}
    return render_page(request, "catalog/loop_days.html", "catalog/_loop_days.html", context)


@require_safe
def series(request: HttpRequest, id: str) -> HttpResponse:
    """The series, and as blocks of their own its episodes and its loops."""
    form = QueryForm(request.GET)
    page = form.values["page"]
    calls = _wall_calls(LoopFilter(series=id), form) | {
        "series": partial(gallery.series, id),
        "episodes": partial(gallery.episodes, id),
    }
    blocks = together(**calls)
    if blocks["series"].error:
        raise blocks["series"].error
    context = {"form": form, "title": loop_index.title_of(id), **blocks, **_paging(blocks, form)}
    fragment = "catalog/_more_loops.html" if page > 1 else "catalog/_series.html"
    return render_page(request, "catalog/series.html", fragment, context)


def _shuffled(form: GalleryForm) -> HttpResponse:
    """The same wall with a seed, so that it stays as it is when one comes back."""
    response = redirect(reverse("catalog:loops") + form.query(seed=token_hex(4)))
    add_never_cache_headers(response)
    patch_vary_headers(response, FRAGMENT_HEADERS)
    return response


def _wall_calls(where: LoopFilter, form: QueryForm) -> dict[str, Any]:
    order = {name: form.values[name] for name in ("order", "seed") if name in form.values}
    return {
        "found": partial(gallery.wall, where, **order, page=form.values["page"], limit=LOOPS_A_PAGE),
        "count": partial(gallery.count, where),
    }


def _paging(blocks: dict[str, Block[Any]], form: QueryForm) -> dict[str, Any]:
    """``shown`` so far, and the address of what comes next, if anything does."""
    page, found, total = form.values["page"], blocks["found"].value or (), blocks["count"].value
    shown = (page - 1) * LOOPS_A_PAGE + len(found)
    full = len(found) == LOOPS_A_PAGE and page < LAST_PAGE
    return {"shown": shown, "more": form.query(page=page + 1) if full and shown != total else None}


def _same_series(loop: Loop, seconds: float = settings.PAGE_DEADLINE_SECONDS) -> dict[str, Any]:
    """Other loops of the series, those of the same episode first, and the title that the series is."""
    if loop.series_id is None:
        return {}
    where = LoopFilter(series=loop.series_id)
    with within(seconds):
        blocks = together(found=partial(gallery.beside, loop, LOOPS_BELOW), count=partial(gallery.count, where))
    return {**blocks, "others": blocks["found"].value, "title": loop_index.title_of(loop.series_id)}

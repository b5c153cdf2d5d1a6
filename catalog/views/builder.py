"""The widget builder: options, what they look like, and the code to copy. A plain GET form."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from django_htmx.http import replace_url

from catalog import codes
from catalog.domain.loops import LoopEpisode, LoopSeries
from catalog.forms.builder import BuilderForm
from catalog.http import is_swap, render_page
from catalog.services import animeloop, favourites, loop_index
from catalog.services.animeloop import LoopFilter
from catalog.services.loop_index import EpisodeLoops
from catalog.services.together import together

CHOICES = 100  # as many as one answer of the upstream has


@require_safe
def builder(request: HttpRequest) -> HttpResponse:
    form = BuilderForm(request.GET)
    context = {
        "form": form,
        "codes": codes.codes(request, form),
        "preview": reverse("embed_loop") + form.widget_query,
        **_choices(form.values["series"], form.values["episode"]),
        "collections": favourites.names(form.values["favourites"]),
    }
    response = render_page(request, "catalog/builder.html", "catalog/_builder.html", context)
    return replace_url(response, request.path + form.query()) if is_swap(request) else response


def _choices(series: str, episode: str) -> dict[str, Any]:
    """``all_series``, and the ``episodes`` of the chosen one; of what nobody tells, only what is chosen."""
    if loop_index.answers(LoopFilter()):
        all_series = list(loop_index.all_series().value)
        episodes = list(loop_index.episodes(series).value) if series else []
    else:
        calls: dict[str, Any] = {"all_series": partial(animeloop.series_list, limit=CHOICES)}
        if series:
            calls["episodes"] = partial(animeloop.episodes, series, limit=CHOICES)
        blocks = together(**calls)
        all_series = list(blocks["all_series"].value or ())
        episodes = [EpisodeLoops(one, 0) for one in blocks["episodes"].value or ()] if series else []
    if series and series not in {one.id for one in all_series}:
        all_series.append(LoopSeries(id=series))
    if episode and episode not in {one.episode.id for one in episodes}:
        episodes.append(EpisodeLoops(LoopEpisode(id=episode), 0))
    return {"all_series": all_series, "episodes": episodes}

"""Routes, to be included below the API's base path."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, re_path
from django.views.decorators.http import conditional_page

from catalog.api.animeloop import views
from catalog.api.animeloop.envelope import bad_request, endpoint
from catalog.api.animeloop.source import LoopSource

_JSON_ROUTES: dict[str, Callable[..., HttpResponse]] = {
    "loop": views.loops,
    "loop/count": views.loop_count,
    "rand/loop": views.random_loops,
    "episode": views.episodes,
    "episode/count": views.episode_count,
    "series": views.serieses,
    "series/count": views.series_count,
    "series/season": views.seasons,
    "search/series": views.search_series,
    "tag": views.tags,
    "collection": views.collections,
}
_FILE_ROUTE = r"rand/loop-(?P<size>[^/]+?)\.(?P<type>[^/]+?)"


def urls(source: LoopSource) -> list[URLPattern]:
    """The whole API over ``source``. A slash at the end changes nothing; a route that is not there is HTTP 400."""
    given = {"source": source}
    return [
        *[re_path(rf"^{path}/?$", conditional_page(endpoint(view)), given) for path, view in _JSON_ROUTES.items()],
        re_path(rf"^{_FILE_ROUTE}/?$", endpoint(views.random_file), given),
        re_path("", endpoint(bad_request)),
    ]

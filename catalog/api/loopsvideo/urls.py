"""Routes, to be included below the instance's root."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, re_path

from catalog.api.loopsvideo import views
from catalog.api.loopsvideo.refusals import UnknownRoute
from catalog.api.loopsvideo.responses import Json, View, endpoint
from catalog.api.loopsvideo.source import VideoSource

_ROUTES: dict[str, View] = {
    "api/v1/video/<str:video_id>": views.video,
    "api/web/feed": views.feed,
    "api/v1/feed/account/<str:account_id>": views.account_feed,
    "api/v1/account/username/<str:username>": views.account,
    "api/v1/explore/tags": views.trending_tags,
    "api/v1/explore/tag-feed/<str:name>": views.tag_feed,
    "api/v1/tags/video/<str:name>": views.tagged,
}


def urls(source: VideoSource) -> list[URLPattern]:
    """The guests' API over ``source``."""
    given = {"source": source}
    return [
        *[path(route, endpoint(view), given) for route, view in _ROUTES.items()],
        re_path("", endpoint(_unknown)),
    ]


def _unknown(request: HttpRequest) -> Json:
    raise UnknownRoute

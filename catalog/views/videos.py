"""Vertical videos: the feed, those of an account or a hashtag, and one of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRedirect

from catalog.domain.videos import VideoPage
from catalog.forms import VideosForm
from catalog.http import FRAGMENT_HEADERS, is_swap, render_page
from catalog.services import loopsvideo
from catalog.services.answer import Answer
from catalog.services.errors import UpstreamBadData, UpstreamError, UpstreamNotFound, UpstreamRejected
from catalog.services.together import together
from catalog.views.errors import upstream_failed

SUSPENDED, PRIVATE, TOO_MANY = 400, 403, 429


@require_safe
def videos(request: HttpRequest) -> HttpResponse:
    """The feed; with an account or a hashtag in the address, a wall of theirs."""
    form = VideosForm(request.GET)
    values = form.values
    if values["account"].startswith("@"):
        account = loopsvideo.account(values["account"]).value
        return redirect(reverse("catalog:videos") + form.query(account=account.id))
    if values["account"] or values["trending"] or values["tag"]:
        return _wall(request, form)
    blocks = together(feed=loopsvideo.feed, tags=loopsvideo.trending_tags)
    if blocks["feed"].error:
        raise blocks["feed"].error
    return render_page(request, "catalog/videos.html", "catalog/_videos.html", {"form": form, **blocks})


@require_safe
def video(request: HttpRequest, code: str) -> HttpResponse:
    try:
        answer = loopsvideo.video_by_shortcode(code)
    except UpstreamError as error:
        return upstream_failed(request, error, _why(error))
    context = {"answer": answer, "video": answer.value}
    return render_page(request, "catalog/video.html", "catalog/_video.html", context)


def _wall(request: HttpRequest, form: VideosForm) -> HttpResponse:
    values = form.values
    try:
        answer = _listed(values)
    except (UpstreamNotFound, UpstreamRejected):
        if values["cursor"]:  # places in a list expire
            return _moved(request, form.query(cursor=""))
        if values["trending"]:  # no longer
            return _moved(request, form.query(trending="", tag=values["trending"]))
        raise
    page = answer.value
    context = {
        "form": form,
        "answer": answer,
        "videos": page.videos,
        "account": page.videos[0].account if values["account"] and page.videos else None,
        "tag": values["trending"] or values["tag"],
        "more": form.query(cursor=page.next_cursor) if page.next_cursor else None,
        "orders": [(label, form.query(sort=sort, cursor=""), sort) for sort, label in form.ORDERS],
    }
    fragment = "catalog/_more_videos.html" if values["cursor"] else "catalog/_video_wall.html"
    return render_page(request, "catalog/video_wall.html", fragment, context)


def _listed(values: dict[str, Any]) -> Answer[VideoPage]:
    cursor = values["cursor"] or None
    if values["account"]:
        return loopsvideo.account_feed(values["account"], values["sort"], cursor)
    if values["trending"]:
        return loopsvideo.trending_tag(values["trending"])
    return loopsvideo.tag(values["tag"], cursor)


def _moved(request: HttpRequest, query: str) -> HttpResponse:
    url = reverse("catalog:videos") + query
    response = HttpResponseClientRedirect(url) if is_swap(request) else redirect(url)
    patch_vary_headers(response, FRAGMENT_HEADERS)
    return response


def _why(error: UpstreamError) -> str:
    """What happened to a video, in one sentence; empty where the page for it says enough."""
    if isinstance(error, UpstreamNotFound):
        return gettext("This video was deleted, or there never was one at this address.")
    if isinstance(error, UpstreamBadData):
        return gettext("Loops sent something that cannot be read as a video.")
    sentences = {
        SUSPENDED: gettext("The account of its author is suspended, so Loops shows none of their videos."),
        PRIVATE: gettext("This video is private: only those whom its author chose may see it."),
        TOO_MANY: gettext("Loops asked us to come back later: too many videos were asked for in a short time."),
    }
    return sentences.get(error.code or 0, "")

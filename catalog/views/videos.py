"""Vertical videos: the feed, those of an account or a hashtag, and one of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from catalog import links
from catalog.domain.videos import VideoPage
from catalog.forms import AccountForm, PlaceForm, VideosForm
from catalog.http import redirected, render_page
from catalog.services import loopsvideo
from catalog.services.answer import Answer
from catalog.services.errors import UpstreamError, UpstreamNotFound, UpstreamRejected
from catalog.services.hashtags import hashtag
from catalog.services.together import together
from catalog.views.video_troubles import trouble


@require_safe
def videos(request: HttpRequest) -> HttpResponse:
    form = VideosForm(request.GET)
    if address := _moved_to(form):
        return redirect(address, permanent=True)
    blocks = together(feed=loopsvideo.feed, tags=loopsvideo.trending_tags)
    if error := blocks["feed"].error:
        return trouble(request, error, "feed")
    return render_page(request, "catalog/videos.html", "catalog/_videos.html", {"form": form, **blocks})


@require_safe
def video(request: HttpRequest, code: str) -> HttpResponse:
    try:
        answer = loopsvideo.video_by_shortcode(code)
    except UpstreamError as error:
        return trouble(request, error, "video")
    context = {"answer": answer, "video": answer.value, "embed_url": loopsvideo.embed_url(answer.value)}
    return render_page(request, "catalog/video.html", "catalog/_video.html", context)


@require_safe
def account(request: HttpRequest, username: str) -> HttpResponse:
    """An account's videos. Its number has to be asked for only where nothing of it was ever shown."""
    form = AccountForm(request.GET)
    sort, cursor = form.values["sort"], form.values["cursor"] or None
    try:
        who = loopsvideo.account(username)
        if who.value.username != username and links.account_url(who.value.username) != request.path:
            return redirect(links.account_url(who.value.username) + form.query().removesuffix("?"), permanent=True)
        answer = loopsvideo.account_feed(who.value.id, sort, cursor)
    except UpstreamError as error:
        return _expired(request, form, error) or trouble(request, error, "account")
    orders = [(label, form.query(sort=sort, cursor=""), sort) for sort, label in form.ORDERS]
    return _wall(request, form, answer, {"who": who, "account": who.value, "orders": orders})


@require_safe
def tag(request: HttpRequest, name: str) -> HttpResponse:
    form = PlaceForm(request.GET)
    try:
        answer = hashtag(name, form.values["cursor"] or None)
    except UpstreamError as error:
        return _expired(request, form, error) or trouble(request, error, "tag")
    return _wall(request, form, answer, {"tag": name})


def _wall(request: HttpRequest, form: PlaceForm, answer: Answer[VideoPage], whose: dict[str, Any]) -> HttpResponse:
    page = answer.value
    more = form.query(cursor=page.next_cursor) if page.next_cursor else None
    back = form.query(cursor=page.prev_cursor) if page.prev_cursor else None
    context = whose | {"form": form, "answer": answer, "videos": page.videos, "more": more, "back": back}
    fragment = "catalog/_more_videos.html" if form.values["cursor"] else "catalog/_video_wall.html"
    return render_page(request, "catalog/video_wall.html", fragment, context)


def _expired(request: HttpRequest, form: PlaceForm, error: UpstreamError) -> HttpResponse | None:
    """Places in a list expire: then it begins anew."""
    if not form.values["cursor"] or not isinstance(error, UpstreamNotFound | UpstreamRejected):
        return None
    return redirected(request, request.path + form.query(cursor="").removesuffix("?"))


def _moved_to(form: VideosForm) -> str | None:
    """Where the videos are that an address of old asks for."""
    values = form.values
    if name := values["trending"] or values["tag"]:
        return links.tag_url(name.removeprefix("#") or name)
    if not (account := values["account"]):
        return None
    if not account.startswith("@"):
        page = loopsvideo.account_feed(account).value
        if not page.videos:
            raise UpstreamNotFound("loops", f"account {account}", "nothing of it is shown")
        account = page.videos[0].account.username
    return links.account_url(account.removeprefix("@")) + form.query(account="", cursor="").removesuffix("?")

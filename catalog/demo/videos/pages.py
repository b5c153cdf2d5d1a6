"""The instance's own pages, as far as served data leads to them: a video's page, and its player for other pages."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.views.decorators.clickjacking import xframe_options_exempt

from catalog.api import loopsvideo
from catalog.api.loopsvideo.refusals import Refusal
from catalog.api.loopsvideo.source import VideoSource
from catalog.domain.videos import video_id


def urls(source: VideoSource) -> list[URLPattern]:
    """The pages and the API, to be included below the instance's root."""
    given = {"source": source}
    return [path("v/<str:code>", watch, given), path("embed/<str:code>", embed, given), *loopsvideo.urls.urls(source)]


def watch(request: HttpRequest, source: VideoSource, *, code: str) -> HttpResponse:
    try:
        video = source.video(video_id(code))
    except (ValueError, Refusal):
        video = None
    if video is None:
        raise Http404
    return HttpResponse(
        format_html(
            '<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{handle} on Loops (demo)</title>'
            '<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"></head>\n'
            '<body><video src="{src}" poster="{poster}" controls loop width="360"></video>'
            '<p>@{handle}</p><p style="white-space: pre-line">{caption}</p></body>\n</html>\n',
            handle=video.account.username,
            src=video.media.src_url or "",
            poster=video.media.thumbnail_url or "",
            caption=video.caption or "",
        )
    )


@xframe_options_exempt
def embed(request: HttpRequest, source: VideoSource, *, code: str) -> HttpResponse:
    """The player alone. What may not be embedded is a page that says so, with a success's status."""
    try:
        video = source.video(video_id(code))
    except (ValueError, Refusal):
        video = None
    if video is None or not video.permissions.can_embed or not video.is_local or video.is_sensitive:
        return HttpResponse('<!DOCTYPE html>\n<html lang="en"><title>Loops (demo)</title><p>Unavailable</p></html>\n')
    return HttpResponse(
        format_html(
            '<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{handle} on Loops (demo)</title>'
            '</head>\n<body><video src="{src}" poster="{poster}" controls loop width="100%"></video></body>\n</html>\n',
            handle=video.account.username,
            src=video.media.src_url or "",
            poster=video.media.thumbnail_url or "",
        )
    )

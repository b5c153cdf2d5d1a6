"""What happened to a video, or to a list of them, in one sentence."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.services.errors import UpstreamBadData, UpstreamError, UpstreamNotFound
from catalog.views.errors import upstream_failed

SUSPENDED, PRIVATE, TOO_MANY = 400, 403, 429

GONE: dict[str, str | Promise] = {
    "video": _("This video was deleted, or there never was one at this address."),
    "account": _("This account was deleted, or there never was one of this name."),
    "tag": _("No video has this hashtag."),
}
UNREADABLE: dict[str, str | Promise] = {
    "video": _("Loops sent something that cannot be read as a video."),
    "account": _("Loops sent something that cannot be read as an account’s videos."),
    "tag": _("Loops sent something that cannot be read as a hashtag’s videos."),
}
REFUSED: dict[tuple[str, int], str | Promise] = {
    ("video", SUSPENDED): _("The account of its author is suspended, so Loops shows none of their videos."),
    ("account", SUSPENDED): _("This account is suspended, so Loops shows none of its videos."),
    ("video", PRIVATE): _("This video is private: only those whom its author chose may see it."),
    ("account", PRIVATE): _("Loops shows this account to nobody: it is suspended, or wants to be private."),
}


def trouble(request: HttpRequest, error: UpstreamError, what: str) -> HttpResponse:
    """``what``: "video", "account", "tag" or "feed". What is there and not for us is a 403, on a page of its own."""
    code = error.code or 0
    return upstream_failed(request, error, str(_why(error, what)), private=(what, code) in REFUSED)


def _why(error: UpstreamError, what: str) -> str | Promise:
    """Empty where the page says enough by itself."""
    if isinstance(error, UpstreamNotFound):
        return GONE.get(what, "")
    if isinstance(error, UpstreamBadData):
        return UNREADABLE.get(what, "")
    if error.code == TOO_MANY:
        return _("Loops asked us to come back later: too many videos were asked for in a short time.")
    return REFUSED.get((what, error.code or 0), "")

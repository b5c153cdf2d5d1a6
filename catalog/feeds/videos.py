"""The list of vertical videos."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from django.utils.html import linebreaks
from django.utils.text import Truncator
from django.utils.translation import gettext

from catalog.domain.videos import Video
from catalog.feeds.listing import Attachment, Entry, Listing, named, prose, told
from catalog.forms import AccountForm, PlaceForm, VideosForm
from catalog.services import loopsvideo

LOOPS = "Loops"
TITLE_CHARACTERS = 80


def videos(form: VideosForm) -> Listing:
    """Nothing but the public feed, even for an account or a hashtag.

    Other answers to guests also hold unlisted and followers-only videos without saying so.
    """
    number = form.values["account"]
    return _listing(gettext("Videos"), lambda video: not number or number == video.account.id)


def moved(form: VideosForm) -> tuple[str, dict[str, str]] | None:
    account, tag = form.values["account"], form.values["tag"] or form.values["trending"]
    if account.startswith("@"):
        return "video_account", {"username": account.removeprefix("@")}
    return ("video_tag", {"name": tag.removeprefix("#") or tag}) if tag else None


def account(form: AccountForm, username: str) -> Listing:
    return _listing(f"@{username}", lambda video: video.account.username.casefold() == username.casefold())


def tag(form: PlaceForm, name: str) -> Listing:
    return _listing(f"#{name}", lambda video: _has_tag(video, name))


def _listing(name: str, fits: Callable[[Video], bool]) -> Listing:
    answer = loopsvideo.feed()
    return Listing(
        title=named(name),
        description=gettext("Vertical videos that Loops shows to everybody."),
        author=LOOPS,
        entries=tuple(video_entry(video) for video in answer.value.videos if fits(video)),
        **told(answer),
    )


def _has_tag(video: Video, name: str) -> bool:
    return name.casefold() in {tag.casefold() for tag in video.tags}


def video_entry(video: Video) -> Entry:
    """Neither picture nor film of what is sensitive."""
    media = video.media
    caption = video.caption or ""
    film = media.src_url if not video.is_sensitive else None
    title = Truncator(" ".join(caption.split())).chars(TITLE_CHARACTERS)
    return Entry(
        key=f"video/{video.id}",
        title=title or gettext("A video by @%(username)s") % {"username": video.account.username},
        url=reverse("catalog:video", args=[video.shortcode]),
        summary=prose(linebreaks(caption, autoescape=True)),
        published=video.created_at,
        image=media.thumbnail_url if not video.is_sensitive else None,
        language=video.lang,
        author=f"@{video.account.username}",
        tags=video.tags,
        attachment=Attachment(url=film, media_type="video/mp4", seconds=media.duration) if film else None,
    )

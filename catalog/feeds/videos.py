"""The list of vertical videos."""

from __future__ import annotations

from django.urls import reverse
from django.utils.html import linebreaks
from django.utils.text import Truncator
from django.utils.translation import gettext

from catalog.domain.videos import Video
from catalog.feeds.listing import Attachment, Entry, Listing, named, prose, told
from catalog.forms import VideosForm
from catalog.services import loopsvideo

LOOPS = "Loops"
TITLE_CHARACTERS = 80


def videos(form: VideosForm) -> Listing:
    """Nothing but the public feed, even for an account or a hashtag.

    Other answers to guests also hold unlisted and followers-only videos without saying so.
    """
    answer = loopsvideo.feed()
    shown = [video for video in answer.value.videos if _fits(video, form)]
    return Listing(
        title=named(gettext("Videos")),
        description=gettext("Vertical videos that Loops shows to everybody."),
        author=LOOPS,
        entries=tuple(map(_entry, shown)),
        **told(answer),
    )


def _fits(video: Video, form: VideosForm) -> bool:
    values = form.values
    account, tag = values["account"], values["tag"] or values["trending"]
    known = (video.account.id, f"@{video.account.username}")
    tags = {word.casefold() for word in video.tags}
    return (not account or account in known) and (not tag or tag.removeprefix("#").casefold() in tags)


def _entry(video: Video) -> Entry:
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

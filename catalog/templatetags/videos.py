"""How videos are put: captions with their links, languages, the shape of the picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info, gettext

from catalog import links
from catalog.domain.captions import CaptionPart, caption_parts, tags_beside_caption
from catalog.domain.videos import Account, Mention, Video

register = template.Library()

UP_NEXT = 3
EMBED_SIZE = (605, 680)  # pixels
UPRIGHT = 1.5  # height to width from which a picture may be cut to fill an upright frame


class Reel(NamedTuple):
    """A video of the feed among its neighbours."""

    video: Video
    previous: Video | None
    next: Video | None
    upcoming: Sequence[Video]


@register.filter
def reels(videos: Sequence[Video]) -> list[Reel]:
    return [
        Reel(
            video,
            previous=videos[place - 1] if place else None,
            next=videos[place + 1] if place + 1 < len(videos) else None,
            upcoming=videos[place + 1 : place + 1 + UP_NEXT],
        )
        for place, video in enumerate(videos)
    ]


@register.filter
def caption(video: Video) -> SafeString:
    """The caption with its line breaks, mentions and hashtags as links to what we have of them."""
    return format_html_join("", "{}", ((_linked(part),) for part in caption_parts(video)))


@register.filter
def other_tags(video: Video) -> tuple[str, ...]:
    return tags_beside_caption(video)


@register.filter
def tag_url(tag: str) -> str:
    return links.tag_url(tag)


@register.filter
def account_url(account: Account) -> str:
    return links.account_url(account.username)


@register.filter
def initial(account: Account) -> str:
    return (account.name or account.username)[:1]


@register.filter
def is_remote(account: Account) -> bool:
    return "@" in account.username


@register.filter
def language_name(code: str) -> str:
    """In the page's language where it is one we know, else the code."""
    try:
        return str(get_language_info(code.lower())["name_translated"])
    except KeyError:
        return code


@register.filter
def shown(video: Video) -> str:
    """What its picture is called where its author did not describe it."""
    name = video.account.username
    return video.media.alt_text or gettext("Video of @%(name)s") % {"name": name}


@register.simple_tag
def video_embed(video: Video, url: str) -> str:
    """The source's player as HTML to copy; as high as it is there before it says how high it wants to be."""
    return format_html(
        '<iframe src="{}" width="{}" height="{}" loading="lazy" title="{}"'
        ' allow="autoplay; fullscreen; picture-in-picture; encrypted-media; clipboard-write" allowfullscreen></iframe>',
        url,
        *EMBED_SIZE,
        shown(video),
    )


@register.filter
def is_upright(video: Video) -> bool:
    """Whether the picture fills an upright frame; any other is shown whole in it."""
    width, height = video.media.width, video.media.height
    return width is None or height is None or height / width >= UPRIGHT


def _who(mention: Mention) -> str:
    where = gettext("From another server") if not mention.is_local else ""
    number = gettext("account %(number)s") % {"number": mention.profile_id} if mention.profile_id else ""
    return ", ".join(filter(None, (where, number)))


def _linked(part: CaptionPart) -> str:
    if part.mention:
        url, who = links.account_url(part.mention.username), _who(part.mention)
        return format_html('<a class="link" href="{}" title="{}">{}</a>', url, who, part.text)
    if part.tag:
        return format_html('<a class="link" href="{}">{}</a>', links.tag_url(part.tag), part.text)
    return linebreaksbr(part.text)

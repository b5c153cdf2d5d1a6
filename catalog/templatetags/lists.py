"""How lists are put: their siblings for programs, clips and people."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from django import template
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, gettext

from catalog import links
from catalog.domain.titles import Clip, SeedStat
from catalog.feeds.registry import FEEDS, FORMATS
from catalog.services.media import media_url

register = template.Library()

PLACES_IN_A_LIST = ("page", "cursor")  # of no use to who subscribes


@register.filter
def clip_url(clip: Clip) -> str:
    return links.clip_url(clip)


@register.filter
def clip_still(clip: Clip) -> str:
    """Its picture where pages may load it, else one drawn here: nothing is asked of YouTube before a click."""
    return media_url(clip.image_url) or drawn_still(clip)


@register.filter
def drawn_still(clip: Clip) -> str:
    return reverse("clip_still", args=[clip.youtube_id])


@register.filter
def hour(value: datetime) -> str:
    """The hour by the reader's clock, with the day's name where that is not today."""
    local = timezone.localtime(value)
    return date_format(local, "H:i" if local.date() == timezone.localdate() else "D H:i")


@register.filter
def ratio(stat: SeedStat) -> str:
    """Given for each byte taken; a dash for who took nothing."""
    return number_format(stat.uploaded / stat.downloaded, 2) if stat.downloaded else "—"


@register.filter
def person_url(nick: str) -> str:
    return links.person_url(nick)


@register.inclusion_tag("catalog/_alternates.html", takes_context=True)
def alternates(context: template.Context) -> dict[str, Any]:
    """For the page's head: where programs find the same list."""
    return {"siblings": _siblings(context) + _torrents(context)}


@register.inclusion_tag("catalog/_subscribe.html", takes_context=True)
def subscribe(context: template.Context) -> dict[str, Any]:
    """The same for people."""
    return {"siblings": _siblings(context) + _torrents(context)}


@register.simple_tag(takes_context=True)
def calendar_url(context: template.Context) -> str:
    """The page's list for calendars."""
    request: HttpRequest = context["request"]
    url = next(sibling["url"] for sibling in _siblings(context) if sibling["media_type"] == FORMATS["ics"].media_type)
    return webcal(request.build_absolute_uri(url))


@register.filter
def webcal(url: str) -> str:
    """By the scheme that makes calendars subscribe rather than copy."""
    return "webcal:" + url.partition(":")[2]


@register.simple_tag(takes_context=True)
def feeds_of(context: template.Context, token: str) -> list[dict[str, str]]:
    """The whole addresses of the list of a visitor that ``token`` opens."""
    request: HttpRequest = context["request"]
    query = _query(QueryDict())
    return [
        {
            "url": request.build_absolute_uri(reverse("feeds:my", args=[token, name]) + query),
            "label": kind.label,
            "media_type": kind.media_type,
        }
        for name, kind in FORMATS.items()
    ]


class Target(NamedTuple):
    name: str
    url: str


@register.inclusion_tag("catalog/_share.html", takes_context=True)
def share(context: template.Context, text: str) -> dict[str, Any]:
    """This page for others: links that work everywhere, buttons for browsers that can do more."""
    request: HttpRequest = context["request"]
    url = request.build_absolute_uri(request.path)
    shown, said = quote(url, safe=""), quote(text, safe="")
    targets = [
        Target("Telegram", f"https://t.me/share/url?url={shown}&text={said}"),
        Target("VK", f"https://vk.com/share.php?url={shown}&title={said}"),
        Target("Reddit", f"https://www.reddit.com/submit?url={shown}&title={said}"),
        Target("WhatsApp", f"https://wa.me/?text={said}%20{shown}"),
        Target(gettext("Mail"), f"mailto:?subject={said}&body={shown}"),
    ]
    return {"url": url, "text": text, "targets": targets}


def _siblings(context: template.Context) -> list[dict[str, str]]:
    """The list's addresses with the page's query; none for what is no list, or a list that could not be shown."""
    request: HttpRequest | None = context.get("request")
    match = request.resolver_match if request else None
    feed = FEEDS.get(match.url_name or "") if match and "catalog" in match.namespaces else None
    if request is None or match is None or feed is None or "status" in context:
        return []
    query = _query(request.GET)
    return [
        {
            "url": f"{reverse(f'feeds:{feed.page}', kwargs={**match.kwargs, 'format': name})}{query}",
            "label": FORMATS[name].label,
            "media_type": FORMATS[name].media_type,
        }
        for name in feed.formats
    ]


def _torrents(context: template.Context) -> list[dict[str, str]]:
    """Those of the catalogue's titles."""
    match = context["request"].resolver_match if "request" in context else None
    if match is None or match.view_name != "catalog:catalog" or "status" in context:
        return []
    url = f"{reverse('feeds:torrents')}{_query(context['request'].GET)}"
    return [{"url": url, "label": gettext("Torrents"), "media_type": FORMATS["rss"].media_type}]


def _query(given: QueryDict) -> str:
    pairs = [(name, value) for name, values in given.lists() for value in values if name not in PLACES_IN_A_LIST]
    language = get_language()
    if language != settings.LANGUAGE_CODE and "lang" not in given:
        pairs.append(("lang", language))
    return f"?{urlencode(pairs)}" if pairs else ""

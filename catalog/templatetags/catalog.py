"""How facts are put: the documents' numbers in the reader's language, an upstream's words as sent and marked so."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django import template
from django.forms.utils import flatatt
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils import timezone
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import date_format, localize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext, override

from catalog import links
from catalog.domain.loops import Loop
from catalog.domain.titles import Episode, Number, Season, Status, Team, Title, TitleType, Torrent
from catalog.services import posters

register = template.Library()

STATUSES = {
    1: gettext_lazy("On air"),
    2: gettext_lazy("Finished"),
    3: gettext_lazy("Hidden"),
    4: gettext_lazy("Not on air"),
}
TYPES = {
    0: gettext_lazy("Film"),
    1: gettext_lazy("TV"),
    2: gettext_lazy("OVA"),
    3: gettext_lazy("ONA"),
    4: gettext_lazy("Special"),
    5: gettext_lazy("WEB"),
}
SEASONS = {
    1: gettext_lazy("Winter"),
    2: gettext_lazy("Spring"),
    3: gettext_lazy("Summer"),
    4: gettext_lazy("Autumn"),
}
ROLES = {
    "voice": gettext_lazy("Voice"),
    "translator": gettext_lazy("Translation"),
    "editing": gettext_lazy("Editing"),
    "decor": gettext_lazy("Design"),
    "timing": gettext_lazy("Timing"),
}
BREAKS = re.compile(r"\s+|(?<=[-–—])")
USUAL_WORD = 8  # letters
MOST_LINES = 6
FALLBACK_WIDTH = 360  # of a poster, where a page can name but one file
WEEKDAY_ANCHORS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NAV = (
    ("catalog", gettext_lazy("Titles"), {"catalog", "title", "episode"}),
    ("schedule", gettext_lazy("Schedule"), {"schedule"}),
    ("loops", gettext_lazy("Loops"), {"loops", "loop", "series"}),
    ("videos", gettext_lazy("Videos"), {"videos", "video", "video_account", "video_tag"}),
    ("builder", gettext_lazy("Widget"), {"builder"}),
)


# Words


def _known(names: dict[int, Any], code: int | None, text: str | None) -> str:
    if code in names:
        return str(names[code])
    return format_html('<span lang="ru">{}</span>', text) if text else ""


@register.filter
def status_name(status: Status) -> str:
    return _known(STATUSES, status.code, status.text)


@register.filter
def type_name(kind: TitleType) -> str:
    return _known(TYPES, kind.code, kind.text)


@register.filter
def season_name(season: Season) -> str:
    return _known(SEASONS, season.code, season.text)


@register.filter
def season_code_name(code: int | str) -> str:
    return str(SEASONS[int(code)])


@register.filter
def weekday_name(weekday: int | None) -> str:
    return str(WEEKDAYS.get(weekday, "")) if weekday is not None else ""


@register.filter
def weekday_short(weekday: int) -> str:
    return str(WEEKDAYS_ABBR[weekday])


@register.filter
def weekday_anchor(weekday: int) -> str:
    return WEEKDAY_ANCHORS[weekday]


@register.filter
def title_meta(title: Title) -> str:
    """One line below a card: what kind of thing it is, or where a running show has got to."""
    out, of = title.player.range.last, title.type.episodes
    if title.status.code == 1 and out:
        if of and of >= out:
            return gettext("Ep. %(number)s of %(total)s, on air") % {"number": number(out), "total": number(of)}
        return gettext("Ep. %(number)s, on air") % {"number": number(out)}
    episodes = ngettext("%(count)s ep.", "%(count)s ep.", of) % {"count": of} if of else ""
    parts = (type_name(title.type), episodes, title.season.year)
    return format_html_join(", ", "{}", ((part,) for part in parts if part))


@register.filter
def letters_a_line(name: str) -> int:
    """What the giant name's size is computed from: its longest unbreakable piece, or six lines for the whole of it."""
    name = name.strip()
    return max(*map(len, BREAKS.split(name)), math.ceil(len(name) / MOST_LINES)) or USUAL_WORD


@register.filter
def roles(team: Team) -> list[tuple[str, tuple[str, ...]]]:
    """The people of every role that somebody has."""
    return [(str(name), people) for role, name in ROLES.items() if (people := getattr(team, role))]


# Numbers and moments


@register.filter
def number(value: Number | None) -> str:
    """An ordinal as people write it: 12, 12.5."""
    return str(localize(int(value) if value == int(value) else value)) if value is not None else ""


@register.filter
def clock(value: timedelta | float | None) -> str:
    """0:54, 24:50, 1:02:11; milliseconds only where a ``timedelta`` has them."""
    if value is None:
        return ""
    span = value if isinstance(value, timedelta) else timedelta(seconds=round(value))
    minutes, seconds = divmod(int(span.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    return f"{text}.{span.microseconds // 1000:03}" if span.microseconds else text


@register.filter
def age(seconds: int) -> str:
    """How old, in words; the two largest units at most."""
    if seconds < 60:
        return gettext("less than a minute")
    now = timezone.now()
    return timesince(now - timedelta(seconds=seconds), now)


@register.filter
def moment(value: datetime | None, form: str = "j E Y, H:i") -> str:
    """A ``<time>`` in Moscow's zone, where the upstreams live."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), date_format(local, form))


@register.filter
def recent(value: datetime | None, now: datetime) -> str:
    """The hour of what happened today, the day of anything older."""
    today = value is not None and timezone.localdate(value) == timezone.localdate(now)
    return moment(value, "H:i" if today else "j E")


# Addresses


@register.filter
def title_url(title: Title) -> str:
    return links.title_url(title)


@register.simple_tag
def episode_url(title: Title, episode: Episode) -> str:
    return links.episode_url(title, episode)


@register.filter
def poster_src(title: Title) -> str:
    """The title's poster where a page can name but one file, or the drawn one while none is stored."""
    stored = posters.of_title(title)
    return stored.url(FALLBACK_WIDTH) if stored else fallback_poster(title)


@register.filter
def poster_file(title: Title) -> str:
    """The same for programs, which know JPEG best and no SVG: the stored one, else the source's, else the drawn one."""
    stored = posters.of_title(title)
    return stored.jpeg_url if stored else title.poster.url or fallback_poster(title)


@register.filter
def fallback_poster(title: Title) -> str:
    return reverse("poster", args=[links.title_slug(title)])


@register.filter
def loop_file(loop: Loop, key: str) -> str:
    return loop.url(key) or ""


@register.filter
def host_of(url: str) -> str:
    return urlsplit(url).hostname or url


class Source(NamedTuple):
    kind: str
    quality: str
    url: str
    download: bool = False


@register.filter
def sources(episode: Episode) -> list[Source]:
    """Every address of the episode, the sharpest of each kind first."""
    hls, mp4 = episode.hls, episode.mp4
    offered = (
        ("HLS", "Full HD 1080", hls.fhd, False),
        ("HLS", "HD 720", hls.hd, False),
        ("HLS", "SD 480", hls.sd, False),
        ("MP4", "HD 720", mp4.hd, False),
        ("MP4", "SD 480", mp4.sd, False),
        (gettext("MP4, download"), "HD 720", mp4.hd_download, True),
        (gettext("MP4, download"), "SD 480", mp4.sd_download, True),
    )
    return [Source(kind, quality, url, download) for kind, quality, url, download in offered if url]


@register.filter
def most_seeders(torrents: Iterable[Torrent]) -> int:
    return max((torrent.seeders for torrent in torrents), default=0)


@register.simple_tag(takes_context=True)
def in_language(context: template.Context, language: str) -> str:
    """This page in ``language``, or the front page where this one is no page of ours."""
    path = context["request"].get_full_path()
    translated = translate_url(path, language)
    if translated == path and language != get_language():
        with override(language):
            return reverse("catalog:home")
    return translated


@register.simple_tag(takes_context=True)
def absolute(context: template.Context, path: str = "") -> str:
    """``path``, or this page without its query, with scheme and host."""
    request = context["request"]
    return str(request.build_absolute_uri(path or request.path))


@register.inclusion_tag("catalog/_nav.html", takes_context=True)
def main_nav(context: template.Context) -> dict[str, Any]:
    match = context["request"].resolver_match
    here = match.url_name if match else None
    return {
        "items": [
            {"url": url, "label": label, "current": here in pages}
            for name, label, pages in NAV
            if (url := _url_or_none(f"catalog:{name}"))
        ]
    }


def _url_or_none(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


# Marks


@register.filter
def name_lang(title: Title) -> SafeString:
    """``lang`` of the name shown: Russian, or a Japanese one in Latin letters."""
    return flatatt({"lang": "ru" if title.names.ru else "ja-Latn"})


@register.filter
def old(block: Any) -> SafeString:
    """``data-age-seconds`` for the element around a saved copy; nothing around a fresh answer."""
    return flatatt({"data-age-seconds": block.age_seconds}) if block.stale else SafeString("")

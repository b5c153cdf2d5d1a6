"""A title's JSON -> ``Title``, in the document's shape and in those that real servers sent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

from django.conf import settings

from catalog.domain.titles import Blocked, Description, Names, Poster, Season, Status, Team, Title, TitleType
from catalog.services.anilibria.player import parse_player
from catalog.services.anilibria.torrents import parse_torrents
from catalog.services.anilibria.values import (
    NAME,
    blob,
    count,
    flag,
    moment,
    number,
    plain,
    segment,
    text,
    texts,
    weekday,
    whole,
    year,
)
from catalog.services.errors import UpstreamBadData
from catalog.services.media import media_url
from catalog.services.payload import mapping

DescriptionType = Literal["plain", "html", "no_view_order"]

MINUTES_A_DAY = 24 * 60

_HOURS = re.compile(r"(\d{1,2})\s*ч", re.IGNORECASE)
_MINUTES = re.compile(r"(\d{1,4})\s*[мm]", re.IGNORECASE)


def parse_title(value: Any, *, description: DescriptionType = "plain") -> Title:
    """``description``: the form that was asked for; only an id and a code are indispensable."""
    title = mapping(value)
    title_id, code = whole(title.get("id"), 1), segment(title.get("code"))
    if title_id is None or code is None:
        subject = f"title {title_id or code or ''}".strip()
        raise UpstreamBadData(NAME, subject, f"id {title.get('id')!r:.40}, code {title.get('code')!r:.80}")
    torrents_range, torrents = parse_torrents(title.get("torrents"))
    return Title(
        id=title_id,
        code=code,
        names=_names(mapping(title.get("names"))),
        announce=plain(title.get("announce")),
        status=_status(mapping(title.get("status"))),
        type=_type(mapping(title.get("type"))),
        poster=_poster(title),
        genres=texts(title.get("genres")),
        team=parse_team(mapping(title.get("team"))),
        season=_season(title),
        description=_description(title.get("description"), description),
        in_favourites=count(title.get("in_favorites")),
        blocked=_blocked(mapping(title.get("blocked"))),
        player=parse_player(title.get("player")),
        torrents_range=torrents_range,
        torrents=torrents,
        updated_at=moment(title.get("updated")),
        changed_at=moment(title.get("last_change")),
    )


def parse_team(team: Mapping[str, Any]) -> Team:
    return Team(**{role: texts(team.get(role)) for role in ("voice", "translator", "editing", "decor", "timing")})


def _names(names: Mapping[str, Any]) -> Names:
    return Names(ru=plain(names.get("ru")), en=plain(names.get("en")), alternative=plain(names.get("alternative")))


def _status(status: Mapping[str, Any]) -> Status:
    return Status(code=whole(status.get("code"), 1, 4), text=text(status.get("string")))


def _type(kind: Mapping[str, Any]) -> TitleType:
    """``length`` is "25 мин" in the document and 24 in later versions, ``code`` 5 (WEB) is later as well."""
    length = kind.get("length")
    return TitleType(
        code=whole(kind.get("code"), 0, 5),
        text=text(kind.get("string")),
        full_text=text(kind.get("full_string")),
        episodes=whole(kind.get("series"), 1),
        minutes=whole(length, 1, MINUTES_A_DAY) or _minutes(text(length) or ""),
        length_text=text(length) if number(length) is None else None,
    )


def _minutes(length: str) -> int | None:
    hours, minutes = _HOURS.search(length), _MINUTES.search(length)
    return whole((int(hours[1]) * 60 if hours else 0) + (int(minutes[1]) if minutes else 0), 1, MINUTES_A_DAY)


def _poster(title: Mapping[str, Any]) -> Poster:
    """``poster`` is one picture, ``posters`` three; in between ``poster`` also held the other sizes."""
    poster, posters = mapping(title.get("poster")), mapping(title.get("posters"))
    sizes = [mapping(posters.get(size) or poster.get(size)) for size in ("original", "medium", "small")]
    original, medium, small = (_static(size.get("url")) for size in sizes)
    raws = (blob(size.get("raw_base64_file")) for size in (sizes[0], poster, sizes[1], sizes[2]))
    return Poster(
        url=original or _static(poster.get("url")) or medium or small,
        medium_url=medium,
        small_url=small,
        updated_at=moment(poster.get("updated_timestamp")),
        raw=next((raw for raw in raws if raw), None),
    )


def _static(path: Any) -> str | None:
    return media_url(text(path), base=settings.ANILIBRIA_STATIC_URL)


def _season(title: Mapping[str, Any]) -> Season:
    """The document lists ``year`` and ``week_day`` beside ``season`` too; ``season_*`` keys lost their prefix later."""
    season = mapping(title.get("season"))
    found_weekday = weekday(season.get("week_day"))
    return Season(
        code=whole(season.get("season_code"), 1, 4) or whole(season.get("code"), 1, 4),
        text=text(season.get("season_string")) or text(season.get("string")),
        year=year(season.get("year")) or year(title.get("year")),
        weekday=weekday(title.get("week_day")) if found_weekday is None else found_weekday,
    )


def _description(value: Any, asked: DescriptionType) -> Description:
    """Text in the form asked for; the WebSocket sends all three at once."""
    forms = value if isinstance(value, dict) else {asked: value}
    return Description(
        plain=plain(forms.get("plain")), html=text(forms.get("html")), no_view_order=plain(forms.get("no_view_order"))
    )


def _blocked(blocked: Mapping[str, Any]) -> Blocked:
    return Blocked(in_russia=flag(blocked.get("blocked")) or False, by_licensee=flag(blocked.get("bakanim")) or False)

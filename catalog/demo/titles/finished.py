"""Titles that are complete: the invented ones, back through fifteen years, and the well-known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.utils.text import slugify

from catalog.demo.titles.famous import Famous, famous
from catalog.demo.titles.names import FINISHED as FINISHED_NAMES
from catalog.demo.titles.names import Idea, ideas
from catalog.demo.titles.plan import (
    FINISHED,
    NOT_ONGOING,
    Plan,
    at_minute,
    dice,
    on_weekday,
    season_start,
)
from catalog.demo.titles.prose import described, in_all_forms
from catalog.domain.titles import Names

YEARS = 15
LATEST_ID, ID_STEP = 9795, 61
TEAM_SINCE = 2012  # older titles were voiced later
LATEST_EDIT_HOURS = 200 * 24

_LENGTHS = {  # kind -> choices of (episodes, minutes)
    "ТВ": ((12, 24), (12, 24), (12, 24), (12, 12), (13, 24), (11, 23), (24, 24), (24, 25), (25, 24), (10, 24)),
    "Фильм": ((1, 84), (1, 96), (1, 104), (1, 118), (1, 131)),
    "OVA": ((1, 30), (2, 28), (3, 45), (6, 25)),
    "ONA": ((6, 15), (8, 12), (10, 18), (12, 5)),
    "Спешл": ((1, 24), (1, 46), (2, 24)),
    "WEB": ((5, 10), (8, 8), (20, 4)),
}


def invented(television_year: date) -> Iterator[Plan]:
    """The last ended season first; the years move on with ``television_year``."""
    every = ideas(FINISHED_NAMES)
    seasons = [
        (year, season)
        for year in range(television_year.year, television_year.year - YEARS, -1)
        for season in ((3, 2, 1) if year == television_year.year else (4, 3, 2, 1))
    ]
    for place, idea in enumerate(every):
        year, season = seasons[place * len(seasons) // len(every)]
        yield _invented(LATEST_ID - ID_STEP * place, idea, year, season, television_year)


def well_known() -> Iterator[Plan]:
    return map(_well_known, famous())


def weekly(title_id: int, year: int, season: int, weekday: int, episodes: int, days: int = 7) -> tuple[datetime, ...]:
    """When the episodes came out: in their season, or years after it where the team is younger."""
    draw = dice("aired", title_id)
    year = year if year >= TEAM_SINCE else draw.randint(TEAM_SINCE, TEAM_SINCE + 7)
    evening, minute = on_weekday(season_start(year, season), weekday), draw.randrange(10 * 60, 23 * 60)
    return tuple(at_minute(evening + timedelta(days=days * place), minute) for place in range(episodes))


def _invented(title_id: int, idea: Idea, year: int, season: int, television_year: date) -> Plan:
    draw = dice("finished", title_id)
    episodes, minutes = draw.choice(_LENGTHS[idea.kind])
    weekday = draw.randrange(7)
    if year == television_year.year:
        episodes = min(episodes, 12)  # or it would not be over yet
    unfinished = idea.kind == "ТВ" and year < television_year.year - 2 and draw.random() < 0.05
    aired = weekly(title_id, year, season, weekday, episodes // 2 if unfinished else episodes)
    edited = aired[-1] + timedelta(hours=draw.randrange(LATEST_EDIT_HOURS))
    return Plan(
        id=title_id,
        code=slugify(idea.en),
        names=Names(ru=idea.ru, en=idea.en, alternative=_alternative(idea) if draw.random() < 0.15 else None),
        kind=idea.kind,
        genres=idea.genres,
        episodes=episodes,
        minutes=minutes,
        year=year,
        season=season,
        weekday=weekday,
        status=NOT_ONGOING if unfinished else FINISHED,
        added=aired[0] - timedelta(days=draw.randint(2, 20)),
        aired=aired,
        edited=min(edited, at_minute(television_year, 0)),
        announce="Серии выходят по мере готовности" if unfinished else None,
        description=described(title_id, idea.genres),
        favourites=round(10 ** draw.uniform(1.5, 3.8)),
    )


def _alternative(idea: Idea) -> str:
    """What readers call it: the first words' letters."""
    return "".join(word[0] for word in idea.en.split()).upper()


def _well_known(title: Famous) -> Plan:
    draw = dice("famous", title.id)
    weekday = draw.randrange(7)
    aired = weekly(title.id, title.year, title.season, weekday, title.episodes)
    return Plan(
        id=title.id,
        code=title.code,
        names=Names(ru=title.ru, en=title.en),
        kind=title.kind,
        genres=title.genres,
        episodes=title.episodes,
        minutes=title.minutes,
        year=title.year,
        season=title.season,
        weekday=weekday,
        status=FINISHED,
        added=aired[0] - timedelta(days=draw.randint(2, 20)),
        aired=aired,
        edited=aired[-1] + timedelta(hours=draw.randrange(LATEST_EDIT_HOURS)),
        description=in_all_forms(title.about),
        favourites=round(10 ** draw.uniform(3.4, 4.4)),
    )

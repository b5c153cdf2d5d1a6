"""Shows that run now: what has come out by any moment, and what is next.

A television year begins in October. Every weekday has one show without end and four evenings that two shows share by
turns: when one has run its course, the other begins, and later the first goes on. In the next October all of it
starts over, a year later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count, takewhile
from typing import NamedTuple

from django.utils.text import slugify

from catalog.demo.titles.names import ENDLESS, LONG, SHORT, Idea, ideas
from catalog.demo.titles.plan import FINISHED, MOSCOW, NOT_ONGOING, ONGOING, Plan, at_minute, dice, on_weekday
from catalog.demo.titles.prose import described
from catalog.domain.titles import Names

FIRST_ID = 9801
WEEK = timedelta(weeks=1)
IN_ADVANCE = timedelta(days=20)  # a title is added that long before its premiere

_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip


class Release(NamedTuple):
    """``final``: the show's turn ends with it."""

    at: datetime
    title_id: int
    episode: int
    final: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """``turn``: 0 or 1 of two that share an evening. ``course`` episodes are shown in a row; ``None`` means no end.

    ``lead``: for how many weeks the evening runs when the television year begins.
    """

    id: int
    idea: Idea
    weekday: int
    minute: int
    lead: int
    course: int | None
    turn: int = 0

    def releases(self, television_year: date) -> Iterator[Release]:
        """All of them, without end."""
        evening = on_weekday(television_year - self.lead * WEEK, self.weekday)
        weeks = count() if self.course is None else self._weeks(self.course)
        for episode, week in enumerate(weeks, 1):
            final = self.course is not None and episode % self.course == 0
            yield Release(at_minute(evening + week * WEEK, self.minute), self.id, episode, final)

    def plan(self, moment: datetime) -> Plan:
        """The show as it stands at ``moment``."""
        television_year = television_year_of(moment)
        premiere = next(self.releases(television_year)).at
        releases = takewhile(lambda release: release.at <= moment, self.releases(television_year))
        aired = tuple(release.at for release in releases)
        season_day = premiere + timedelta(days=14)  # a season's first shows begin before it does
        draw = dice("show", self.id)
        return Plan(
            id=self.id,
            code=slugify(self.idea.en),
            names=Names(ru=self.idea.ru, en=self.idea.en),
            kind=self.idea.kind,
            genres=self.idea.genres,
            episodes=self.course and self.course * max(1, -(-len(aired) // self.course)),
            minutes=draw.choice((12, 24, 24, 24, 25)),
            year=season_day.year,
            season=(season_day.month + 2) // 3,
            weekday=self.weekday,
            status=self._status(aired, moment),
            added=min(premiere, at_minute(television_year, self.minute)) - IN_ADVANCE,
            aired=aired,
            announce=None if aired else f"Премьера {premiere.day} {_MONTHS[premiere.month - 1]}",
            description=described(self.id, self.idea.genres),
            favourites=round(10 ** draw.uniform(2.4, 3.9)),
        )

    def _weeks(self, course: int) -> Iterator[int]:
        """The weeks of the evening that are this show's."""
        return (2 * course * again + course * self.turn + week for again in count() for week in range(course))

    def _status(self, aired: tuple[datetime, ...], moment: datetime) -> int:
        """A show runs until the evening is another's, which is a week after its last episode."""
        if not aired:
            return NOT_ONGOING
        over = self.course is not None and len(aired) % self.course == 0 and moment >= aired[-1] + WEEK
        return FINISHED if over else ONGOING


def television_year_of(moment: datetime) -> date:
    """The first of October with which it began."""
    today = moment.astimezone(MOSCOW).date()
    return date(today.year if today.month >= 10 else today.year - 1, 10, 1)


def shows() -> tuple[Show, ...]:
    every = (*ideas(ENDLESS), *ideas(LONG), *ideas(SHORT))
    endless, long = len(ideas(ENDLESS)), len(ideas(LONG))
    return tuple(
        _endless(FIRST_ID + place, idea, place)
        if place < endless
        else _shared(FIRST_ID + place, idea, place - endless, long=place < endless + long)
        for place, idea in enumerate(every)
    )


def releases_on(day: date, every: Iterable[Show]) -> tuple[Release, ...]:
    """The episodes of one day, in the order in which they come out."""
    tonight = (show for show in every if show.weekday == day.weekday())
    return tuple(sorted(release for show in tonight for release in _on(day, show)))


def _on(day: date, show: Show) -> Iterator[Release]:
    midnight = at_minute(day, 0)
    releases = show.releases(television_year_of(midnight))
    return (
        release
        for release in takewhile(lambda release: release.at < midnight + timedelta(days=1), releases)
        if release.at >= midnight
    )


def _endless(title_id: int, idea: Idea, weekday: int) -> Show:
    draw = dice("evening", title_id)
    return Show(
        id=title_id, idea=idea, weekday=weekday, minute=_minute(title_id), lead=draw.randint(40, 160), course=None
    )


def _shared(title_id: int, idea: Idea, place: int, *, long: bool) -> Show:
    """Two neighbours in the list share an evening, so both must draw the same."""
    evening = place // 2
    draw = dice("shared evening", evening)
    course = draw.choice((24, 25, 26) if long else (12, 12, 13))
    return Show(
        id=title_id,
        idea=idea,
        weekday=evening % 7,
        minute=_minute(f"evening {evening}"),
        lead=draw.randint(1, course - 3),
        course=course,
        turn=place % 2,
    )


def _minute(key: object) -> int:
    """Between eleven and half past ten in the evening, on a five."""
    return 5 * dice("minute", key).randrange(11 * 12, 22 * 12 + 6)

"""The week that the schedule describes: a weekday is announced, an hour is not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from catalog.domain.titles import Number, ScheduleDay, Title

MOSCOW = ZoneInfo("Europe/Moscow")
MONTHS_A_SEASON = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Airing:
    """``number``: of the episode that came out or is expected; ``None`` where the numbers do not tell."""

    title: Title
    out: bool
    number: Number | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day in Moscow, of which ``today`` and ``past`` are true by the reader's date. ``weekday``: 0 Monday to 6."""

    weekday: int
    date: date
    today: bool
    past: bool
    airings: tuple[Airing, ...] = ()

    @property
    def out(self) -> int:
        return sum(airing.out for airing in self.airings)

    @property
    def begins(self) -> datetime:
        """Midnight in Moscow."""
        return datetime.combine(self.date, time(), MOSCOW)

    @property
    def ends(self) -> datetime:
        return datetime.combine(self.date + timedelta(days=1), time(), MOSCOW)


def this_week(schedule: Iterable[ScheduleDay], now: datetime, zone: ZoneInfo = MOSCOW) -> tuple[Day, ...]:
    """All seven days of the week around ``now`` by the date in ``zone``, with what is due on each."""
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    titles: dict[int, list[Title]] = {}
    for entry in schedule:
        titles.setdefault(entry.weekday, []).extend(entry.titles)
    moscow_today = now.astimezone(MOSCOW).date()
    return tuple(
        Day(
            weekday=weekday,
            date=(day := monday + timedelta(days=weekday)),
            today=day == today,
            past=day < today,
            airings=tuple(_airing(title, day, moscow_today) for title in titles.get(weekday, ())),
        )
        for weekday in range(7)
    )


def week_after(week: Iterable[Day]) -> tuple[Day, ...]:
    """What follows if every show goes on weekly: the next numbers, without what will have ended."""
    return tuple(
        Day(
            weekday=day.weekday,
            date=day.date + timedelta(days=7),
            today=False,
            past=False,
            airings=tuple(following for airing in day.airings if (following := _following(airing))),
        )
        for day in week
    )


def season_week(day: date) -> tuple[int, int]:
    """The season's code (1 winter, from January) and the week of it, from 1."""
    code = (day.month - 1) // MONTHS_A_SEASON + 1
    first = date(day.year, (code - 1) * MONTHS_A_SEASON + 1, 1)
    return code, (day - first).days // 7 + 1


def _airing(title: Title, day: date, today: date) -> Airing:
    """An episode counts as out once its title has been updated on its day or later in the same week."""
    updated = title.updated_at.astimezone(MOSCOW).date() if title.updated_at else None
    out = updated is not None and day <= today and day <= updated
    last, total = title.player.range.last, title.type.episodes
    if out or last is None:
        return Airing(title=title, out=out, number=last)
    following = last + 1
    fits = isinstance(last, int) and (total is None or following <= total)
    return Airing(title=title, out=False, number=following if fits else None)


def _following(airing: Airing) -> Airing | None:
    last, total = airing.title.player.range.last, airing.title.type.episodes
    number = airing.number + 1 if isinstance(airing.number, int) else None
    ended = total is not None and (number or (last + 1 if last is not None else 0)) > total
    return None if ended else Airing(title=airing.title, out=False, number=number)

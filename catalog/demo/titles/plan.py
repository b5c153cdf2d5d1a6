"""What is decided about a title before it is made: the facts that its episodes, torrents and texts follow from."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from catalog.domain.titles import Description, Names

MOSCOW = ZoneInfo("Europe/Moscow")

KINDS = {"Фильм": 0, "ТВ": 1, "OVA": 2, "ONA": 3, "Спешл": 4, "WEB": 5}
SEASONS = {1: "зима", 2: "весна", 3: "лето", 4: "осень"}
ONGOING, FINISHED, HIDDEN, NOT_ONGOING = 1, 2, 3, 4
STATUSES = {ONGOING: "В работе", FINISHED: "Завершен", HIDDEN: "Скрыт", NOT_ONGOING: "Неонгоинг"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """``episodes`` is how many are expected, ``aired`` when each of those there are came out.

    ``year`` is the year of its ``season`` (1 winter to 4 autumn); ``edited`` is the last edit that was no release.
    """

    id: int
    code: str
    names: Names
    kind: str
    genres: tuple[str, ...]
    episodes: int | None
    minutes: int
    year: int
    season: int
    weekday: int
    status: int
    added: datetime
    aired: tuple[datetime, ...] = ()
    edited: datetime | None = None
    announce: str | None = None
    description: Description
    favourites: int

    @property
    def updated(self) -> datetime:
        return max((self.added, *self.aired))


def dice(*key: object) -> random.Random:
    """The same throws for the same key, always and everywhere."""
    return random.Random(":".join(map(str, ("animesite", *key))))


def season_start(year: int, season: int) -> date:
    return date(year, 3 * season - 2, 1)


def on_weekday(day: date, weekday: int) -> date:
    """The first such weekday from ``day`` on."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def at_minute(day: date, minute: int) -> datetime:
    """``minute`` of the day in Moscow."""
    return datetime.combine(day, time(minute // 60, minute % 60), MOSCOW).astimezone(UTC)

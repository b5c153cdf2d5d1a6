"""What happens to the running shows during a day: new episodes, replaced ones, and edits every half a minute."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from catalog.demo.titles.plan import at_minute, dice
from catalog.demo.titles.running import Release, Show, releases_on

LEAST, MOST = 20, 40  # seconds between two changes
REPLACEMENTS = 0.25  # of the changes, once there is something of today to replace
REPETITIONS = 0.1
DAY_SECONDS = 24 * 60 * 60

NOTES = (
    None,
    "Субтитры к следующей серии готовы, идёт запись",
    "Следующая серия задержится на день: болеет один из голосов",
    "Звук первых серий пересведён",
    "В команду нужен ещё один таймер",
    "Перезалиты файлы с исправленным переводом песен",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """``episode``: which came out or was replaced; none is an edit, after which ``note`` is announced.

    ``repeated``: the notice of it is sent twice.
    """

    at: datetime
    title_id: int
    kind: Literal["release", "replacement", "edit"]
    episode: int | None = None
    note: str | None = None
    repeated: bool = False


def changes_of(day: date, shows: Sequence[Show]) -> tuple[Change, ...]:
    """The day's, in Moscow, in order. What ends a turn is never replaced: that show is not looked at again for long."""
    draw = dice("changes", day)
    midnight, releases = at_minute(day, 0), releases_on(day, shows)
    changes = [_release(release) for release in releases]
    second = draw.randint(0, MOST)
    while second < DAY_SECONDS:
        at, repeated = midnight + timedelta(seconds=second), draw.random() < REPETITIONS
        out = [release for release in releases if release.at < at and not release.final]
        if out and draw.random() < REPLACEMENTS:
            again = draw.choice(out)
            changes.append(
                Change(at=at, title_id=again.title_id, kind="replacement", episode=again.episode, repeated=repeated)
            )
        else:
            title_id, note = draw.choice(shows).id, draw.choice(NOTES)
            changes.append(Change(at=at, title_id=title_id, kind="edit", note=note, repeated=repeated))
        second += draw.randint(LEAST, MOST)
    return tuple(sorted(changes, key=lambda change: change.at))


def _release(release: Release) -> Change:
    return Change(at=release.at, title_id=release.title_id, kind="release", episode=release.episode)

"""The running shows on one day: what happens to them, and how they stand at any moment of it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import chain

from catalog.demo.titles.build import built
from catalog.demo.titles.changes import Change, changes_of
from catalog.demo.titles.plan import at_minute
from catalog.demo.titles.players import Site
from catalog.demo.titles.running import shows, television_year_of
from catalog.domain.titles import Title

LINKS_LAST = timedelta(days=2)  # from midnight: a link made at any moment of the day works for a day at least
LOOKBACK_DAYS = 7  # every running show had an episode within them, perhaps replaced later that day


class Programme:
    def __init__(self, day: date, origin: str) -> None:
        expiry = at_minute(day, 0) + LINKS_LAST
        self.date = day
        self.site = Site(origin=origin, expiry=int(expiry.timestamp()))
        self._shows = {show.id: show for show in shows()}
        self.show_ids = tuple(self._shows)
        every = tuple(self._shows.values())
        earlier = (day - timedelta(days=days) for days in range(LOOKBACK_DAYS, 0, -1))
        this_year = (before for before in earlier if before >= television_year_of(at_minute(day, 0)))
        self._before = [change for before in this_year for change in changes_of(before, every)]
        self._changes = changes_of(day, every)

    def until(self, moment: datetime) -> tuple[Change, ...]:
        return self._changes[: self._place(moment)]

    def first_after(self, moment: datetime) -> Change | None:
        place = self._place(moment)
        return self._changes[place] if place < len(self._changes) else None

    def show_at(self, title_id: int, moment: datetime) -> Title:
        """With all that has happened to it by ``moment``."""
        plan = self._shows[title_id].plan(moment)
        edit, replacement = self._latest(title_id, "edit", moment), self._latest(title_id, "replacement", moment)
        updated = max(plan.updated, replacement.at) if replacement else plan.updated
        note = edit.note if edit and edit.at >= plan.updated else None
        return replace(
            built(plan, self.site),
            announce=plan.announce or note,
            updated_at=updated,
            changed_at=max(updated, edit.at) if edit else updated,
        )

    def touched_by(self, change: Change) -> tuple[int, ...]:
        """A release also ends the turn of the show whose evening it was."""
        if change.kind != "release":
            return (change.title_id,)
        return tuple(show.id for show in self._shows.values() if show.weekday == self.date.weekday())

    def _latest(self, title_id: int, kind: str, moment: datetime) -> Change | None:
        happened = chain(reversed(self.until(moment)), reversed(self._before))
        return next((change for change in happened if change.title_id == title_id and change.kind == kind), None)

    def _place(self, moment: datetime) -> int:
        return bisect_right(self._changes, moment, key=lambda change: change.at)

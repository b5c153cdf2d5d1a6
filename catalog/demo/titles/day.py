"""All titles on one day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import chain

from catalog.demo.titles.awkward import awkward
from catalog.demo.titles.documented import documented, plans
from catalog.demo.titles.finished import invented, well_known
from catalog.demo.titles.players import Site
from catalog.demo.titles.programme import Programme
from catalog.demo.titles.running import television_year_of
from catalog.domain.titles import Title


class Day:
    """``titles``, by id and in its order, stand as at ``moment``."""

    def __init__(self, day: date, moment: datetime, origin: str) -> None:
        self.programme = Programme(day, origin)
        self.moment = moment
        running = (self.programme.show_at(title_id, moment) for title_id in self.programme.show_ids)
        every = sorted(chain(_settled(moment, self.programme.site), running), key=lambda title: title.id)
        self.titles = {title.id: title for title in every}

    def move_on(self, moment: datetime) -> None:
        done = len(self.programme.until(self.moment))
        touched = {
            title_id for change in self.programme.until(moment)[done:] for title_id in self.programme.touched_by(change)
        }
        if touched:
            self.titles = self.titles | {title_id: self.programme.show_at(title_id, moment) for title_id in touched}
        self.moment = moment


def _settled(moment: datetime, site: Site) -> Iterator[Title]:
    """What does not change during a day."""
    planned = chain(invented(television_year_of(moment)), well_known(), plans())
    return chain((documented(plan, site) for plan in planned), awkward(site))

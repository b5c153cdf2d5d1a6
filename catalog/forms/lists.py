"""The query strings of the schedule, the team, the tracker's users and the torrents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.domain.week import Airing, Day
from catalog.forms.catalog import TEAM_ROLES
from catalog.forms.query import PickField, QueryForm

MOST_USERS = 50
LONGEST_USERS = 1000


class ScheduleForm(QueryForm):
    """Which days (0 Monday), which titles by id or code; nothing: all of them."""

    page = None  # type: ignore[assignment]
    day = PickField(label=_("Day"), vocabulary=range(7))
    title = PickField(label=_("Title"), pattern=r"[^/,]{1,255}")

    def shown(self, week: Iterable[Day]) -> tuple[Day, ...]:
        """The days asked for, with the titles asked for."""
        days, titles = {int(day) for day in self.values["day"]}, set(self.values["title"])
        return tuple(
            replace(day, airings=tuple(airing for airing in day.airings if not titles or titles & _names(airing)))
            for day in week
            if not days or day.weekday in days
        )


class TeamForm(QueryForm):
    page = None  # type: ignore[assignment]
    role = PickField(label=_("Role"), vocabulary=TEAM_ROLES)


class Column(NamedTuple):
    sort: str
    label: str
    url: str
    current: bool
    ascending: bool


class StatsForm(QueryForm):
    """The tracker's users: some by name or all, in any order."""

    COLUMNS = [("user", _("User")), ("uploaded", _("Uploaded")), ("downloaded", _("Downloaded"))]
    DESCENDING, ASCENDING = "0", "1"

    users = forms.CharField(label=_("Users"), max_length=LONGEST_USERS, required=False, initial="")
    sort_by = forms.ChoiceField(label=_("Order"), choices=COLUMNS, required=False, initial="uploaded")
    order = forms.ChoiceField(
        label=_("Direction"),
        choices=[(DESCENDING, _("descending")), (ASCENDING, _("ascending"))],
        required=False,
        initial=DESCENDING,
    )

    @property
    def names(self) -> list[str]:
        return list(dict.fromkeys(self.values["users"].replace(",", " ").split()))[:MOST_USERS]

    @property
    def asked(self) -> dict[str, Any]:
        """The arguments of ``seeders``, but for the page."""
        values = self.values
        return {"names": self.names, "sort_by": values["sort_by"], "ascending": values["order"] == self.ASCENDING}

    @property
    def columns(self) -> list[Column]:
        """Every order; asked for again, the present one turns round."""
        present, ascending = self.values["sort_by"], self.values["order"] == self.ASCENDING
        return [
            Column(
                sort,
                str(label),
                self.query(page=1, sort_by=sort, order=str(int(not ascending if sort == present else sort == "user"))),
                current=sort == present,
                ascending=ascending,
            )
            for sort, label in self.COLUMNS
        ]


def _names(airing: Airing) -> set[str]:
    return {airing.title.code, str(airing.title.id)}

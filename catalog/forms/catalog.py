"""The catalogue's query string: words, filters, order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from catalog.domain.titles import Team
from catalog.forms.query import LONGEST_TEXT, PickField, QueryForm
from catalog.services.index import ORDERS, ROLES, Wanted

SEASON_CODES = ("1", "2", "3", "4")
TEAM_ROLES = ROLES
FIRST_YEAR, LAST_YEAR = 1900, 2100
INDEX_ONLY = ("year_from", "year_to", "genres", "type", "status", "weekday", "letter", "sort")


class Chip(NamedTuple):
    """A filter in use: ``without`` is the address that lacks it."""

    name: str
    value: str
    without: str
    changes: dict[str, Any]


class Order(NamedTuple):
    """``value``: what the address says, nothing for the usual order."""

    value: str
    label: str
    chosen: bool


class CatalogForm(QueryForm):
    """Repeated values of one filter are alternatives, but for genres: all of them, or with ``genres=any`` any.

    Without the index (``postpone``) only what the upstream can filter by is understood.
    """

    DEFAULTS = {"page": 1, "genres": "all"}
    ORDERS: ClassVar[list[tuple[str, Any]]] = [
        ("updated", _("Updated, newest first")),
        ("new", _("Year, newest first")),
        ("name", _("Name, A to Z")),
        ("popular", _("In favourites")),
    ]

    q = forms.CharField(label=_("Search"), max_length=LONGEST_TEXT, required=False, initial="")
    year = PickField(label=_("Year"), pattern=r"\d{4}")
    year_from = forms.IntegerField(label=_("From the year"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False)
    year_to = forms.IntegerField(label=_("To the year"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False)
    season = PickField(label=_("Season"), vocabulary=SEASON_CODES)
    genre = PickField(label=_("Genre"))
    genres = forms.ChoiceField(
        label=_("Genres"), choices=[("all", _("All of them")), ("any", _("Any of them"))], required=False, initial="all"
    )
    type = PickField(label=_("Type"), vocabulary=range(6))
    status = PickField(label=_("Status"), vocabulary=range(1, 5))
    weekday = PickField(label=_("Weekday"), vocabulary=range(7))
    voice = PickField(label=_("Voice"))
    translator = PickField(label=_("Translation"))
    editing = PickField(label=_("Editing"))
    decor = PickField(label=_("Design"))
    timing = PickField(label=_("Timing"))
    sort = forms.ChoiceField(label=_("Order"), choices=ORDERS, required=False, initial="")
    letter = PickField(label=_("Letter"), pattern=r"[A-ZА-Я#]")  # last in every address

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query)
        self.postponed: list[tuple[str, str]] = []

    def clean(self) -> None:
        super().clean()
        values = self.cleaned_data
        low, high = values["year_from"], values["year_to"]
        if low is not None and high is not None and low > high:
            self.ignored += [(str(self.fields[name].label), str(values[name])) for name in ("year_from", "year_to")]
            values["year_from"] = values["year_to"] = None

    def postpone(self) -> None:
        """Leave out what only the index can filter by, and name it as not yet to be had."""
        for name in INDEX_ONLY:
            value, initial = self.values[name], self.fields[name].initial
            if value not in (None, "", [], initial):
                words = value if isinstance(value, list) else [value]
                named = [(str(self.fields[name].label), str(word)) for word in words]
                self.postponed += [each for each in named if each not in self.postponed]
                self.cleaned_data[name] = [] if isinstance(value, list) else initial

    def learn(self, years: Iterable[int] | None, genres: Iterable[str] | None, team: Team | None) -> bool:
        """Take over what the upstream could be asked to tell; whether something wanted turns out to be unknown."""
        before = dict(self.values)
        known: dict[str, Iterable[Any] | None] = {"year": sorted(years or (), reverse=True), "genre": genres}
        known |= {role: getattr(team, role, None) for role in TEAM_ROLES}
        for name, words in known.items():
            self.picks[name].learn(words or before[name])
        self.full_clean()
        return self.values != before

    def learn_vocabulary(self, vocabulary: Mapping[str, Iterable[str]]) -> None:
        """Take over what the index knows: a value that no title has is none."""
        for name in ("year", "genre", *TEAM_ROLES, "letter"):
            self.picks[name].learn(vocabulary[name])
        self.full_clean()

    @property
    def asked(self) -> dict[str, Any]:
        """The arguments of ``anilibria.search``, but for the page."""
        values = self.values
        asked = {
            "text": values["q"],
            "years": [int(year) for year in values["year"]],
            "seasons": [int(code) for code in values["season"]],
            "genres": values["genre"],
        }
        return asked | {role: values[role] for role in TEAM_ROLES}

    def wanted(self, **changes: Any) -> Wanted:
        """What the index is asked for, but for the page."""
        values = self.values | changes
        order = values["sort"] or _usual_order(values)
        return Wanted(
            text=values["q"],
            picks=tuple((name, tuple(values[name])) for name in self.picks if values[name]),
            years=(values["year_from"], values["year_to"]),
            all_genres=values["genres"] != "any",
            order=order if order in ORDERS else None,
        )

    def query(self, **changes: Any) -> str:
        """Without the order where it is the usual one of such a list."""
        values = self.values | changes
        sort = "" if values["sort"] == _usual_order(values) else values["sort"]
        address = super().query(**changes | {"sort": sort})
        return "./" if address == "?" else address

    @property
    def orders(self) -> list[Order]:
        """To choose from; the best match only where words are searched for."""
        usual = _usual_order(self.values)
        chosen = self.values["sort"] or usual
        named: list[tuple[str, Any]] = [("", _("Best match first"))] if usual == "" else []
        return [
            Order("" if order == usual else order, label, order == chosen)
            for order, label in (*named, *CatalogForm.ORDERS)
        ]

    @property
    def without_filters(self) -> str:
        return self.query(page=1, year_from=None, year_to=None, **{name: [] for name in self.picks})

    @property
    def with_letter(self) -> str:
        """An address that ends where a letter belongs."""
        return self.query(page=1, letter=[""])

    @property
    def without_letter(self) -> str:
        return self.query(page=1, letter=[])

    @property
    def team(self) -> list[forms.BoundField]:
        return [self[role] for role in TEAM_ROLES]

    @property
    def picked(self) -> list[Chip]:
        """Every filter in use."""
        chips = [
            self._chip(name, word, [other for other in words if other != word])
            for name, words in ((name, self.values[name]) for name in self.picks)
            for word in words
        ]
        bounds = ((name, self.values[name]) for name in ("year_from", "year_to"))
        return chips + [self._chip(name, str(year), None) for name, year in bounds if year is not None]

    def _chip(self, name: str, value: str, rest: list[str] | None) -> Chip:
        return Chip(name, value, self.query(page=1, **{name: rest}), {name: rest})


def _usual_order(values: Mapping[str, Any]) -> str:
    """Found by words: the best match, which has no name; under a letter: by name; else the latest updates first."""
    if values["q"]:
        return ""
    return "name" if values["letter"] else "updated"

"""Every query string is a form: what it holds is checked, and what it cannot hold is named and left out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from catalog.domain.titles import Team
from catalog.services.animeloop import LoopFilter

LONGEST_TEXT = 200
LAST_PAGE = 1000
SEASON_CODES = ("1", "2", "3", "4")
TEAM_ROLES = ("voice", "translator", "editing", "decor", "timing")
SLIDER_END = 6.0  # seconds: few loops are longer, so a bound there is none
NO_BOUND = 3600.0
LARGEST_NUMBER = 2**31 - 1
LONGEST_CURSOR = 2000


class PickField(forms.MultipleChoiceField):
    """Several values of one name. Until it has learnt a vocabulary, any text that fits ``pattern`` passes."""

    widget = forms.CheckboxSelectMultiple

    def __init__(
        self, *, pattern: str = r"[^,]{1,100}", vocabulary: Iterable[Any] | None = None, **options: Any
    ) -> None:
        super().__init__(required=False, **options)
        self.pattern = re.compile(pattern)
        self.learnt = False
        if vocabulary is not None:
            self.learn(vocabulary)

    def learn(self, vocabulary: Iterable[Any]) -> None:
        self.choices = [(str(word), str(word)) for word in vocabulary]
        self.learnt = True

    def valid_value(self, value: str) -> bool:
        if self.learnt:
            return super().valid_value(value)
        return value.isprintable() and self.pattern.fullmatch(value) is not None

    def clean(self, value: Any) -> list[str]:
        return [word for word in self._words(value) if self.valid_value(word)]

    def refused(self, value: Any) -> list[str]:
        return [word for word in self._words(value) if not self.valid_value(word)]

    def _words(self, value: Any) -> list[str]:
        return [word for word in dict.fromkeys(self.to_python(value)) if word]


class QueryForm(forms.Form):
    """``values`` has something usable for every field; ``ignored`` lists what was not, as (label, value)."""

    page = forms.IntegerField(label=_("Page"), min_value=1, max_value=LAST_PAGE, required=False, initial=1)

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query)
        self.ignored: list[tuple[str, str]] = []

    @property
    def picks(self) -> dict[str, PickField]:
        return {name: field for name, field in self.fields.items() if isinstance(field, PickField)}

    @property
    def values(self) -> dict[str, Any]:
        self.is_valid()
        return self.cleaned_data

    def clean(self) -> None:
        self.ignored = []
        for name, field in self.fields.items():
            given = field.widget.value_from_datadict(self.data, self.files, name)
            refused = field.refused(given) if isinstance(field, PickField) else [given] if name in self.errors else []
            self.ignored += [(str(field.label), str(value)) for value in refused]
            if self.cleaned_data.get(name) in field.empty_values:
                self.cleaned_data[name] = [] if isinstance(field, PickField) else field.initial

    def query(self, **changes: Any) -> str:
        """The understood part of the address with ``changes``: what a link to a neighbouring page holds."""
        query = QueryDict(mutable=True)
        for name, value in (self.values | changes).items():
            if value not in (None, "", [], 1 if name == "page" else None):
                query.setlist(name, value if isinstance(value, list) else [value])
        return f"?{query.urlencode()}"

    @property
    def first_page(self) -> str:
        return self.query(page=1)

    @property
    def next_page(self) -> str | None:
        page = self.values["page"]
        return self.query(page=page + 1) if page < LAST_PAGE else None


class CatalogForm(QueryForm):
    """Words and the filters of the titles' search; repeated values of one filter are alternatives."""

    q = forms.CharField(label=_("Search"), max_length=LONGEST_TEXT, required=False, initial="")
    year = PickField(label=_("Year"), pattern=r"\d{4}")
    season = PickField(label=_("Season"), vocabulary=SEASON_CODES)
    genre = PickField(label=_("Genre"))
    voice = PickField(label=_("Voice"))
    translator = PickField(label=_("Translation"))
    editing = PickField(label=_("Editing"))
    decor = PickField(label=_("Design"))
    timing = PickField(label=_("Timing"))

    def learn(self, years: Iterable[int] | None, genres: Iterable[str] | None, team: Team | None) -> bool:
        """Take over what the upstream could be asked to tell; whether something wanted turns out to be unknown."""
        before = dict(self.values)
        known: dict[str, Iterable[Any] | None] = {"year": sorted(years or (), reverse=True), "genre": genres}
        known |= {role: getattr(team, role, None) for role in TEAM_ROLES}
        for name, words in known.items():
            self.picks[name].learn(words or before[name])
        self.full_clean()
        return self.values != before

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

    @property
    def without_filters(self) -> str:
        return self.query(page=1, **{name: [] for name in self.picks})

    @property
    def team(self) -> list[forms.BoundField]:
        return [self[role] for role in TEAM_ROLES]

    @property
    def picked(self) -> list[tuple[str, str, str]]:
        """Every filter in use as (field, value, address without it)."""
        return [
            (name, word, self.query(page=1, **{name: [other for other in words if other != word]}))
            for name, words in ((name, self.values[name]) for name in self.picks)
            for word in words
        ]


class Duration(tuple[float, float]):
    """Two bounds in seconds; as text, the address's own "1,2.5"."""

    __slots__ = ()

    def __str__(self) -> str:
        return ",".join(f"{bound:g}" for bound in self)


class DurationInput(forms.TextInput):
    """One value is "1,2.5"; two are a slider's thumbs, of which one at the end of its way sets no bound."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        given = data.getlist(name)
        if len(given) != 2:
            return ",".join(given)
        low, high = given
        if high == f"{SLIDER_END:g}":
            high = "" if low == "0" else f"{NO_BOUND:g}"
        return f"{low},{high}" if high else ""


class DurationField(forms.Field):
    widget = DurationInput

    def to_python(self, value: Any) -> Duration | None:
        if not value:
            return None
        try:
            low, high = map(float, value.split(","))
        except ValueError:
            raise ValidationError(_("Two numbers with a comma between them."), code="invalid") from None
        if not 0 <= low <= high <= NO_BOUND:
            raise ValidationError(_("The shorter length first."), code="invalid")
        return Duration((low, high))


class ObjectIdField(forms.CharField):
    """An id of the loops' source: 24 hexadecimal digits."""

    default_validators = [RegexValidator(r"\A[0-9a-f]{24}\Z")]

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).lower()


class LoopsForm(QueryForm):
    """The filters of loops, under our names or under those of the upstream's document."""

    ALIASES = {"seriesid": "series", "episodeid": "episode", "collectionid": "collection", "source_from": "source"}

    series = ObjectIdField(label=_("Series"), required=False)
    episode = ObjectIdField(label=_("Episode"), required=False)
    duration = DurationField(label=_("Duration"), required=False)
    source = forms.ChoiceField(
        label=_("Source"),
        choices=[("", _("All")), ("automator", _("Automator")), ("upload", _("Upload"))],
        widget=forms.RadioSelect,
        required=False,
    )
    collection = forms.IntegerField(
        label=_("Collection"), min_value=0, max_value=LARGEST_NUMBER, required=False, localize=False
    )

    def __init__(self, query: QueryDict) -> None:
        query = query.copy()
        for alias, name in self.ALIASES.items():
            if alias in query:
                given = query.pop(alias)
                query.setlist(name, query.getlist(name) or given)
        super().__init__(query)

    @property
    def where(self) -> LoopFilter:
        values = self.values
        return LoopFilter(
            series=values["series"] or None,
            episode=values["episode"] or None,
            collection=values["collection"],
            duration=values["duration"],
            source=values["source"] or None,
        )

    @property
    def anywhere(self) -> bool:
        """Whether no filter is on."""
        return self.where == LoopFilter()

    @property
    def slider(self) -> dict[str, Any]:
        """Where the two thumbs are: values, and both gaps to the ends in percent."""
        low, high = (min(bound, SLIDER_END) for bound in self.values["duration"] or (0, SLIDER_END))
        gaps = {"before": f"{low / SLIDER_END:.2%}", "after": f"{1 - high / SLIDER_END:.2%}"}
        return {"low": f"{low:g}", "high": f"{high:g}", "end": f"{SLIDER_END:g}", **gaps}


class VideosForm(QueryForm):
    """Whose videos, or those with which hashtag, from which place in the list. Nothing: the feed."""

    ORDERS = [("Latest", _("Latest")), ("Popular", _("Popular")), ("Oldest", _("Oldest"))]

    account = forms.RegexField(r"\A(\d{1,20}|@[^\s/]{1,150})\Z", label=_("Account"), required=False, initial="")
    sort = forms.ChoiceField(
        label=_("Order"),
        choices=ORDERS,
        required=False,
        initial="Latest",
    )
    tag = forms.CharField(label=_("Hashtag"), max_length=LONGEST_TEXT, required=False, initial="")
    trending = forms.CharField(label=_("Trending hashtag"), max_length=LONGEST_TEXT, required=False, initial="")
    cursor = forms.CharField(label=_("Place in the list"), max_length=LONGEST_CURSOR, required=False, initial="")

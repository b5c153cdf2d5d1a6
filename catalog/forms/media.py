"""The query strings of loops and videos."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from catalog.forms.query import LONGEST_TEXT, QueryForm
from catalog.models.widgets import SOURCE_NAMES
from catalog.services.animeloop import LoopFilter

SLIDER_END = 6.0  # seconds: few loops are longer, so a bound there is none
NO_BOUND = 3600.0
LONGEST_SLUG = 60
LARGEST_NUMBER = 2**31 - 1
LONGEST_CURSOR = 2000


class Duration(tuple[float, float]):
    """Two bounds in seconds; as text, the address's own "1,2.5"."""

    __slots__ = ()

    def __str__(self) -> str:
        return ",".join(f"{bound:g}" for bound in self)


class DurationInput(forms.TextInput):
    """One value is "1,2.5"; two are numbers or a slider's thumbs: an empty one, or one at its end, sets no bound."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        given = data.getlist(name)
        if len(given) != 2:
            return ",".join(given)
        low, high = (bound.strip() for bound in given)
        low = low or "0"
        if high in ("", f"{SLIDER_END:g}"):
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

    default_validators = [RegexValidator(r"\A[0-9a-f]{24}\Z", _("An id is 24 hexadecimal digits."))]

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
        choices=[("", _("All")), *SOURCE_NAMES],
        widget=forms.RadioSelect,
        required=False,
    )
    collection = forms.IntegerField(
        label=_("Collection"), min_value=0, max_value=LARGEST_NUMBER, required=False, localize=False
    )
    favourites = forms.SlugField(label=_("Favourites"), max_length=LONGEST_SLUG, required=False)

    def __init__(self, query: QueryDict) -> None:
        query = query.copy()
        for alias, name in self.ALIASES.items():
            if alias in query:
                given = query.pop(alias)
                query.setlist(name, query.getlist(name) or given)
        super().__init__(query)

    def clean(self) -> None:
        """Which loops are in the source's own collections it alone knows, and of ours it knows nothing."""
        if self.cleaned_data.get("favourites") and self.cleaned_data.get("collection") is not None:
            self.add_error("collection", _("Not together with favourites."))
        super().clean()

    @property
    def where(self) -> LoopFilter:
        values = self.values
        return LoopFilter(
            series=values["series"] or None,
            episode=values["episode"] or None,
            collection=values["collection"],
            duration=values["duration"],
            source=values["source"] or None,
            favourites=values["favourites"] or None,
        )

    @property
    def anywhere(self) -> bool:
        """Whether no filter is on."""
        return self.where == LoopFilter()

    @property
    def slider(self) -> dict[str, Any]:
        """Where the two thumbs are: values, and both gaps to the ends in percent; ``from`` and ``to`` as numbers."""
        bounds = self.values["duration"]
        low, high = (min(bound, SLIDER_END) for bound in bounds or (0, SLIDER_END))
        fields = {
            "from": f"{bounds[0]:g}" if bounds else "",
            "to": f"{bounds[1]:g}" if bounds and bounds[1] < NO_BOUND else "",
        }
        gaps = {"before": f"{low / SLIDER_END:.2%}", "after": f"{1 - high / SLIDER_END:.2%}"}
        return {"low": f"{low:g}", "high": f"{high:g}", "end": f"{SLIDER_END:g}", **gaps, **fields}


class GalleryForm(LoopsForm):
    """The filters, and in which order: by chance, ``seed`` says which of all the orders there are."""

    DEFAULTS: ClassVar[dict[str, Any]] = {**LoopsForm.DEFAULTS, "order": "new"}

    order = forms.ChoiceField(
        label=_("Order"),
        choices=[("new", _("Newest")), ("random", _("Random"))],
        widget=forms.RadioSelect,
        required=False,
        initial="new",
    )
    seed = forms.RegexField(r"\A[\w.~-]{1,64}\Z", label=_("Seed"), required=False, initial="")

    @property
    def shuffled(self) -> bool:
        return bool(self.values["order"] == "random")

    @property
    def unseeded(self) -> bool:
        """Whether chance is wanted and nothing says which."""
        return self.shuffled and not self.values["seed"]

    @property
    def filters(self) -> str:
        """The address's query without order and page."""
        return self.query(page=1, order="new", seed="")

    @property
    def shuffle(self) -> str:
        return self.query(page=1, order="random", seed="")

    def query(self, **changes: Any) -> str:
        """A seed means something in the random order alone."""
        if (self.values | changes)["order"] != "random":
            changes["seed"] = ""
        return super().query(**changes)


class PlaceForm(QueryForm):
    """From which place in a list of videos."""

    cursor = forms.CharField(label=_("Place in the list"), max_length=LONGEST_CURSOR, required=False, initial="")


class AccountForm(PlaceForm):
    """In which order an account's videos are."""

    DEFAULTS = PlaceForm.DEFAULTS | {"sort": "Latest"}
    ORDERS = [("Latest", _("Latest")), ("Popular", _("Popular")), ("Oldest", _("Oldest"))]

    sort = forms.ChoiceField(label=_("Order"), choices=ORDERS, required=False, initial="Latest")


class SeriesForm(QueryForm):
    """Series of loops by season ("2014-4": its first month) and kind, or by words."""

    q = forms.CharField(label=_("Words"), max_length=LONGEST_TEXT, required=False, initial="")
    season = forms.RegexField(r"\A\d{4}-(1|4|7|10)\Z", label=_("Season"), required=False, initial="")
    type = forms.RegexField(r"\A[\w ]{1,40}\Z", label=_("Kind"), required=False, initial="")

    @property
    def asked(self) -> dict[str, Any]:
        values = self.values
        return {
            "words": values["q"],
            "season": values["season"] or None,
            "type": values["type"] or None,
            "page": values["page"],
        }


class VideosForm(AccountForm):
    """What once told accounts and hashtags apart, which have addresses of their own now. Nothing: the feed."""

    account = forms.RegexField(r"\A(\d{1,20}|@[^\s/]{1,150})\Z", label=_("Account"), required=False, initial="")
    tag = forms.CharField(label=_("Hashtag"), max_length=LONGEST_TEXT, required=False, initial="")
    trending = forms.CharField(label=_("Trending hashtag"), max_length=LONGEST_TEXT, required=False, initial="")

"""The query string of a widget. Its reader is who pasted it, so nothing wrong is passed over."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.domain.widgets import FITS, LINKS, LONGEST_REFRESH, NEVER, SHORTEST_REFRESH, SIZES, THEMES, WidgetOptions
from catalog.forms.media import LoopsForm, ObjectIdField
from catalog.models.widgets import FIT_NAMES, LINK_NAMES, SIZE_NAMES, THEME_NAMES

LONGEST_SEED = 64
SETTLED_SECONDS = 3600
YES_NO = [("1", _("Yes")), ("0", _("No"))]


class Refusal(NamedTuple):
    """A parameter that cannot be understood, as it was given, and why."""

    name: str
    value: str
    reason: str


class EmbedForm(LoopsForm):
    """Which loops, and how they are shown. ``loop`` is this very one, ``seed`` always the same one of the others."""

    DEFAULTS = {
        "size": SIZES[0], "theme": THEMES[0], "fit": FITS[0], "controls": "1", "caption": "1", "refresh": NEVER,
        "link": LINKS[0], "lang": settings.LANGUAGE_CODE,
    }  # fmt: skip

    page = None  # type: ignore[assignment]
    loop = ObjectIdField(label=_("Loop"), required=False)
    seed = forms.CharField(label=_("Seed"), max_length=LONGEST_SEED, required=False)
    size = forms.ChoiceField(label=_("Size of the file"), choices=SIZE_NAMES, required=False, initial=SIZES[0])
    theme = forms.ChoiceField(label=_("Theme"), choices=THEME_NAMES, required=False, initial=THEMES[0])
    fit = forms.ChoiceField(label=_("Fit"), choices=FIT_NAMES, required=False, initial=FITS[0])
    controls = forms.ChoiceField(label=_("Buttons"), choices=YES_NO, required=False, initial="1")
    caption = forms.ChoiceField(label=_("Series’ name and timestamp"), choices=YES_NO, required=False, initial="1")
    refresh = forms.IntegerField(
        label=_("A new one every so many seconds"), min_value=NEVER, max_value=LONGEST_REFRESH, required=False,
        initial=NEVER, localize=False,
    )  # fmt: skip
    link = forms.ChoiceField(label=_("The caption leads to"), choices=LINK_NAMES, required=False, initial=LINKS[0])
    lang = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, required=False, initial=settings.LANGUAGE_CODE
    )

    def clean_refresh(self) -> int | None:
        seconds: int | None = self.cleaned_data["refresh"]
        if seconds is not None and NEVER < seconds < SHORTEST_REFRESH:
            raise ValidationError(_("At least %(least)s seconds, or 0 for never."), params={"least": SHORTEST_REFRESH})
        return seconds

    @property
    def refused(self) -> list[Refusal]:
        """What was wrong, by parameter; nothing: the form can be relied on."""
        return [
            Refusal(name, str(self[name].data), self._reason(name, messages)) for name, messages in self.errors.items()
        ]

    def _reason(self, name: str, messages: Iterable[Any]) -> str:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            choices: Any = field.choices
            words = ", ".join(str(word) for word, _label in choices if word != "")
            return gettext("One of these: %(words)s.") % {"words": words}
        return " ".join(map(str, messages))

    @property
    def options(self) -> WidgetOptions:
        values = self.values
        given: dict[str, Any] = {name: values[name] for name in ("size", "theme", "fit", "refresh", "link")}
        return WidgetOptions(**given, controls=values["controls"] == "1", caption=values["caption"] == "1")

    @property
    def keep_seconds(self) -> int:
        """How long the address alone says which loop is shown: curators change what is in a collection."""
        if self.values["loop"]:
            return SETTLED_SECONDS
        if self.values["seed"]:
            return int(settings.PAGE_TTL_SECONDS) if self.values["favourites"] else SETTLED_SECONDS
        return 0

    @property
    def another(self) -> str | None:
        """The address of the next loop within the same filters; none for a widget that shows one alone."""
        return None if self.values["loop"] else self.query(seed="")

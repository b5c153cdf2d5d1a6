"""What a visitor says about one thing, and about the whole list."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.domain.lists import Entry
from catalog.domain.titles import Number

STATE_NAMES = {
    "watching": _("Watching"),
    "planned": _("Planned"),
    "watched": _("Watched"),
    "dropped": _("Dropped"),
}


class ItemForm(forms.Form):
    """A heart, of a title also a state; ``remove`` takes both away."""

    heart = forms.BooleanField(label=_("Heart"), required=False)
    state = forms.ChoiceField(label=_("On my list"), required=False, widget=forms.RadioSelect)
    remove = forms.BooleanField(required=False)

    def __init__(self, entry: Entry, data: Any = None) -> None:
        super().__init__(data, initial={"heart": entry.heart, "state": entry.state})
        self.entry = entry
        state = self.fields["state"]
        assert isinstance(state, forms.ChoiceField)  # noqa: S101  as declared
        state.choices = [("", _("Not on my list")), *(STATE_NAMES.items() if entry.kind == "title" else ())]

    def changed(self, last: Number | None, now: int) -> Entry:
        """The entry as it is to be from ``now`` on; ``last``: the title's last episode, if that is known."""
        removed = self.cleaned_data["remove"]
        return replace(
            self.entry,
            heart=self.cleaned_data["heart"] and not removed,
            state="" if removed else self.cleaned_data["state"],
            seen=self.entry.seen if last is None else last,
            added=self.entry.added or now,
            changed=now,
        )


class ImportForm(forms.Form):
    file = forms.FileField(label=_("A list saved as a file"), allow_empty_file=True)

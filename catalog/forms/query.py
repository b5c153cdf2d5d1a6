"""Every query string is a form: what it holds is checked, and what it cannot hold is named and left out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

LONGEST_TEXT = 200
LAST_PAGE = 1000


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

    DEFAULTS: ClassVar[dict[str, Any]] = {"page": 1}  # what an address need not say

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
            if value not in (None, "", [], self.DEFAULTS.get(name)):
                query.setlist(name, value if isinstance(value, list) else [value])
        return f"?{query.urlencode()}"

    @property
    def first_page(self) -> str:
        return self.query(page=1)

    @property
    def next_page(self) -> str | None:
        page = self.values["page"]
        return self.query(page=page + 1) if page < LAST_PAGE else None

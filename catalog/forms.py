"""Every query string is a form: what it holds is checked, and what it cannot hold is named and left out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

LONGEST_TEXT = 200
LAST_PAGE = 1000


class PickField(forms.MultipleChoiceField):
    """Several values of one name. Without a vocabulary any short text passes, but for the upstream's separator."""

    def __init__(self, *, vocabulary: Iterable[Any] | None = None, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.learn(vocabulary)

    def learn(self, vocabulary: Iterable[Any] | None) -> None:
        self.vocabulary = None if vocabulary is None else {str(word) for word in vocabulary}

    def valid_value(self, value: Any) -> bool:
        if self.vocabulary is not None:
            return value in self.vocabulary
        return len(value) <= LONGEST_TEXT and "," not in value and value.isprintable()

    def clean(self, value: Any) -> list[str]:
        return [word for word in dict.fromkeys(self.to_python(value)) if word and self.valid_value(word)]

    def refused(self, value: Any) -> list[str]:
        return [word for word in dict.fromkeys(self.to_python(value)) if word and not self.valid_value(word)]


class QueryForm(forms.Form):
    """``values`` holds something usable for every field; ``ignored`` lists what was not, as (field's label, value)."""

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query)
        self.ignored: list[tuple[str, str]] = []

    @property
    def values(self) -> dict[str, Any]:
        self.is_valid()
        return self.cleaned_data

    def clean(self) -> None:
        for name, field in self.fields.items():
            given = field.widget.value_from_datadict(self.data, self.files, name)
            refused = field.refused(given) if isinstance(field, PickField) else [given] if name in self.errors else []
            self.ignored += [(str(field.label), str(value)) for value in refused]
            if self.cleaned_data.get(name) in field.empty_values and field.initial is not None:
                self.cleaned_data[name] = field.initial


class PagedForm(QueryForm):
    page = forms.IntegerField(label=_("Page"), min_value=1, max_value=LAST_PAGE, required=False, initial=1)

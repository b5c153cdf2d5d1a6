"""Curators at the same moment: one after the other, and an older page takes nothing back."""

from __future__ import annotations

import re
from bisect import bisect
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

from adminsortable2.admin import CustomInlineFormSet
from django import forms
from django.contrib import admin, messages
from django.forms.models import BaseModelFormSet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.text import capfirst
from django.utils.translation import ngettext

from catalog.models import Favourite
from catalog.services import favourites

if TYPE_CHECKING:
    AdminBase = admin.ModelAdmin[Any]
    FormSetBase = BaseModelFormSet[Favourite, forms.ModelForm[Favourite]]
else:
    AdminBase = object
    FormSetBase = BaseModelFormSet

COUNTED = re.compile(r"\d{1,9}", re.ASCII)
KINDS_OF_COUNT = ("TOTAL_FORMS", "INITIAL_FORMS")


class OneAtATime(AdminBase):
    """What a form says is read, checked and written while nobody else writes."""

    def changelist_view(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        with _alone(request):
            return super().changelist_view(request, *args, **options)

    def changeform_view(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        with _alone(request):
            return super().changeform_view(request, *args, **options)

    def delete_view(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        with _alone(request):
            return super().delete_view(request, *args, **options)

    def history_form_view(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        request.reverts = True  # type: ignore[attr-defined]
        with _alone(request):
            response: HttpResponse = super().history_form_view(request, *args, **options)  # type: ignore[misc]
            return response

    def import_action(self, request: HttpRequest, **options: Any) -> HttpResponse:
        with _alone(request):
            response: HttpResponse = super().import_action(request, **options)  # type: ignore[misc]
            return response

    def process_import(self, request: HttpRequest, **options: Any) -> HttpResponse:
        with _alone(request):
            response: HttpResponse = super().process_import(request, **options)  # type: ignore[misc]
            return response

    def changed(self, request: HttpRequest, form: Any) -> list[str]:
        """The fields to write: going back to what was once there is a change of all of them."""
        names: list[str] = [*form.fields] if getattr(request, "reverts", False) else form.changed_data
        return [name for name in names if name in form.cleaned_data]


class PresentRows(FormSetBase):
    """Rows of what somebody removed meanwhile are left out, and whoever sent them is told so.

    What the fields are called stands once above all rows, so whoever hears a field is told it with its row.
    """

    request: HttpRequest

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.sent: Any = self.data
        self.gone = self._gone() if self.is_bound else []
        if gone := self.gone:
            self.data = self._without(gone)
            words = ngettext(
                "%d favourite of this page was removed or moved meanwhile; it stays so.",
                "%d favourites of this page were removed or moved meanwhile; they stay so.",
                len(gone),
            )
            messages.warning(self.request, words % len(gone))

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for shown in form.visible_fields():
            shown.field.widget.attrs["aria-label"] = f"{capfirst(shown.label)}: {form.instance}"

    def _gone(self) -> list[int]:
        held = {str(row.pk) for row in self.get_queryset()}
        rows = ((self._row.fullmatch(name), self.data[name]) for name in self.data)
        return sorted(int(row[2]) for row, key in rows if row and row[3] == "id" and key and key not in held)

    def _without(self, gone: list[int]) -> QueryDict:
        data: Any = self.data
        left = QueryDict(mutable=True)
        for name, values in data.lists():
            row = self._row.fullmatch(name)
            if row is None:
                left.setlist(name, values)
            elif (number := int(row[2])) not in gone:
                left.setlist(f"{row[1]}{self.prefix}-{number - bisect(gone, number)}-{row[3]}", values)
        for name in (f"{self.prefix}-{kind}" for kind in KINDS_OF_COUNT):
            count = str(left.get(name, ""))
            if COUNTED.fullmatch(count):
                left[name] = str(max(0, int(count) - len(gone)))
        return left

    @property
    def _row(self) -> re.Pattern[str]:
        return re.compile(rf"((?:initial-)?){re.escape(self.prefix or '')}-(\d{{1,6}})-(\w+)", re.ASCII)


class NumberedFormSet(PresentRows, CustomInlineFormSet):
    """Dragging writes the numbers; whoever has only a keyboard can write them too. What they say is ``moved``."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        order = self.form.base_fields[self.default_order_field]
        order.widget = forms.NumberInput(attrs={"class": "_reorder_ vIntegerField", "min": 1})

    @property
    def moved(self) -> dict[int, int]:
        """The places of those that were moved since the page was shown, whose numbers count what is removed by now."""
        seen = {form.instance.pk: _number_shown(form) for form in self.initial_forms}
        changed = [form for form in self.initial_forms if "order" in form.changed_data]
        numbered = {form.instance.pk: form.cleaned_data.get("order") for form in changed}
        removed = {form.instance.pk for form in self.deleted_forms}
        for row in self.gone:
            name, key = f"{self.prefix}-{row}-order", -1 - row
            was, number = (_counted(self.sent.get(one, "")) for one in (f"initial-{name}", name))
            if was is not None:
                removed.add(key)
                seen[key], numbered[key] = was, number if number != was else None
        places = {key: number for key, number in numbered.items() if number is not None}
        return favourites.moves(sorted(seen, key=seen.__getitem__), places, removed)

    def save_existing(self, form: Any, obj: Favourite, commit: bool = True) -> Favourite:
        """All but its number, which says where it comes among the others there are by now."""
        obj.order = form.initial["order"]
        if fields := [name for name in form.changed_data if name != "order"]:
            obj.save(update_fields=[*fields, "changed_at"])
        return obj


def _alone(request: HttpRequest) -> AbstractContextManager[None]:
    return favourites.arranging() if request.method == "POST" else nullcontext()


def _number_shown(form: Any) -> int:
    number = _counted(form.data.get(form.add_initial_prefix("order"), ""))
    return form.initial["order"] if number is None else number


def _counted(text: str) -> int | None:
    return int(text) if COUNTED.fullmatch(text) else None

"""What curators fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.widgets import AdminSplitDateTime, AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.domain.favourites import Item
from catalog.models import Collection, Favourite
from catalog.services import favourites
from catalog.services.answer import Answer
from catalog.services.errors import UpstreamError
from catalog.services.favourites import AlreadyThere, NothingThere, NotUnderstood, Subject

if TYPE_CHECKING:
    BaseForm = forms.ModelForm[Any]
else:
    BaseForm = forms.ModelForm

MOST_LINES = 100
LONGEST_CHOICE = 120
LONGEST_PASTED = 2000
Meant = tuple[Subject, Answer[Item] | None] | ValidationError
PASTED = _(
    "An address of this site, AniLibria, Animeloop or loops.video, or an id: a title’s number or code, a loop’s or "
    "series’ 24 digits, a video’s shortcode."
)


def refusal(error: Exception, text: str) -> str | SafeString:
    """Why ``text`` was not added, in words for who pasted it."""
    match error:
        case AlreadyThere(favourite=there):
            url = reverse("admin:catalog_favourite_change", args=[there.pk])
            return format_html(
                gettext('“{}” is in this collection already: <a href="{}">look at it</a>.'), str(there), url
            )
        case NothingThere():
            return gettext("“%(text)s”: its source has nothing of that name.") % {"text": text}
        case NotUnderstood():
            return gettext("“%(text)s” is no address or id of a title, loop, series or video.") % {"text": text}
        case _:
            return gettext(
                "“%(text)s”: its source does not answer, which alone knows what it is. Try again later, or give an id."
            ) % {"text": text}


class ChangesOnly(BaseForm):
    """What was not changed since the form was shown stays as it is by now: an older page takes nothing back."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        written = {field.name for field in self._meta.model._meta.concrete_fields} if self.instance.pk else set()
        for name in self.fields.keys() & written:
            shown = self.add_initial_prefix(name)
            self.fields[name].show_hidden_initial = not self.is_bound or bool({shown, f"{shown}_0"} & self.data.keys())

    def clean(self) -> None:
        super().clean()
        for name in self.cleaned_data.keys() - set(self.changed_data):
            if self.fields[name].show_hidden_initial:
                self.cleaned_data[name] = getattr(self.instance, name)


class CollectionForm(ChangesOnly):
    added = forms.CharField(
        label=_("Add"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80}),
        help_text=_("One a line. An address of this site, AniLibria, Animeloop or loops.video, or an id."),
    )

    class Meta:
        model = Collection
        fields = "__all__"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _name_parts(self)
        if cover := self.fields.get("cover"):
            cover.queryset = Favourite.objects.filter(collection=self.instance.pk)  # type: ignore[attr-defined]

    def clean_added(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["added"].splitlines()]
        lines += self.data.getlist("found")  # type: ignore[attr-defined]  # what was ticked of the search's results
        found = list(dict.fromkeys(line for line in lines if line))
        if len(found) > MOST_LINES:
            raise ValidationError(gettext("At most %(most)s at once.") % {"most": MOST_LINES})
        return found


class ScheduleForm(BaseForm):
    """When readers see what is chosen."""

    class Meta:
        model = Collection
        fields = ["published_from", "published_until"]
        field_classes = dict.fromkeys(fields, forms.SplitDateTimeField)
        widgets = dict.fromkeys(fields, AdminSplitDateTime)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _name_parts(self)


class FavouriteForm(ChangesOnly):
    def clean(self) -> None:
        super().clean()
        if collection := self.cleaned_data.get("collection"):
            there = favourites.already_there(collection, Subject(self.instance.kind, self.instance.subject))
            if there and there.pk != self.instance.pk:
                self.add_error("collection", ValidationError(refusal(AlreadyThere(there), str(there))))


class AddFavouriteForm(BaseForm):
    """``found``: what was chosen of the search's results; it counts for more than what stands in the box.

    ``meant``: what ``look_up`` said of what was sent.
    """

    meant: Meant

    text = forms.CharField(
        label=_("What"), required=False, max_length=LONGEST_PASTED, help_text=PASTED, widget=AdminTextInputWidget
    )

    class Meta:
        model = Favourite
        fields = ["collection", "note_en", "note_ru", "published", "keep_when_gone"]

    def clean(self) -> None:
        super().clean()
        collection = self.cleaned_data.get("collection")
        if isinstance(self.meant, ValidationError):
            self.add_error("text", self.meant)
        elif collection is not None:
            subject, answer = self.meant
            if there := favourites.already_there(collection, subject):
                self.add_error("text", ValidationError(refusal(AlreadyThere(there), str(there))))
            self.instance.kind, self.instance.subject = subject.kind, subject.name
            favourites.tell(self.instance, answer)

    @classmethod
    def look_up(cls, data: QueryDict) -> Meant:
        """What is to be added, as its source tells it, or why it cannot be."""
        kind, _sign, name = data.get("found", "")[:LONGEST_CHOICE].partition(":")
        text = name or data.get("text", "")[:LONGEST_PASTED].strip()
        if not text:
            return ValidationError(gettext("Paste an address or an id, or choose what was found."))
        try:
            return favourites.look_up(text, kind if name else "")
        except (NotUnderstood, NothingThere, UpstreamError) as error:
            return ValidationError(refusal(error, text))


def _name_parts(form: BaseForm) -> None:
    """The day and the hour of a moment, which have one label."""
    for field in form.fields.values():
        if isinstance(field.widget, AdminSplitDateTime):
            for part, name in zip(field.widget.widgets, (_("Date"), _("Time")), strict=True):
                part.attrs["aria-label"] = f"{capfirst(field.label)}: {name}"


class MoveForm(ActionForm):
    to = forms.ModelChoiceField(Collection.objects.all(), label=_("Into"), required=False)

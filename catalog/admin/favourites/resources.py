"""What a row of a file is: a favourite in its collection, or a collection."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models import Max, TextField
from django.utils.dateparse import parse_datetime
from django.utils.html import conditional_escape, format_html
from django.utils.timezone import get_default_timezone, is_naive, localtime, make_aware
from django.utils.translation import gettext
from import_export.fields import Field
from import_export.resources import Diff, ModelResource
from import_export.widgets import ForeignKeyWidget, Widget

from catalog.admin.favourites.files import ABSENT
from catalog.models import Collection, Favourite
from catalog.services import favourites
from catalog.services.favourites import NotKnownHere, NotUnderstood

MOST_ROWS = 500  # a row takes some 5 ms, during which nobody else can write to SQLite
LONGEST_REASON = 100
LONGEST_NUMBER = 9  # digits

Row = MutableMapping[str, Any]


class Whole(Widget):
    def clean(self, value: Any, row: Row | None = None, **options: Any) -> int:
        text = str(value).strip()
        if not (text.isascii() and text.isdigit()) or len(text) > LONGEST_NUMBER:
            raise ValueError(gettext("“%(value)s” is no whole number.") % {"value": text[:40]})
        return int(text)

    def render(self, value: int, obj: Any = None, **options: Any) -> int:
        return value


class YesNo(Widget):
    WORDS = {"1": True, "true": True, "yes": True, "да": True, "0": False, "false": False, "no": False, "нет": False}

    def clean(self, value: Any, row: Row | None = None, **options: Any) -> bool:
        answer = self.WORDS.get(str(value).strip().lower())
        if answer is None:
            raise ValueError(gettext("“%(value)s” is neither 1 nor 0.") % {"value": str(value)[:40]})
        return answer

    def render(self, value: bool, obj: Any = None, **options: Any) -> bool:
        return value


class Moment(Widget):
    """ISO 8601; without a zone it is the site's."""

    def clean(self, value: Any, row: Row | None = None, **options: Any) -> Any:
        text = str(value).strip()
        if not text:
            return None
        try:
            moment = parse_datetime(text)
        except ValueError:
            moment = None
        if moment is None:
            words = gettext("“%(value)s” is no date and time such as 2030-01-31T18:00:00+03:00.")
            raise ValueError(words % {"value": text[:40]})
        return make_aware(moment, get_default_timezone()) if is_naive(moment) else moment

    def render(self, value: Any, obj: Any = None, **options: Any) -> str:
        return localtime(value).isoformat() if value else ""


class Changes(Diff):
    def as_html(self) -> list[str]:
        return [
            format_html("<del>{}</del> <ins>{}</ins>", before, after)
            if before != after and not self.new
            else conditional_escape(after)
            for before, after in zip(self.left, self.right, strict=True)
        ]


class Rules:
    """All rows are right, or none is written."""

    clean_model_instances = True
    skip_unchanged = True
    report_skipped = False
    use_transactions = True


class Rows(ModelResource):
    """``needed``: columns without which a row says nothing; ``telling``: those where an empty cell empties."""

    needed: tuple[str, ...]
    telling: tuple[str, ...]

    def get_diff_class(self) -> type[Diff]:
        return Changes

    def before_import(self, dataset: Any, **options: Any) -> None:
        refused = next(self._complaints(dataset), None)
        if refused:
            dataset.wipe()
            raise ValueError(refused)
        self.seen: dict[tuple[str, ...], int] = {}

    def before_import_row(self, row: Row, **options: Any) -> None:
        for column, value in list(row.items()):
            row[column] = "" if value is None else value
            if value is ABSENT or (row[column] == "" and column not in (*self.needed, *self.telling)):
                del row[column]
            elif isinstance(value, (list, dict)):
                raise ValidationError({column: gettext("A list or an object is no value.")})
            elif isinstance(value, str) and "\0" in value:  # which no database keeps
                raise ValidationError({column: gettext("It has signs in it that are no text.")})
        for column in self.needed:
            row[column] = str(row.get(column, "")).strip()
        first = self.seen.setdefault(self.identify(row), options["row_number"])
        if first != options["row_number"]:
            raise ValidationError(gettext("It is the same as row %(number)s.") % {"number": first})

    def identify(self, row: Row) -> tuple[str, ...]:
        """By what it is known, as is written into ``row`` too; a ValidationError where that cannot be said."""
        return tuple(row[column] for column in self.needed)

    def after_init_instance(self, instance: Any, new: bool, row: Row, **options: Any) -> None:
        self.stood = None if new and "order" in row else instance.order

    def moves(self, instance: Collection | Favourite) -> bool:
        """Whether the row that was just read puts it somewhere, rather than leaving it where it stands among others."""
        return instance.order != self.stood

    def validate_instance(self, instance: Any, errors: Any = None, validate_unique: bool = True) -> None:
        """Long texts too, which a model leaves to its forms to refuse."""
        errors = dict(errors or {})
        for field in instance._meta.fields:
            if isinstance(field, TextField) and field.max_length:
                try:
                    MaxLengthValidator(field.max_length)(getattr(instance, field.name))
                except ValidationError as exc:
                    errors[field.name] = exc
        super().validate_instance(instance, errors, validate_unique)

    def before_save_instance(self, instance: Any, row: Row, **options: Any) -> None:
        reason = gettext("Imported from %(name)s") % {"name": options.get("file_name") or ""}
        instance._change_reason = reason[:LONGEST_REASON]

    def _complaints(self, dataset: Any) -> Iterator[str]:
        names = [str(name).strip() for name in dataset.headers or ()]
        dataset.headers = names
        columns = [field.column_name for field in self.get_import_fields()]
        listed = {"names": ", ".join(columns)}
        if missing := [name for name in self.needed if name not in names]:
            yield gettext("The file lacks the column %(name)s.") % {"name": missing[0]}
        if unknown := [name for name in names if name not in columns]:
            words = gettext("“%(name)s” is no column; those that are: %(names)s.")
            yield words % {"name": unknown[0][:80], **listed}
        if len(set(names)) < len(names):
            yield gettext("The file has a column twice.")
        if len(dataset) > MOST_ROWS:
            yield gettext("The file has %(count)s rows; at most %(most)s come in at once.") % {
                "count": len(dataset), "most": MOST_ROWS,
            }  # fmt: skip


class FavouriteRows(Rows):
    """A new row without a place in the order comes to the end."""

    collection = Field("collection", "collection", ForeignKeyWidget(Collection, "slug"), readonly=True)
    subject = Field("subject", "what")
    order = Field("order", "order", Whole())
    published = Field("published", "published", YesNo())
    keep_when_gone = Field("keep_when_gone", "keep_when_gone", YesNo())

    needed = ("collection", "what")
    telling = ("note_en", "note_ru")

    class Meta(Rules):
        model = Favourite
        fields = ("collection", "kind", "subject", "note_en", "note_ru", "order", "published", "keep_when_gone")
        import_id_fields = ("collection", "subject")  # what every file needs; ``get_instance`` goes by the kind as well

    def before_import(self, dataset: Any, **options: Any) -> None:
        self.moved: dict[str, list[Favourite]] = {}
        super().before_import(dataset, **options)
        slugs = {str(slug).strip() for slug in dataset["collection"]}
        self.collections = Collection.objects.filter(slug__in=slugs).annotate(last=Max("favourites__order")).in_bulk(
            field_name="slug"
        )  # fmt: skip
        there = Favourite.objects.filter(collection__slug__in=slugs).select_related("collection")
        self.there = {(one.collection.slug, one.kind, one.subject): one for one in there}

    def identify(self, row: Row) -> tuple[str, ...]:
        kind = row["kind"] = str(row.get("kind", "")).strip()
        if row["collection"] not in self.collections:
            raise ValidationError({"collection": gettext("There is no collection of that address.")})
        if kind and kind not in Favourite.Kind.values:
            listed = {"names": ", ".join(Favourite.Kind.values)}
            raise ValidationError({"kind": gettext("It is none of %(names)s.") % listed})
        try:
            subject = favourites.known(row["what"], kind)
        except NotUnderstood as exc:
            words = gettext("It is no address or id of a title, loop, series or video.")
            raise ValidationError({"what": words}) from exc
        except NotKnownHere as exc:
            words = gettext("Only its source knows what it is, and nobody is asked here: give its kind and its id.")
            raise ValidationError({"what": words}) from exc
        row["kind"], row["what"] = subject.kind, subject.name
        return row["collection"], subject.kind, subject.name

    def get_instance(self, instance_loader: Any, row: Row) -> Favourite | None:
        return self.there.get((row["collection"], row["kind"], row["what"]))

    def after_init_instance(self, instance: Favourite, new: bool, row: Row, **options: Any) -> None:
        if new:
            collection: Any = self.collections[row["collection"]]
            instance.collection = collection
            instance.order = collection.last = (collection.last or 0) + 1
        super().after_init_instance(instance, new, row, **options)

    def before_save_instance(self, instance: Favourite, row: Row, **options: Any) -> None:
        super().before_save_instance(instance, row, **options)
        moved = self.moved.setdefault(row["collection"], [])
        if self.moves(instance):
            moved.append(instance)

    def after_import(self, dataset: Any, result: Any, **options: Any) -> None:
        for slug, moved in self.moved.items():
            favourites.renumber(self.collections[slug].favourites.all(), {one.pk: one.order for one in moved})


class CollectionRows(Rows):
    """The same of collections, by their addresses."""

    order = Field("order", "order", Whole())
    published_from = Field("published_from", "published_from", Moment())
    published_until = Field("published_until", "published_until", Moment())

    needed = ("slug",)
    telling = ("name_en", "name_ru", "text_en", "text_ru", "published_from", "published_until")

    class Meta(Rules):
        model = Collection
        fields = ("slug", "name_en", "name_ru", "text_en", "text_ru", "order", "published_from", "published_until")
        import_id_fields = ("slug",)

    def before_import(self, dataset: Any, **options: Any) -> None:
        super().before_import(dataset, **options)
        self.last = Collection.objects.aggregate(last=Max("order"))["last"] or 0
        self.moved: list[Collection] = []

    def after_init_instance(self, instance: Collection, new: bool, row: Row, **options: Any) -> None:
        if new:
            instance.order = self.last = self.last + 1
        super().after_init_instance(instance, new, row, **options)

    def before_save_instance(self, instance: Collection, row: Row, **options: Any) -> None:
        super().before_save_instance(instance, row, **options)
        if self.moves(instance):
            self.moved.append(instance)

    def after_import(self, dataset: Any, result: Any, **options: Any) -> None:
        favourites.renumber(Collection.objects.all(), {one.pk: one.order for one in self.moved})

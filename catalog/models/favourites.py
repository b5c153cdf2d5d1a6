"""What curators put before readers: collections and the favourites in them, with who changed what."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from simple_history.signals import pre_create_historical_record

LONGEST_SUBJECT = 100
FIRST_YEAR, LAST_YEAR = 2000, 9000


def validate_year(moment: datetime) -> None:
    """A year that is in the calendar in every time zone."""
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        words = _("The year has to be from %(first)s to %(last)s.")
        raise ValidationError(words, params={"first": FIRST_YEAR, "last": LAST_YEAR})


class CollectionQuerySet(models.QuerySet["Collection"]):
    def published(self) -> CollectionQuerySet:
        """What readers see now."""
        now = timezone.now()
        return self.filter(Q(published_until=None) | Q(published_until__gt=now), published_from__lte=now)


class Collection(models.Model):
    """Readers see it from ``published_from`` until ``published_until``; without the first it is a draft.

    ``cover``: the favourite whose picture stands for all; without one it is the first.
    """

    slug = models.SlugField(_("address"), unique=True, max_length=60, help_text=_("The last part of its address."))
    name_en = models.CharField(_("name in English"), max_length=120)
    name_ru = models.CharField(_("name in Russian"), max_length=120)
    text_en = models.TextField(_("text in English"), max_length=2000, blank=True, default="")
    text_ru = models.TextField(_("text in Russian"), max_length=2000, blank=True, default="")
    cover = models.ForeignKey(
        "catalog.Favourite",
        verbose_name=_("cover"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Whose picture stands for all; none: the first."),
    )
    order = models.PositiveIntegerField(_("order"), default=0, db_index=True)
    published_from = models.DateTimeField(
        _("published from"), null=True, blank=True, validators=[validate_year], help_text=_("Empty: a draft.")
    )
    published_until = models.DateTimeField(
        _("published until"), null=True, blank=True, validators=[validate_year], help_text=_("Empty: for good.")
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    objects = CollectionQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["created_at", "changed_at"])

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("collection")
        verbose_name_plural = _("collections")
        constraints = [
            models.CheckConstraint(
                condition=Q(published_from=None) | Q(published_until=None) | Q(published_from__lt=F("published_until")),
                name="collection_ends_after_it_begins",
                violation_error_message=_("It has to end after it begins."),
            )
        ]

    def __str__(self) -> str:
        return self.name_ru if get_language() == "ru" else self.name_en

    @property
    def is_published(self) -> bool:
        now = timezone.now()
        return bool(
            self.published_from
            and self.published_from <= now
            and (self.published_until is None or now < self.published_until)
        )


class FavouriteQuerySet(models.QuerySet["Favourite"]):
    def shown(self) -> FavouriteQuerySet:
        """What readers see of a collection that they see."""
        return self.filter(~Q(state=Favourite.State.GONE) | Q(keep_when_gone=True), published=True)


class Told(models.Model):
    """What its source tells of a favourite.

    ``snapshot``: what a card needs, as the source told it at ``snapshot_at``; empty before it was first told.
    ``state``: what came of asking last.
    """

    class State(models.TextChoices):
        NEW = "new", _("Not told yet")
        FINE = "fine", _("Fine")
        SILENT = "silent", _("Its source does not answer")
        GONE = "gone", _("Gone from its source")

    snapshot = models.JSONField(default=dict, blank=True, editable=False)
    snapshot_at = models.DateTimeField(_("last told"), null=True, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.NEW, editable=False)

    class Meta:
        abstract = True

    @property
    def told_name(self) -> str:
        """What the thing is called, as far as a snapshot says."""
        known: Any = self.snapshot if isinstance(self.snapshot, dict) else {}
        names, series = known.get("names") or {}, known.get("series") or known
        given = (
            names.get("ru"),
            names.get("en"),
            series.get("title"),
            series.get("title_romaji"),
            known.get("caption"),
        )
        return str(next(filter(None, given), ""))[:LONGEST_SUBJECT]


class Favourite(Told):
    """A title (by id), loop or series (by id) or video (by shortcode) in a collection.

    ``tried_at``: when the source was last asked; ``published_at``: when it was published first, whatever came later.
    The history of who changed what has nothing of what was told, but keeps it of what was deleted, which may come back
    when its source is no more.
    """

    class Kind(models.TextChoices):
        TITLE = "title", _("Title")
        LOOP = "loop", _("Loop")
        SERIES = "series", _("Series")
        VIDEO = "video", _("Video")

    collection = models.ForeignKey(
        Collection, verbose_name=_("collection"), on_delete=models.CASCADE, related_name="favourites"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    subject = models.CharField(_("what"), max_length=LONGEST_SUBJECT)
    note_en = models.TextField(_("note in English"), max_length=1000, blank=True, default="")
    note_ru = models.TextField(_("note in Russian"), max_length=1000, blank=True, default="")
    order = models.PositiveIntegerField(_("order"), default=0)
    published = models.BooleanField(_("published"), default=True)
    keep_when_gone = models.BooleanField(
        _("keep when gone"), default=False, help_text=_("Show it even when its source has it no more.")
    )
    tried_at = models.DateTimeField(_("last asked"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("added"), auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    published_at = models.DateTimeField(null=True, editable=False)
    objects = FavouriteQuerySet.as_manager()
    history = HistoricalRecords(
        bases=[Told],
        excluded_fields=[
            *(field.name for field in Told._meta.fields),
            "tried_at",
            "created_at",
            "changed_at",
            "published_at",
        ],
    )

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("favourite")
        verbose_name_plural = _("favourites")
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "kind", "subject"],
                name="favourite_once_in_a_collection",
                violation_error_message=_("This is in the collection already."),
            )
        ]
        indexes = [models.Index(fields=["state", "tried_at"], name="favourites_due")]

    def __str__(self) -> str:
        return self.told_name or f"{self.get_kind_display()} {self.subject}"

    def save(self, *args: Any, **options: Any) -> None:
        fields = options.get("update_fields")
        if self.published and self.published_at is None and (fields is None or "published" in fields):
            self.published_at = timezone.now()
            if fields is not None:
                options["update_fields"] = [*fields, "published_at"]
        super().save(*args, **options)


@receiver(pre_create_historical_record, sender=Favourite.history.model)
def keep_what_was_told(instance: Favourite, history_instance: Any, **options: Any) -> None:
    if history_instance.history_type == "-":
        for field in Told._meta.fields:
            setattr(history_instance, field.name, getattr(instance, field.name))

"""Posters as they are stored here, and how far the fetching of each has got."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class StoredPoster(models.Model):
    """The poster of a title, a series of loops or a video, or the still of a loop that curators chose.

    ``source_*`` is what the upstream says now, ``rank`` its place in the order of fetching, small ones first.
    ``digest`` names the stored files, "" where there are none; they were made of ``made_of_*``, and stay until a good
    one replaces them. ``stored_at``: when they last changed, or when it turned out that there are none. ``attempts``
    counts the failures in a row, ``reason`` is the last one's. ``claimed_until``: the lease of whoever is fetching it,
    which ends by itself.
    """

    class Kind(models.TextChoices):
        TITLE = "title", _("Title")
        SERIES = "series", _("Series")
        VIDEO = "video", _("Video")
        LOOP = "loop", _("Loop")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    subject = models.CharField(_("what"), max_length=64)
    source_url = models.TextField(_("address at the source"))
    source_updated_at = models.DateTimeField(_("changed at the source"), null=True)
    rank = models.PositiveIntegerField(_("place in the order of fetching"), default=0)

    digest = models.CharField(_("name of the files"), max_length=32, default="", blank=True, db_index=True)
    made_of_url = models.TextField(_("made of"), default="", blank=True)
    etag = models.TextField("ETag", default="", blank=True)
    last_modified = models.TextField("Last-Modified", default="", blank=True)
    width = models.PositiveSmallIntegerField(_("width"), default=0)
    height = models.PositiveSmallIntegerField(_("height"), default=0)
    colour = models.CharField(_("colour"), max_length=7, default="", blank=True)
    bytes = models.PositiveIntegerField(_("bytes"), default=0)
    stored_at = models.DateTimeField(_("stored at"), null=True, blank=True, db_index=True)

    attempts = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    reason = models.TextField(_("reason"), default="", blank=True)
    next_try_at = models.DateTimeField(_("next attempt"), default=timezone.now, db_index=True)
    claimed_until = models.DateTimeField(_("being fetched until"), null=True, blank=True)

    class Meta:
        verbose_name = _("stored poster")
        verbose_name_plural = _("stored posters")
        constraints = [models.UniqueConstraint(fields=["kind", "subject"], name="one_poster_of_a_subject")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.subject}"

"""Posters as they are stored here, and how far the fetching of each has got."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class StoredPoster(models.Model):
    """The poster of a title, a series of loops or a video.

    ``source_*`` is what the upstream says now, ``rank`` its place in the order of fetching, small ones first.
    ``digest`` names the stored files, "" where there are none; they were made of ``made_of_*``, and stay until a good
    one replaces them. ``stored_at``: when they last changed, or when it turned out that there are none. ``attempts``
    counts the failures in a row, ``reason`` is the last one's. ``claimed_until``: the lease of whoever is fetching it,
    which ends by itself.
    """

    class Kind(models.TextChoices):
        TITLE = "title"
        SERIES = "series"
        VIDEO = "video"

    kind = models.CharField(max_length=8, choices=Kind)
    subject = models.CharField(max_length=64)
    source_url = models.TextField()
    source_updated_at = models.DateTimeField(null=True)
    rank = models.PositiveIntegerField(default=0)

    digest = models.CharField(max_length=32, default="", blank=True, db_index=True)
    made_of_url = models.TextField(default="", blank=True)
    etag = models.TextField(default="", blank=True)
    last_modified = models.TextField(default="", blank=True)
    width = models.PositiveSmallIntegerField(default=0)
    height = models.PositiveSmallIntegerField(default=0)
    colour = models.CharField(max_length=7, default="", blank=True)
    bytes = models.PositiveIntegerField(default=0)
    stored_at = models.DateTimeField(null=True, blank=True, db_index=True)

    attempts = models.PositiveSmallIntegerField(default=0)
    reason = models.TextField(default="", blank=True)
    next_try_at = models.DateTimeField(default=timezone.now, db_index=True)
    claimed_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "stored poster"
        verbose_name_plural = "stored posters"
        constraints = [models.UniqueConstraint(fields=["kind", "subject"], name="one_poster_of_a_subject")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"

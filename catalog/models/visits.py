"""Which pages are asked for most: a number for each, and nothing of who asked."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PageVisits(models.Model):
    """``score``: visits, of which older ones count less and less; as it was at ``counted_at``."""

    path = models.CharField(max_length=255, primary_key=True)
    score = models.FloatField(default=0.0, db_index=True)
    counted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("page’s visits")
        verbose_name_plural = _("pages’ visits")

    def __str__(self) -> str:
        return self.path

"""The one thing that is kept about visitors: titles that somebody asked to have an address for."""

from __future__ import annotations

from secrets import token_urlsafe

from django.db import models

ID_OCTETS = 16


def random_id() -> str:
    return token_urlsafe(ID_OCTETS)


class ListAddress(models.Model):
    """``entries``: [id, state] of each title, a heart alone being a state of ""; ``read_at`` is no finer than a day.

    Whose it is, and when within a day it was read, is not known.
    """

    public_id = models.CharField(primary_key=True, max_length=22, default=random_id)
    entries = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    read_at = models.DateField(null=True)

    class Meta:
        verbose_name = "address of a list"
        verbose_name_plural = "addresses of lists"

    def __str__(self) -> str:
        return f"{len(self.entries)} titles since {self.created_at:%Y-%m-%d}"

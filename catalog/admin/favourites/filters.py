"""What curators sift by that is no field."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from catalog.models import Favourite
from catalog.services import favourites


class Broken(admin.SimpleListFilter):
    title = _("broken")
    parameter_name = "broken"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, Any]]:
        return [("yes", _("Yes")), ("no", _("No"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "yes":
                return queryset.filter(self.broken())
            case "no":
                return queryset.exclude(self.broken())
        return queryset

    def broken(self) -> Q | Exists:
        return favourites.broken()


class HasBroken(Broken):
    """Of collections."""

    title = _("something in it broken")

    def broken(self) -> Q | Exists:
        return Exists(Favourite.objects.filter(favourites.broken(), collection=OuterRef("pk")))

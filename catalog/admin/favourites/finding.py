"""The search beside the forms that put something on a shelf."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from catalog.services import favourites

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Any]
else:
    Base = object

RIGHT = "catalog.add_favourite"


def search(request: HttpRequest) -> HttpResponse:
    """What the words in the box may mean, to choose one of or ``many``."""
    if not request.user.has_perm(RIGHT):
        raise PermissionDenied
    found = favourites.candidates(request.GET.get("words", ""))
    context = {"found": found, "many": "many" in request.GET}
    return render(request, "admin/catalog/favourite/_found.html", context)


class Finding(Base):
    """A form with the search; ``many``: whether several of what is found may be ticked."""

    many = False

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **options: Any) -> HttpResponse:
        """``words``: what to search for where no script does it; not while a form is saved, which holds others up."""
        finds = request.user.has_perm(RIGHT)
        words = request.GET.get("words", "") if finds else ""
        found = favourites.candidates(words) if words and request.method == "GET" else None
        context |= {"finds": finds, "many": self.many, "words": words, "found": found}
        return super().render_change_form(request, context, *args, **options)

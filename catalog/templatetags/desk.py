"""The first page of the admin."""

from __future__ import annotations

from typing import Any

from django import template
from django.contrib import admin

from catalog.models import Collection, Favourite
from catalog.services.favourites import desk

register = template.Library()


@register.inclusion_tag("admin/_desk.html", takes_context=True)
def curators_desk(context: template.Context) -> dict[str, Any]:
    """What the person may see of it, who need not be a curator."""
    request = context["request"]
    collections = admin.site.get_model_admin(Collection)
    favourites = admin.site.get_model_admin(Favourite)
    return {
        "filled": desk.filled() if collections.has_view_permission(request) else None,
        "broken": desk.broken() if favourites.has_view_permission(request) else None,
        "may_add": favourites.has_add_permission(request),
        "may_add_collection": collections.has_add_permission(request),
        "csrf_token": context.get("csrf_token"),
    }

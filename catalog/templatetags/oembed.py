"""How a page says that it can be embedded."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse

from catalog.oembed import PAGES
from catalog.services import loopsvideo

register = template.Library()

KINDS = {"json": "application/json+oembed", "xml": "text/xml+oembed"}


@register.inclusion_tag("catalog/_oembed.html", takes_context=True)
def oembed_links(context: template.Context) -> dict[str, Any]:
    """For the page's head; nothing on a page of which oEmbed knows nothing, or which could not be shown."""
    request = context.get("request")
    match = request.resolver_match if request else None
    if request is None or match is None or match.view_name not in PAGES or "status" in context:
        return {"kinds": []}
    if "video" in context and loopsvideo.embed_url(context["video"]) is None:
        return {"kinds": []}
    endpoint, page = request.build_absolute_uri(reverse("oembed")), request.build_absolute_uri()
    return {
        "kinds": [(type, f"{endpoint}?{urlencode({'format': format, 'url': page})}") for format, type in KINDS.items()]
    }

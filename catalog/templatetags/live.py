"""Pages that learn of what changed while they are open."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest

from catalog.domain.titles import Title
from catalog.pulse import HOME, PATH
from catalog.services import live, transport

register = template.Library()


@register.inclusion_tag("catalog/_live.html", takes_context=True)
def live_news(context: template.Context, news: str, title: Title | None = None) -> dict[str, Any]:
    """Where the page asks whether it is still what it was, and the words that say what is new once it is not."""
    request: HttpRequest = context["request"]
    subjects = live.HOME if title is None else live.subjects_of_title(title.id)
    before = getattr(request, "changes_before", None)  # what this page may not know yet came later
    return {
        "address": f"{PATH}?of={HOME if title is None else title.id}",
        "at": live.revision(subjects, transport.changes() if before is None else before),
        "news": news,
    }

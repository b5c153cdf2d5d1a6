"""What filters are called, and what was typed within a name."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from catalog.services.search import marked
from catalog.templatetags.catalog import SEASONS, STATUSES, TYPES, weekday_name

register = template.Library()

RUSSIAN_FACETS = {"genre"}


@register.filter
def facet_value(value: str, name: str) -> str:
    """A value as people read it."""
    known = {"season": SEASONS, "type": TYPES, "status": STATUSES}
    if name in known:
        return str(known[name][int(value)])
    if name == "weekday":
        return weekday_name(int(value))
    if name == "year_from":
        return gettext("from %(year)s") % {"year": value}
    if name == "year_to":
        return gettext("to %(year)s") % {"year": value}
    return value


@register.filter
def facet_lang(name: str) -> SafeString:
    return SafeString(' lang="ru"') if name in RUSSIAN_FACETS else SafeString("")


@register.filter
def mark(name: str, query: str) -> str:
    """``name`` with what was typed in ``<mark>``."""
    if not query:
        return name
    pieces = (
        (format_html("<mark>{}</mark>", span.text) if span.marked else span.text,) for span in marked(name, query)
    )
    return format_html_join("", "{}", pieces)

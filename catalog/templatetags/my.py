"""How a visitor's list is put: its sections, what is new, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django import template
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy, ngettext

from catalog.domain.lists import MOST_BYTES, MOST_ENTRIES, Entry, Listed
from catalog.domain.titles import Title
from catalog.forms.my import STATE_NAMES
from catalog.services.lists import UNREAD_DAYS, UNUSED_DAYS
from catalog.templatetags.catalog import number
from catalog.templatetags.favourites import item_name

register = template.Library()

UNREADABLE = {
    "none": gettext_lazy("No file came along."),
    "json": gettext_lazy("This is not JSON."),
    "kind": gettext_lazy("This file holds no list of this site."),
    "version": gettext_lazy("This list is of a version that is not known here."),
    "entries": gettext_lazy("This list has no entries where they should be."),
}
REFUSED = {
    "object": gettext_lazy("not an entry"),
    "kind": gettext_lazy("neither a title nor a loop nor a video"),
    "subject": gettext_lazy("no id that there can be"),
    "heart": gettext_lazy("its heart is neither on nor off"),
    "state": gettext_lazy("a state that there is not"),
    "nothing": gettext_lazy("neither a heart nor a state"),
    "seen": gettext_lazy("no number of an episode"),
    "added": gettext_lazy("not dated"),
    "changed": gettext_lazy("not dated"),
}


class Section(NamedTuple):
    key: str
    name: str
    listed: list[Listed]


@register.filter
def sections(listed: Iterable[Listed]) -> list[Section]:
    """Hearts of all kinds, and titles by what became of them; of what is empty nothing."""
    listed = list(listed)
    found = [Section("hearts", gettext("Hearts"), [one for one in listed if one.entry.heart])]
    found += [
        Section(state, str(name), [one for one in listed if one.entry.state == state])
        for state, name in STATE_NAMES.items()
    ]
    return [section for section in found if section.listed]


@register.simple_tag
def states() -> list[tuple[str, str]]:
    """What can be said of a title, by its name in the list."""
    return [("", gettext("Not on my list")), *((state, str(name)) for state, name in STATE_NAMES.items())]


@register.filter
def heart_of(title: Title) -> SafeString:
    """What a script has to know of a title to put it into the list."""
    last = str(title.player.range.last or 0)
    return format_html(' data-heart-kind="title" data-heart-subject="{}" data-last-episode="{}"', str(title.id), last)


@register.filter
def listed_name(listed: Listed) -> str:
    """What it is called, also where nobody told its name."""
    if listed.item is not None:
        return item_name(listed.item)
    entry = listed.entry
    words = {"title": gettext("Title %(id)s"), "loop": gettext("Loop %(id)s"), "video": gettext("Video %(id)s")}
    return words[entry.kind] % {"id": entry.subject[:10]}


@register.filter
def entry_url(entry: Entry) -> str:
    """The page of the thing itself."""
    return reverse(f"catalog:{entry.kind}", args=[entry.subject])


@register.filter
def news(listed: Listed) -> str:
    """ "+2 new episodes: 11 to 12"; "" where nothing is new."""
    if not listed.new:
        return ""
    words = ngettext("+%(n)s new episode", "+%(n)s new episodes", listed.new) % {"n": listed.new}
    last = which = number(listed.last)
    if listed.new > 1:
        which = gettext("%(first)s to %(last)s") % {"first": number(int(listed.seen_to or 0) + 1), "last": last}
    return f"{words}: {which}"


@register.simple_tag
def unused_days() -> int:
    """For how long an address may lie unread."""
    return UNUSED_DAYS


@register.simple_tag
def unread_days() -> int:
    """For how long an address may wait to be read at all."""
    return UNREAD_DAYS


@register.filter
def refusal(reason: str) -> str:
    return str(REFUSED[reason])


@register.filter
def unreadable(reason: str, most_bytes: int = MOST_BYTES, most_entries: int = MOST_ENTRIES) -> str:
    if reason == "bytes":
        return gettext("This is too large: a list has at most %(size)s.") % {"size": filesizeformat(most_bytes)}
    if reason == "many":
        return ngettext(
            "This is too long: a list has at most %(n)s entry.", "This is too long: a list has at most %(n)s entries.",
            most_entries,
        ) % {"n": most_entries}  # fmt: skip
    return str(UNREADABLE[reason])

"""iCalendar (RFC 5545, RFC 7986)."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import nh3
from icalendar import Calendar, Event, vText

from catalog.feeds.listing import Entry, Listing, Place

REFRESH = timedelta(hours=1)
OUTLOOK_REFRESH = "PT1H"  # the same for clients that know only Microsoft's property


def calendar(listing: Listing, place: Place) -> bytes:
    """What has a date; all-day where only the day is known, and never "busy"."""
    sheet = Calendar()
    sheet.add("prodid", "-//animesite//lists//EN")
    sheet.add("version", "2.0")
    sheet.add("calscale", "GREGORIAN")
    sheet.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):
        sheet.add(name, vText(listing.title))
    for name in ("description", "x-wr-caldesc"):
        sheet.add(name, vText(listing.description))
    sheet.add("url", place.page, parameters={"VALUE": "URI"})
    sheet.add("source", place.own, parameters={"VALUE": "URI"})
    sheet.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    sheet.add("x-published-ttl", OUTLOOK_REFRESH)
    for entry in (*listing.entries, *listing.coming):
        if entry.day or entry.published:
            sheet.add_component(_event(entry, listing, place))
    return bytes(sheet.to_ical())


def _event(entry: Entry, listing: Listing, place: Place) -> Event:
    event = Event()
    event.add("uid", f"{entry.key}@{place.host}")
    event.add("dtstamp", listing.changed_at)
    event.add("summary", entry.title)
    if entry.day:
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
    else:
        event.add("dtstart", entry.published)
    if words := _plain(entry.summary):
        event.add("description", words)
    event.add("url", place.absolute(entry.url), parameters={"VALUE": "URI"})
    if entry.tags:
        event.add("categories", list(entry.tags))
    event.add("transp", "TRANSPARENT")
    return event


def _plain(html: str) -> str:
    """The words of HTML that ``prose`` made, a line for each paragraph."""
    broken = html.replace("</p>", "</p>\n").replace("<br>", "\n")
    return unescape(nh3.clean(broken, tags=set())).strip()

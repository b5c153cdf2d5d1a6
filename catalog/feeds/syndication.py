"""RSS 2.0, Atom 1.0 and JSON Feed 1.1."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed, SyndicationFeed, rfc3339_date

from catalog.feeds.listing import Attachment, Entry, Listing, Place

JSON_FEED = "https://jsonfeed.org/version/1.1"
MEDIA = {"xmlns:media": "http://search.yahoo.com/mrss/"}
MINUTES_TO_LIVE = 10


class Rss(Rss201rev2Feed):
    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | MEDIA

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        _add_image(handler, item)


class Atom(Atom1Feed):
    def root_attributes(self) -> dict[str, str]:
        return super().root_attributes() | MEDIA

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        _add_image(handler, item)


def rss(listing: Listing, place: Place) -> bytes:
    return _written(Rss, listing, place)


def atom(listing: Listing, place: Place) -> bytes:
    return _written(Atom, listing, place)


def json_feed(listing: Listing, place: Place) -> bytes:
    feed = {
        "version": JSON_FEED,
        "title": listing.title,
        "description": listing.description,
        "home_page_url": place.page,
        "feed_url": place.own,
        "next_url": place.following,
        "favicon": place.absolute("/favicon.ico"),
        "language": listing.language,
        "authors": [{"name": listing.author}],
        "items": [_json_item(entry, place) for entry in listing.entries],
    }
    return json.dumps(_present(feed), ensure_ascii=False).encode()


def _written(kind: type[SyndicationFeed], listing: Listing, place: Place) -> bytes:
    feed = kind(
        title=listing.title,
        link=place.page,
        description=listing.description,
        subtitle=listing.description,
        language=listing.language,
        author_name=listing.author,
        feed_url=place.own,
        feed_guid=place.tag(place.own.removeprefix(place.absolute("/"))),
        ttl=MINUTES_TO_LIVE,
    )
    for entry in listing.entries:
        when = _moment(entry, listing)
        feed.add_item(
            title=entry.title,
            link=place.absolute(entry.url),
            description=entry.summary,
            author_name=entry.author,
            pubdate=entry.published,
            updateddate=when,
            unique_id=place.tag(entry.key),
            unique_id_is_permalink=False,
            categories=entry.tags,
            enclosures=[_enclosure(entry.attachment, place)] if entry.attachment else None,
            image=place.absolute(entry.image) if entry.image else None,
        )
    return feed.writeString("utf-8").encode()


def _moment(entry: Entry, listing: Listing) -> datetime:
    """Atom demands a date of every entry; of what has none, when the list was last known to be so."""
    return entry.published or listing.changed_at


def _add_image(handler: Any, item: dict[str, Any]) -> None:
    if item["image"]:
        handler.addQuickElement("media:thumbnail", "", {"url": item["image"]})


def _enclosure(attachment: Attachment, place: Place) -> Enclosure:
    return Enclosure(place.absolute(attachment.url), str(attachment.size), attachment.media_type)


def _json_item(entry: Entry, place: Place) -> dict[str, Any]:
    attachment = entry.attachment
    item = {
        "id": place.tag(entry.key),
        "url": place.absolute(entry.url),
        "title": entry.title,
        "content_html": entry.summary,
        "image": place.absolute(entry.image) if entry.image else None,
        "date_published": rfc3339_date(entry.published) if entry.published else None,
        "authors": [{"name": entry.author}] if entry.author else None,
        "tags": list(entry.tags) or None,
        "language": entry.language,
        "attachments": [_json_attachment(attachment, place)] if attachment else None,
    }
    return _present(item)


def _json_attachment(attachment: Attachment, place: Place) -> dict[str, Any]:
    return _present(
        {
            "url": place.absolute(attachment.url),
            "mime_type": attachment.media_type,
            "size_in_bytes": attachment.size or None,
            "duration_in_seconds": attachment.seconds,
        }
    )


def _present(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}

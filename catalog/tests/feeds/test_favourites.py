"""When what curators chose is news."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils.http import http_date
from icalendar import Calendar

from catalog.domain.titles import Names
from catalog.feeds.listing import ENTRIES
from catalog.tests.factories import CollectionFactory, FavouriteFactory, TitleFactory

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def added(time_machine):
    """Put something there so long ago."""

    def add(ago: timedelta, **fields: Any):
        time_machine.move_to(NOW - ago, tick=False)
        favourite = FavouriteFactory.create(**fields)
        time_machine.move_to(NOW, tick=False)
        return favourite

    return add


def dates(client, path: str) -> dict[str, datetime]:
    """Of the entries, by the last part of their ids."""
    items = client.get(path).json()["items"]
    return {item["id"].rpartition("/")[2]: datetime.fromisoformat(item["date_published"]) for item in items}


@pytest.mark.parametrize("format", ["rss", "atom", "json", "ics"])
@pytest.mark.parametrize("path", ["/favourites", "/favourites/autumn"])
def test_who_asks_by_the_date_hears_of_what_was_taken_away(client, added, path, format):
    shelf = CollectionFactory.create(slug="autumn")
    added(DAY, collection=shelf)
    latest = added(HOUR, collection=shelf, item=TitleFactory.build(names=Names(ru="Убрано")))
    first = client.get(f"{path}.{format}")
    assert client.get(f"{path}.{format}", headers={"If-None-Match": first["ETag"]}).status_code == 304
    latest.published = False
    latest.save()
    again = client.get(f"{path}.{format}?again", headers={"If-Modified-Since": http_date(NOW.timestamp())})
    assert again.status_code == 200
    assert "Убрано" in first.text
    assert "Убрано" not in again.text


def test_what_stood_in_a_draft_is_news_when_readers_see_it(client, added):
    shelf = CollectionFactory.create(slug="autumn", published_from=NOW - HOUR)
    early, late = added(10 * DAY, collection=shelf), added(HOUR / 2, collection=shelf)
    other = CollectionFactory.create()
    for _ in range(ENTRIES):
        added(5 * DAY, collection=other)
    news = {late.subject: NOW - HOUR / 2, early.subject: NOW - HOUR}
    assert list(dates(client, "/favourites.json").items())[:2] == list(news.items())
    assert dates(client, "/favourites/autumn.json") == news
    events = Calendar.from_ical(client.get("/favourites/autumn.ics").content).walk("VEVENT")
    assert {event.decoded("dtstart") for event in events} == {*news.values()}

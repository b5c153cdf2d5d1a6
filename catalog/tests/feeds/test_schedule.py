"""The schedule as a calendar."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import caches
from icalendar import Calendar

from catalog.tests.views import samples

SCHEDULE = f"{samples.ANILIBRIA}/getSchedule"


def events(client, query=""):
    return Calendar.from_ical(client.get(f"/schedule.ics{query}").content).walk("VEVENT")


@pytest.fixture
def running(lists):
    """A show that is at its sixth of twelve episodes, on Sundays, not out this week."""
    show = samples.title(
        id=1,
        code="show",
        updated=samples.MORNING - 10 * 86400,
        type={"code": 1, "series": 12},
        player={"series": {"first": 1, "last": 6}},
    )
    lists.get(SCHEDULE, json=[{"day": 6, "list": [show]}])
    return show


def test_this_week_and_next_with_the_expected_numbers(client, lists, running):
    assert [(event.decoded("dtstart"), str(event["summary"])) for event in events(client)] == [
        (date(2026, 11, 22), "Семь смертных грехов, ep. 7"),
        (date(2026, 11, 29), "Семь смертных грехов, ep. 8"),
    ]


@pytest.mark.parametrize("zone", [ZoneInfo("America/New_York"), ZoneInfo("Europe/Berlin")], ids=["New York", "Berlin"])
@pytest.mark.parametrize("now", ["2026-10-22T12:00:00Z", "2026-10-29T12:00:00Z", "2026-03-05T12:00:00Z"])
def test_a_day_is_a_day_in_every_zone_whatever_the_clocks_do(client, lists, running, time_machine, zone, now):
    time_machine.move_to(now)
    client.cookies["tz"] = zone.key
    for event in events(client):
        start, end = event.decoded("dtstart"), event.decoded("dtend")
        assert type(start) is date
        assert event["dtstart"].params["VALUE"] == "DATE"
        assert end - start == timedelta(days=1)
        assert start.weekday() == 6


@pytest.mark.parametrize(
    ("zone", "hours"),
    [
        (ZoneInfo("America/New_York"), ["01:30 EDT", "01:30 EST"]),
        (ZoneInfo("Europe/Berlin"), ["06:30 CET", "07:30 CET"]),
    ],
    ids=["New York", "Berlin"],
)
def test_a_moment_keeps_its_hour_across_a_change_of_clocks(client, lists, zone, hours):
    """1 November 2026, 05:30 and 06:30 UTC: the same hour twice in New York, not so in Berlin."""
    first = int(datetime.fromisoformat("2026-11-01T05:30:00Z").timestamp())
    lists.get(
        f"{samples.ANILIBRIA}/getYouTube",
        json=[samples.clip(id=1, timestamp=first), samples.clip(id=2, timestamp=first + 3600)],
    )
    calendar = Calendar.from_ical(client.get("/clips.ics").content)
    starts = [event.decoded("dtstart") for event in calendar.walk("VEVENT")]
    assert [f"{start.astimezone(zone):%H:%M %Z}" for start in starts] == hours
    assert starts[1] - starts[0] == timedelta(hours=1)


def test_a_uid_is_the_same_whatever_becomes_of_the_episode(client, lists, running, aged):
    before = {str(event["uid"]) for event in events(client)}
    assert "schedule/1/2026-11-22@testserver" in before
    lists.get(SCHEDULE, json=[{"day": 6, "list": [running | {"names": {"ru": "Иначе"}, "announce": "!"}]}])
    with aged(3600):
        assert {str(event["uid"]) for event in events(client)} == before


def test_next_weeks_expectation_becomes_this_weeks_event(client, lists, running, time_machine):
    coming = str(events(client)[1]["uid"])
    time_machine.move_to("2026-11-27T09:00:00Z")
    caches["pages"].clear()  # Redis goes by its own clock
    assert str(events(client)[0]["uid"]) == coming


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("?day=4", {"nanatsu-no-taizai"}),
        ("?day=4&day=5", {"nanatsu-no-taizai", "ranma"}),
        ("?title=ranma", {"ranma"}),
        ("?title=9760", {"ranma"}),
        ("?title=ranma&day=4", set()),
        ("?title=ranma&day=9", {"ranma"}),
    ],
)
@pytest.mark.parametrize("format", ["ics", "json"])
def test_is_filtered_by_day_and_title(client, lists, query, codes, format):
    answer = client.get(f"/schedule.{format}{query}")
    if format == "json":
        addresses = {item["url"] for item in answer.json()["items"]}
    else:
        addresses = {str(event["url"]) for event in Calendar.from_ical(answer.content).walk("VEVENT")}
    assert {address.rstrip("/").rpartition("/")[2] for address in addresses} == codes


def test_readers_of_news_get_no_days_to_come(client, lists, running):
    items = client.get("/schedule.json").json()["items"]
    assert [item["id"] for item in items] == ["tag:testserver,2026:schedule/1/2026-11-22"]
    assert items[0]["date_published"] == "2026-11-16T00:00:00+03:00"
    assert items[0]["content_html"].startswith("<p>Expected</p>")


def test_a_title_sent_twice_on_a_day_is_one_event(client, lists, running):
    lists.get(SCHEDULE, json=[{"day": 6, "list": [running, running]}])
    assert len(events(client)) == 2

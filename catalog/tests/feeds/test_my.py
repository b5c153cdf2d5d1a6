"""What comes out of somebody's list, at the address that they asked for."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import feedparser
import pytest
import requests
import requests_mock
from icalendar import Calendar

from catalog.domain.titles import EpisodeRange, Names, Player, Season, Status, TitleType
from catalog.models import ListAddress
from catalog.services import lists as service
from catalog.tests.factories import ListAddressFactory, TitleRowFactory
from catalog.tests.feeds.conftest import HOSTILE
from catalog.tests.views import samples

FORMATS = {"rss", "atom", "json", "ics"}
FRIDAY = datetime(2026, 11, 20, 6, tzinfo=UTC)


@pytest.fixture
def nobody(upstream):
    """Every source is down."""
    upstream.get(requests_mock.ANY, exc=requests.ConnectionError)
    return upstream


@pytest.fixture
def nothing_scheduled(everything):
    everything.get(f"{samples.ANILIBRIA}/getSchedule", json=[])


def address(*entries, format: str = "rss") -> str:
    row = ListAddressFactory.create(entries=entries)
    return f"/my/feed/{service.token(row.public_id)}.{format}"


def running(**said):
    """A row at its sixth of twelve episodes, on Sundays, not out this week."""
    return TitleRowFactory.create(
        **{
            "names": Names(ru="Блич"),
            "player": Player(range=EpisodeRange(first=1, last=6)),
            "type": TitleType(code=1, episodes=12),
            "status": Status(code=1),
            "season": Season(weekday=6),
            "updated_at": datetime(2026, 11, 15, 9, tzinfo=UTC),
        }
        | said
    )


def events(client, path: str):
    return Calendar.from_ical(client.get(path).content).walk("VEVENT")


def test_has_the_latest_first_and_nothing_that_was_dropped(client, nobody):
    first, second, third = (TitleRowFactory.create() for _ in range(3))
    path = address((first.id, "watching"), (second.id, "dropped"), (third.id, ""))
    feed = feedparser.parse(client.get(path).content)
    assert [entry.title for entry in feed.entries] == [str(third), str(first)]


def test_a_new_episode_is_a_new_entry_and_an_edit_is_none(client, nobody):
    row = running()
    path = address((row.id, "watching"))

    def ids() -> list[str]:
        return [entry.id for entry in feedparser.parse(client.get(path).content).entries]

    before = ids()
    assert before == [f"tag:testserver,2026:my/{row.id}/6"]
    row.updated_at = FRIDAY
    row.save()
    assert ids() == before
    row.last_episode = 7
    row.save()
    assert ids() == [f"tag:testserver,2026:my/{row.id}/7"]


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_stands_with_every_source_down(client, nobody, format):
    response = client.get(address((running().id, ""), format=format))
    assert response.status_code == 200
    assert "Блич" in response.text


def test_takes_from_the_source_what_the_index_lacks(client, everything):
    everything.get(f"{samples.ANILIBRIA}/getTitles?id_list=8500", json=[samples.title()])
    assert "Семь смертных грехов, ep. 2" in client.get(address((8500, ""))).text


def test_the_calendar_has_the_coming_week_by_days_and_updates_by_the_hour(client, everything):
    row, out = running(), running(season=Season(weekday=4), updated_at=FRIDAY, names=Names(ru="Вышло"))
    board = [
        {"day": 4, "list": [samples.title(id=out.id, updated=samples.MORNING)]},
        {"day": 5, "list": [samples.title(id=77)]},
        {"day": 6, "list": [samples.title(id=row.id, updated=samples.MORNING - 9 * 86400)]},
    ]
    everything.get(f"{samples.ANILIBRIA}/getSchedule", json=board)
    found = {str(event["uid"]): event for event in events(client, address((row.id, ""), (out.id, ""), format="ics"))}
    assert set(found) == {
        f"my/{row.id}/6@testserver",
        f"my/{out.id}/6@testserver",
        f"schedule/{row.id}/2026-11-22@testserver",
    }
    assert found[f"schedule/{row.id}/2026-11-22@testserver"].decoded("dtstart") == date(2026, 11, 22)
    assert found[f"my/{out.id}/6@testserver"].decoded("dtstart") == FRIDAY


def test_the_calendar_says_what_its_days_are(client, nobody):
    whole = Calendar.from_ical(client.get(address((running().id, ""), format="ics")).content)
    assert "Days to come are days in Moscow." in str(whole["x-wr-caldesc"])


def test_what_the_index_knows_of_weekdays_stands_in_for_a_schedule_nobody_tells(client, nobody):
    row, ended = running(), running(status=Status(code=2))
    found = [str(event["uid"]) for event in events(client, address((row.id, ""), (ended.id, ""), format="ics"))]
    assert [uid for uid in found if uid.startswith("schedule")] == [f"schedule/{row.id}/2026-11-22@testserver"]


def test_speaks_russian_where_asked(client, nobody):
    response = client.get(address((running().id, "")) + "?lang=ru")
    assert response["Content-Language"] == "ru"
    assert "Мой список" in response.text
    assert "http://testserver/ru/title/" in response.text


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_is_private_and_confirmed_as_unchanged(client, nobody, format, time_machine):
    path = address((running().id, ""), format=format)
    response = client.get(path)
    assert response["Cache-Control"] == "private, no-cache"
    assert response["X-Robots-Tag"] == "noindex"
    time_machine.shift(5)
    again = client.get(path, headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


def test_what_is_revoked_is_gone_for_good(client, nobody):
    path = address((8500, ""))
    ListAddress.objects.all().delete()
    for format in FORMATS:
        response = client.get(path.replace(".rss", f".{format}"))
        assert response.status_code == 410
        assert "Its owner revoked it" in response.text
        assert response["Cache-Control"] == "no-store"
    assert "Владелец отозвал его" in client.get(path + "?lang=ru").text


@pytest.mark.parametrize("change", [lambda token: token[:-1], lambda token: "b" + token, lambda token: "x" * 22])
def test_what_nobody_signed_asks_no_database(client, nobody, change, django_assert_num_queries):
    token = service.token(ListAddressFactory.create().public_id)
    with django_assert_num_queries(0):
        assert client.get(f"/my/feed/{change(token)}.rss").status_code == 404


def test_no_finer_than_a_day_is_noted_when_it_was_read(client, nobody, django_assert_max_num_queries):
    path = address((8500, ""))
    client.get(path)
    assert ListAddress.objects.get().read_at == date(2026, 11, 20)
    assert ListAddress._meta.get_field("read_at").get_internal_type() == "DateField"
    with django_assert_max_num_queries(3):  # the list, its titles, and once a second the stored posters
        client.get(path)


def test_asks_the_database_as_often_for_many_as_for_few(client, nobody, django_assert_max_num_queries):
    path = address(*((TitleRowFactory.create().id, "") for _ in range(100)))
    client.get(path)
    with django_assert_max_num_queries(3):
        assert len(feedparser.parse(client.get(path).content).entries) == 24


def test_titles_that_nobody_knows_are_no_entries(client, nobody, nothing_scheduled):
    for format in FORMATS:
        assert client.get(address((8500, ""), format=format)).status_code == 200


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_a_sources_hostile_words_do_not_break_it(client, everything, format):
    show = samples.title(names={"ru": HOSTILE, "en": HOSTILE}, genres=[HOSTILE], announce=HOSTILE)
    everything.get(f"{samples.ANILIBRIA}/getTitles?id_list=8500", json=[show])
    everything.get(f"{samples.ANILIBRIA}/getSchedule", json=[{"day": 6, "list": [show]}])
    response = client.get(address((8500, ""), format=format))
    if format == "ics":
        assert len(Calendar.from_ical(response.content).walk("VEVENT")) == 2
    elif format == "json":
        assert "alert(1)" in json.loads(response.content)["items"][0]["title"]
    else:
        feed = feedparser.parse(response.content)
        assert not feed.bozo
        assert "<script>" not in feed.entries[0].summary

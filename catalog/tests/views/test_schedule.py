from __future__ import annotations

import pytest

from catalog.tests.views import samples


def test_marks_today_and_heads_every_day(client, anilibria):
    page = client.get("/schedule/").text
    assert "16–22 November" in page
    assert page.count('<section class="day') == 7
    assert '<section class="day now flip" id="fri"' in page
    assert page.count('<section class="day past"') == 4
    assert '<a href="#fri" aria-current="date">Fri</a>' in page
    assert "<b>Today</b>, 20 November, 1 title<" in page
    assert "Days are days in Moscow (UTC+3)." in page


def test_tells_what_is_out_from_what_is_expected(client, anilibria):
    titles = [
        samples.title(code="out"),
        samples.title(code="due", updated=samples.MORNING - 6 * 86400, status={"code": 1}),
    ]
    anilibria.get(f"{samples.ANILIBRIA}/getSchedule", json=[{"day": day, "list": titles} for day in (3, 4, 5)])
    page = client.get("/schedule/").text
    thursday, friday, saturday = (
        page.partition(f'id="{day}"')[2].partition("</section>")[0] for day in ("thu", "fri", "sat")
    )
    assert "19 November, 1 of 2 out" in thursday
    assert thursday.count("not out yet") == 1
    assert "Out at 09:00" in friday
    assert "Expected" in friday
    assert "2 due" in saturday
    assert "not out yet" not in saturday


def test_a_week_across_two_months_names_both(client, anilibria, time_machine):
    time_machine.move_to("2026-12-01T09:00:00Z")
    assert "30 ноября – 6 декабря" in client.get("/ru/schedule/").text


def test_a_day_begins_in_moscow(client, anilibria, time_machine):
    time_machine.move_to("2026-11-20T21:30:00Z")
    assert '<section class="day now flip" id="sat"' in client.get("/schedule/").text


def test_an_empty_week_says_so_on_every_day(client, anilibria):
    anilibria.get(f"{samples.ANILIBRIA}/getSchedule", json=[])
    assert client.get("/schedule/").text.count("Nothing is announced.") == 7


class TestZone:
    def test_today_and_hours_follow_the_readers_clock(self, client, anilibria, time_machine):
        time_machine.move_to("2026-11-20T21:30:00Z")  # Saturday 00:30 in Moscow, Friday 16:30 in New York
        client.cookies["tz"] = "America/New_York"
        page = client.get("/schedule/").text
        assert '<section class="day now flip" id="fri"' in page
        assert "Thu 16:00 – Fri 16:00 your time" in page
        assert "Out at 01:00" in page
        assert "Hours and today by the clock of America/New_York" in page
        assert "<option selected>America/New_York" in page

    @pytest.mark.parametrize(
        ("zone", "now", "span"),
        [
            ("America/New_York", "2026-10-29T12:00:00Z", "Sat 17:00 – Sun 16:00 your time"),  # back on 1 November
            ("America/New_York", "2026-11-05T12:00:00Z", "Sat 16:00 – Sun 16:00 your time"),
            ("America/New_York", "2026-03-05T12:00:00Z", "Sat 16:00 – Sun 17:00 your time"),  # forward on 8 March
            ("Europe/Berlin", "2026-10-22T12:00:00Z", "Sat 23:00 – Sun 22:00 your time"),  # back on 25 October
            ("Europe/Berlin", "2026-10-29T12:00:00Z", "Sat 22:00 – Sun 22:00 your time"),
            ("Europe/Berlin", "2026-03-26T12:00:00Z", "Sat 22:00 – Sun 23:00 your time"),  # forward on 29 March
        ],
    )
    def test_a_day_of_moscow_across_a_change_of_clocks(self, client, anilibria, time_machine, zone, now, span):
        time_machine.move_to(now)
        client.cookies["tz"] = zone
        sunday = client.get("/schedule/").text.partition('id="sun"')[2].partition("</header>")[0]
        assert span in sunday

    def test_what_came_out_yesterday_by_the_readers_clock_says_so(self, client, anilibria, time_machine):
        updated = samples.MORNING - 8 * 3600  # 01:00 of Friday in Moscow, 17:00 of Thursday in New York
        anilibria.get(f"{samples.ANILIBRIA}/getSchedule", json=[{"day": 4, "list": [samples.title(updated=updated)]}])
        assert "Out at 01:00" in client.get("/schedule/").text
        client.cookies["tz"] = "America/New_York"
        assert "Out at Thu 17:00" in client.get("/schedule/").text

    def test_a_chosen_zone_makes_the_page_private_and_moscows_does_not(self, client, anilibria):
        for zone, private in (
            ("Asia/Tokyo", True),
            ("Europe/Moscow", False),
            ("Mars/Olympus", False),
            ("../etc/passwd", False),
        ):
            client.cookies["tz"] = zone
            answer = client.get("/schedule/")
            assert ("private" in answer["Cache-Control"]) is private, zone
            assert ("your time" in answer.text) is private, zone

    def test_is_chosen_without_javascript(self, client, anilibria):
        page = client.get("/schedule/").text
        assert '<form class="row" action="/zone/" method="post">' in page
        assert '<optgroup label="Asia">' in page
        assert '<option value="Asia/Tokyo">Tokyo' in page
        chosen = client.post("/zone/", {"tz": "Asia/Tokyo", "next": "/schedule/"})
        assert (chosen.status_code, chosen["Location"]) == (303, "/schedule/")
        assert "Asia/Tokyo" in client.get("/schedule/").text

    @pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../../etc/passwd", "Factory", "\x00", "x" * 5000])
    def test_what_is_no_zone_changes_nothing(self, client, zone):
        assert not client.post("/zone/", {"tz": zone, "next": "/schedule/"}).cookies

    def test_never_leads_elsewhere(self, client):
        assert client.post("/zone/", {"tz": "Asia/Tokyo", "next": "//evil.example/"})["Location"] == "/"
        assert client.get("/zone/?tz=Asia/Tokyo").status_code == 405


def test_one_day_and_one_title_have_addresses(client, anilibria):
    page = client.get("/schedule/?day=4").text
    assert page.count('<section class="day') == 1
    assert "Семь смертных грехов" in page
    assert "Ранма" not in page
    assert "Full week" in page
    assert 'href="?day=5"' in page
    only = client.get("/schedule/?title=ranma").text
    assert only.count('<section class="day') == 7
    assert "Ранма" in only
    assert "Семь смертных грехов" not in only


def test_names_a_day_that_is_none(client, anilibria):
    page = client.get("/schedule/?day=7&day=x").text
    assert "Day: <q>7</q>; Day: <q>x</q>" in page
    assert page.count('<section class="day') == 7


def test_offers_the_calendar_with_the_same_filter(client, anilibria):
    assert 'href="webcal://testserver/schedule.ics?day=4"' in client.get("/schedule/?day=4").text


def test_says_when_an_episode_of_another_day_came_out(client, anilibria):
    title = samples.title(updated=samples.MORNING - 86400)
    anilibria.get(f"{samples.ANILIBRIA}/getSchedule", json=[{"day": 3, "list": [title]}])
    thursday = client.get("/schedule/").text.partition('id="thu"')[2].partition("</section>")[0]
    assert ">Thu 09:00</time>" in thursday

from __future__ import annotations

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

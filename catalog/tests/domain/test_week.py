from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from catalog.domain.titles import EpisodeRange, Player, ScheduleDay, Title, TitleType
from catalog.domain.week import MOSCOW, Airing, season_week, this_week, week_after

FRIDAY = datetime(2026, 11, 20, 9, tzinfo=UTC)


def title(*, updated: datetime | None = None, last: float | None = 6, total: int | None = 12) -> Title:
    return Title(
        id=1,
        code="x",
        updated_at=updated,
        type=TitleType(episodes=total),
        player=Player(range=EpisodeRange(first=1, last=last)),
    )


def airing(weekday: int, subject: Title) -> Airing:
    days = this_week([ScheduleDay(weekday=weekday, titles=(subject,))], FRIDAY)
    return days[weekday].airings[0]


def test_is_seven_days_from_monday():
    days = this_week([], FRIDAY)
    assert [day.weekday for day in days] == list(range(7))
    assert days[0].date == date(2026, 11, 16)
    assert [day.today for day in days] == [False, False, False, False, True, False, False]
    assert [day.past for day in days] == [True, True, True, True, False, False, False]


def test_the_day_is_moscows():
    assert this_week([], datetime(2026, 11, 22, 20, 59, tzinfo=UTC))[6].today
    assert this_week([], datetime(2026, 11, 22, 21, 0, tzinfo=UTC))[0].today


def test_days_in_any_order_and_a_day_sent_twice_are_one_week():
    sent = [ScheduleDay(weekday=5, titles=(title(),)), ScheduleDay(weekday=1, titles=(title(),) * 2)]
    days = this_week([*sent, ScheduleDay(weekday=5, titles=(title(),))], FRIDAY)
    assert [len(day.airings) for day in days] == [0, 2, 0, 0, 0, 2, 0]


@pytest.mark.parametrize(
    ("weekday", "updated", "out"),
    [
        (4, datetime(2026, 11, 19, 20, 59, tzinfo=UTC), False),  # 23:59 of Thursday in Moscow
        (4, datetime(2026, 11, 19, 21, 0, tzinfo=UTC), True),
        (2, datetime(2026, 11, 20, 6, tzinfo=UTC), True),  # two days late
        (2, datetime(2026, 11, 17, 6, tzinfo=UTC), False),
        (5, datetime(2026, 11, 20, 6, tzinfo=UTC), False),  # tomorrow's cannot be out
        (4, None, False),
    ],
)
def test_is_out_once_updated_on_its_day_or_later(weekday, updated, out):
    assert airing(weekday, title(updated=updated)).out is out


@pytest.mark.parametrize(
    ("subject", "number"),
    [
        (title(updated=FRIDAY), 6),
        (title(), 7),
        (title(last=12), None),  # there is no thirteenth
        (title(total=None), 7),
        (title(last=6.5), None),  # nobody knows what follows a half
        (title(last=None), None),
    ],
)
def test_numbers_the_episode_that_came_or_comes(subject, number):
    assert airing(4, subject).number == number


def test_counts_what_is_out():
    titles = (title(updated=FRIDAY), title(), title(updated=FRIDAY))
    assert this_week([ScheduleDay(weekday=4, titles=titles)], FRIDAY)[4].out == 2


@pytest.mark.parametrize(
    ("day", "season"),
    [
        (date(2026, 11, 20), (4, 8)),
        (date(2026, 1, 1), (1, 1)),
        (date(2026, 3, 31), (1, 13)),
        (date(2026, 4, 1), (2, 1)),
        (date(2026, 9, 30), (3, 14)),
    ],
)
def test_knows_the_week_of_the_season(day, season):
    assert season_week(day) == season


def test_today_is_by_the_readers_date_and_out_by_moscows():
    late = datetime(2026, 11, 22, 21, 30, tzinfo=UTC)  # Monday in Moscow, Sunday in London
    schedule = [ScheduleDay(weekday=6, titles=(title(updated=late),)), ScheduleDay(weekday=0, titles=(title(),))]
    at_home, abroad = this_week(schedule, late), this_week(schedule, late, ZoneInfo("Europe/London"))
    assert at_home[0].today
    assert at_home[0].date == date(2026, 11, 23)
    assert abroad[6].today
    assert abroad[6].date == date(2026, 11, 22)
    assert abroad[6].airings[0].out


def test_a_day_begins_and_ends_at_moscows_midnight():
    day = this_week([], FRIDAY)[4]
    assert day.begins == datetime(2026, 11, 19, 21, tzinfo=UTC)
    assert day.ends == datetime(2026, 11, 20, 21, tzinfo=UTC)
    assert day.begins.tzinfo == MOSCOW


@pytest.mark.parametrize(
    ("subject", "number"),
    [
        (title(updated=FRIDAY), 7),  # 6 is out
        (title(), 8),  # 7 is yet to come
        (title(last=None), None),
        (title(last=5.5), None),
        (title(total=None), 8),
    ],
)
def test_next_week_goes_on_counting(subject, number):
    week = this_week([ScheduleDay(weekday=4, titles=(subject,))], FRIDAY)
    following = week_after(week)
    assert [day.date for day in following] == [date(2026, 11, day) for day in range(23, 30)]
    assert not any(day.today or day.past for day in following)
    assert following[4].airings == (Airing(title=subject, out=False, number=number),)


@pytest.mark.parametrize("subject", [title(last=12, updated=FRIDAY), title(last=11), title(last=12), title(last=13)])
def test_next_week_is_without_what_will_have_ended(subject):
    week = this_week([ScheduleDay(weekday=4, titles=(subject,))], FRIDAY)
    assert len(week[4].airings) == 1
    assert week_after(week)[4].airings == ()

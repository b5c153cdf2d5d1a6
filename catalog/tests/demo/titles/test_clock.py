"""The clock: equal for everybody at the same moment, and rolling on."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import groupby, pairwise

import pytest

from catalog.demo.titles import DemoTitles
from catalog.demo.titles.running import releases_on, shows
from catalog.domain.titles import Title
from catalog.tests.demo.titles.conftest import EVENING, ORIGIN


def at(moment: datetime) -> DemoTitles:
    return DemoTitles(ORIGIN, lambda: moment)


def running(demo: DemoTitles, weekday: int) -> list[Title]:
    return [title for title in demo.titles() if title.status.code == 1 and title.season.weekday == weekday]


def test_two_people_see_the_same(evening):
    other = at(EVENING)

    assert other.titles() == evening.titles()
    assert other.clips() == evening.clips()
    assert other.seed_stats() == evening.seed_stats()
    assert other.torrent_file(10725) == evening.torrent_file(10725)


def test_who_came_earlier_sees_the_same_as_who_comes_now(demo, clock):
    clock.move(hours=-9)
    demo.titles()
    for _ in range(6):
        clock.move(hours=1, minutes=30)
        demo.titles()

    assert demo.titles() == at(EVENING).titles()


def test_a_clock_turned_back_is_followed(demo, clock, evening):
    clock.move(hours=3)
    demo.titles()
    clock.move(hours=-3)

    assert demo.titles() == evening.titles()


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 20, 0, 0, tzinfo=UTC),
        datetime(2026, 12, 31, 22, 0, tzinfo=UTC),
        datetime(2027, 3, 1, 4, 0, tzinfo=UTC),
        datetime(2027, 9, 30, 20, 59, tzinfo=UTC),
        datetime(2027, 9, 30, 21, 0, tzinfo=UTC),
        datetime(2028, 2, 29, 12, 0, tzinfo=UTC),
        datetime(2030, 7, 15, 12, 0, tzinfo=UTC),
    ],
)
def test_whatever_the_day_shows_run_and_nothing_lies_ahead(moment):
    demo = at(moment)
    titles = demo.titles()

    for weekday in range(7):
        tonight = running(demo, weekday)
        assert len(tonight) == 5
        assert all(title.player.episodes for title in tonight)
        assert all(moment - timedelta(days=7) <= title.updated_at <= moment for title in tonight)
    clips = [clip.published_at for clip in demo.clips()]
    torrents = [torrent.uploaded_at for title in titles for torrent in title.torrents]
    assert max(filter(None, [*clips, *torrents, *(title.changed_at for title in titles)])) <= moment
    assert moment - max(filter(None, clips)) < timedelta(days=14)
    years = {title.season.year for title in titles if title.season.year}
    assert max(years) >= moment.year
    assert set(range(moment.year - 13, moment.year)) <= years
    assert len(titles) >= 240
    assert len(demo.clips()) == 30


def test_an_episode_comes_out_in_the_evening(demo, clock):
    release = releases_on(date(2026, 11, 20), shows())[-1]
    playlist = f"/videos/ts/{release.title_id}/{release.episode:04}/playlist.m3u8"
    clock.moment = release.at - timedelta(seconds=1)
    before = demo.title(release.title_id)
    assert not demo.has_file(playlist)
    clock.move(seconds=1)
    after = demo.title(release.title_id)

    assert len(after.player.episodes) == len(before.player.episodes) + 1 == release.episode
    assert demo.has_file(playlist)
    assert after.updated_at == after.changed_at == release.at > before.updated_at
    assert after.player.range.last == after.torrents_range.last == release.episode
    assert after.torrents[0].info_hash != before.torrents[0].info_hash
    assert after.torrents[0].size > before.torrents[0].size


def test_when_a_show_is_over_its_neighbour_begins():
    histories = set()
    for show in shows():
        codes = [show.plan(EVENING + timedelta(days=6 * step)).status for step in range(51)]
        histories.add(tuple(code for code, _ in groupby(codes)))

    assert (1,) in histories  # without end
    assert (1, 2) in histories  # it ends
    assert {(4, 1), (4, 1, 2)} & histories  # the announced one begins
    assert {(1, 2, 1), (1, 2, 1, 2)} & histories  # it goes on later


def test_running_shows_only_gain_episodes_until_the_television_year_ends():
    year = [datetime(2026, 10, 1, 12, tzinfo=UTC) + timedelta(days=9 * step, hours=step % 24) for step in range(40)]
    for show in shows():
        plans = [show.plan(moment) for moment in year]
        for earlier, later in pairwise(plans):
            assert later.aired[: len(earlier.aired)] == earlier.aired
            assert later.updated >= earlier.updated
            assert later.description == earlier.description


def test_weeks_go_by_and_nothing_goes_back(demo, clock):
    clock.moment = datetime(2026, 12, 1, 12, tzinfo=UTC)
    before = {title.id: title for title in demo.titles()}
    for _ in range(4):
        clock.move(days=4, hours=5)
        now = {title.id: title for title in demo.titles()}
        assert now.keys() == before.keys()
        for title_id, title in now.items():
            assert len(title.player.episodes) >= len(before[title_id].player.episodes)
            assert title_id == 321 or title.updated_at >= before[title_id].updated_at
            assert title_id == 321 or title.changed_at >= before[title_id].changed_at
        before = now


def test_updates_never_go_back_over_midnight(demo, clock):
    clock.moment = datetime(2026, 11, 20, 20, 59, 59, tzinfo=UTC)
    before = {title.id: title for title in demo.titles()}
    clock.move(seconds=1)

    for title in demo.titles():
        assert title.updated_at == before[title.id].updated_at
        assert title.changed_at == before[title.id].changed_at


def test_days_change_little(evening, demo, clock):
    clock.move(days=1)
    was = {title.id: title for title in evening.titles()}
    current = {show.id for show in shows()}
    settled = [title for title in demo.titles() if title.id not in current]

    assert all(title.updated_at == was[title.id].updated_at for title in settled)
    assert all(title.torrents == was[title.id].torrents for title in settled)
    assert demo.title(8500).player.episodes[0].mp4.hd != was[8500].player.episodes[0].mp4.hd

"""What the demo's WebSocket says is what the API answers from then on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from catalog.api.anilibria.live import title_change_json
from catalog.demo.live import Notices
from catalog.demo.titles import DemoTitles
from catalog.domain.titles import TitleChange
from catalog.tests.demo.titles.conftest import ORIGIN, Clock

EVENING = datetime(2026, 11, 20, 13, 0, tzinfo=UTC)


@pytest.fixture
def clock():
    return Clock(EVENING)


@pytest.fixture
def demo(clock):
    return DemoTitles(ORIGIN, clock)


@pytest.fixture
def notices(demo):
    return Notices(demo)


def listen(notices: Notices, clock: Clock, count: int) -> Iterator[tuple[float, dict[str, Any]]]:
    """The next notices with the seconds between them, each taken when it is due."""
    for _ in range(count):
        seconds, notice = notices.next()
        clock.move(seconds=seconds)
        yield seconds, notice


def test_every_half_a_minute_something_happens(notices, clock):
    started = clock.moment
    heard = [seconds for seconds, _ in listen(notices, clock, 200)]

    assert all(seconds <= 40 for seconds in heard)
    assert 15 <= (clock.moment - started).total_seconds() / sum(1 for seconds in heard if seconds) <= 40


def test_both_kinds_are_heard_and_some_twice(notices, clock):
    heard = [notice for _, notice in listen(notices, clock, 300)]
    hashes = Counter(notice["hash"] for notice in heard if "hash" in notice)

    assert {tuple(notice) for notice in heard} == {("hash", "title"), ("id", "serie", "playlist")}
    assert set(hashes.values()) == {1, 2}
    assert all(len(digest) == 40 for digest in hashes)
    twice = next(digest for digest, times in hashes.items() if times == 2)
    first, second = (notice for notice in heard if notice.get("hash") == twice)
    assert first == second


def test_the_catalogue_answers_what_was_said(notices, clock, demo):
    for _, notice in listen(notices, clock, 60):
        if "title" in notice:
            title = demo.title(notice["title"]["id"])
            change = TitleChange(hash=notice["hash"], title=title)
            assert title_change_json(change, demo) == notice
            assert title.changed_at == clock.moment
        else:
            title = demo.title(notice["id"])
            assert list(notice["playlist"]) == [episode.key for episode in title.player.episodes]
            assert str(notice["serie"]) in notice["playlist"]
            assert title.updated_at == clock.moment
            assert title.updated_at == max(each.updated_at for each in demo.titles() if each.updated_at)


def test_a_new_episode_is_announced_as_playlist_and_as_title(notices, clock, demo):
    counts = {title.id: len(title.player.episodes) for title in demo.titles()}
    heard = []
    while clock.moment < EVENING + timedelta(hours=7):
        heard += [notice for _, notice in listen(notices, clock, 1)]

    new: dict[int, int] = {}
    for place, notice in enumerate(heard):
        if "serie" in notice and notice["serie"] > counts[notice["id"]]:
            new.setdefault(notice["id"], place)
    assert new
    for title_id, place in new.items():
        assert heard[place + 1]["title"]["id"] == title_id
        assert heard[place + 1]["title"]["player"]["playlist"] == heard[place]["playlist"]


def test_notices_go_on_over_midnight(notices, clock):
    clock.moment = datetime(2026, 11, 20, 20, 58, tzinfo=UTC)
    for seconds, _ in listen(notices, clock, 12):
        assert 0 <= seconds <= 40

    assert clock.moment > datetime(2026, 11, 20, 21, 0, tzinfo=UTC)


def test_after_a_long_sleep_old_news_is_left_out(notices, clock):
    notices.next()
    clock.move(hours=5)
    seconds, notice = notices.next()

    stamp = notice["title"]["last_change"] if "title" in notice else clock.moment.timestamp()
    assert stamp >= clock.moment.timestamp() - 40
    assert seconds <= 40

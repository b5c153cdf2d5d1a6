"""Live notices: heard over a real WebSocket, once each, whatever else is said; and what follows from them."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator

import pytest
import requests

from catalog.services import anilibria, live, transport
from catalog.services.transport import websocket
from catalog.tests.factories import TitleRowFactory
from catalog.tests.services.listener import eventually
from catalog.tests.services.speaker import Speaker, listening
from catalog.tests.views import samples
from catalog.tests.views.conftest import anilibria as upstreams  # noqa: F401

TITLE = {"hash": "a" * 40, "title": samples.title()}
PLAYLIST = {"id": 8500, "serie": 2, "playlist": {"1": samples.episode(1), "2": samples.episode(2)}}
WRAPPED = {"type": "title_update", "title_update": TITLE | {"hash": "b" * 40, "diff": {"last_change": 1}}}


@pytest.fixture(autouse=True)
def no_long_pauses(monkeypatch):
    monkeypatch.setattr(websocket, "FIRST_PAUSE_SECONDS", 0.05)
    monkeypatch.setattr(websocket, "LONGEST_PAUSE_SECONDS", 0.2)


@pytest.fixture
def speaker(settings, transport_folder) -> Iterator[Speaker]:
    speaker = Speaker()
    settings.ANILIBRIA_URL = f"http://127.0.0.1:{speaker.port}/v2"
    yield speaker
    speaker.close()


class Ear:
    """What was made of everything that was said; ``connected``: how often."""

    def __init__(self, subscribe=()) -> None:
        self.changes: list[live.Changed] = []
        self.connected = 0
        self._hearing = live.Hearing()
        self._subscribe = subscribe
        self.stop = listening(self._listen)

    def _listen(self, stop: threading.Event) -> None:
        def connected() -> None:
            self.connected += 1

        for notice in anilibria.notices(self._subscribe, connected, stop):
            if changed := self._hearing.change(notice):
                self.changes.append(changed)

    def hears(self, *changes: live.Changed, seconds: float = 5) -> bool:
        return eventually(lambda: self.changes == list(changes), seconds)


@pytest.fixture
def ear(speaker) -> Iterator[Ear]:
    ear = Ear()
    yield ear
    ear.stop()


BOTH = live.Changed(8500, "nanatsu-no-taizai")


def test_both_shapes_of_a_title_change_and_a_playlist_are_heard(speaker, ear):
    speaker.say(TITLE, WRAPPED, PLAYLIST)
    assert ear.hears(BOTH, BOTH, live.Changed(8500))
    assert speaker.paths == ["/v2/ws/"]


def test_the_same_hash_is_the_same_notice(speaker, ear):
    speaker.say(TITLE, TITLE, TITLE, PLAYLIST)
    assert ear.hears(BOTH, live.Changed(8500))


@pytest.mark.parametrize(
    "garbage", ["", "hello", "[]", "null", "{}", '{"hash": 1}', '{"title": {}}', "[" * 100_000, b"\xff\xfe", "1" * 5000]
)
def test_garbage_is_passed_over(speaker, ear, garbage):
    speaker.say(garbage, TITLE)
    assert ear.hears(BOTH)
    assert ear.connected == 1


def test_a_notice_that_is_far_too_large_costs_the_connection_and_no_more(speaker, ear):
    speaker.say(json.dumps({"x": "y" * websocket.MAX_BYTES}))
    assert eventually(lambda: ear.connected == 2, 5)
    speaker.say(TITLE)
    assert ear.hears(BOTH)


def test_a_connection_that_ends_is_made_again(speaker, ear):
    speaker.say(TITLE)
    assert ear.hears(BOTH)
    speaker.hang_up()
    assert eventually(lambda: ear.connected == 2, 5)
    speaker.say(TITLE, WRAPPED)
    assert ear.hears(BOTH, BOTH)


def test_an_upstream_that_is_away_is_waited_for(settings, transport_folder):
    gone = Speaker()
    gone.close()
    settings.ANILIBRIA_URL = f"http://127.0.0.1:{gone.port}/v2"
    ear = Ear()
    time.sleep(0.4)
    assert ear.connected == 0
    back = Speaker(gone.port)
    back.say(TITLE)
    assert ear.hears(BOTH)
    ear.stop()
    back.close()


def test_pauses_grow_to_a_minute_and_differ(monkeypatch):
    monkeypatch.undo()
    assert all(0.5 <= websocket.pause(1) <= 1 for _ in range(20))
    assert all(30 <= websocket.pause(50) <= 60 for _ in range(20))
    assert len({websocket.pause(3) for _ in range(20)}) > 10


def test_filters_are_subscribed_to(speaker):
    wanted = [{"season": {"year": 2026}}, {"id": 1}]
    ear = Ear(wanted)
    assert eventually(lambda: len(speaker.heard) == 2, 5)
    assert [json.loads(said) for said in speaker.heard] == [{"subscribe": each} for each in wanted]
    ear.stop()


# What follows


@pytest.fixture
def newer(upstreams, db):
    """The site has shown the title and the front page; since then the title has another announcement."""
    anilibria.title("nanatsu-no-taizai", description="html")
    anilibria.updates(8, fields=(*anilibria.CARD_FIELDS, "description", "team"))
    anilibria.schedule()
    changed = samples.title(announce="Вышла серия")
    upstreams.get(f"{samples.ANILIBRIA}/getTitle?code=nanatsu-no-taizai", json=changed)
    upstreams.get(f"{samples.ANILIBRIA}/getTitle?id=8500", json=changed)
    return upstreams


def announced():
    return anilibria.title("nanatsu-no-taizai", description="html").value.announce


def test_what_changed_is_fresh_before_anybody_asks(newer):
    assert announced() != "Вышла серия"
    assert live.renew([BOTH])
    before = newer.call_count
    assert announced() == "Вышла серия"
    assert newer.call_count == before


def test_a_playlists_title_is_known_by_its_id(newer):
    TitleRowFactory.create(id=8500, code="nanatsu-no-taizai")
    assert live.renew([live.Changed(8500)])
    assert announced() == "Вышла серия"


def test_open_pages_learn_of_it(newer):
    before = live.revision(live.HOME), live.revision(live.subjects_of_title(8500)), live.revision(("other",))
    live.renew([BOTH])
    after = live.revision(live.HOME), live.revision(live.subjects_of_title(8500)), live.revision(("other",))
    assert [old == new for old, new in zip(before, after, strict=True)] == [False, False, True]


def test_where_the_upstream_fails_the_copies_are_stale_all_the_same(newer):
    newer.get(f"{samples.ANILIBRIA}/getTitle?code=nanatsu-no-taizai", exc=requests.ConnectionError)
    assert not live.renew([BOTH])
    assert anilibria.title("nanatsu-no-taizai", description="html").stale


def test_a_failed_renewal_is_tried_again_and_then_told(newer, monkeypatch, settings):
    monkeypatch.setattr(live, "FIRST_RETRY_SECONDS", 0.3)
    settings.UPSTREAM_TTL_SCALE = 0.01  # of the pause after a failed refresh, too
    good = newer.get(f"{samples.ANILIBRIA}/getTitle?code=nanatsu-no-taizai", exc=requests.ConnectionError)
    told: list[list[int]] = []
    renewing = live.Renewing(told.append)
    renewing.add(BOTH)
    assert eventually(lambda: good.called, 5)
    failed = live.revision(live.subjects_of_title(8500))
    newer.get(f"{samples.ANILIBRIA}/getTitle?code=nanatsu-no-taizai", json=samples.title(announce="Вышла серия"))
    assert eventually(lambda: announced() == "Вышла серия" and len(told) == 2, 10)
    assert live.revision(live.subjects_of_title(8500)) != failed
    renewing.stop()


def test_changes_of_one_moment_are_one_renewal(newer):
    told: list[list[int]] = []
    renewing = live.Renewing(told.append)
    for changed in (live.Changed(8500), BOTH, BOTH):
        renewing.add(changed)
    assert eventually(lambda: told == [[8500]], 5)
    renewing.stop()


def test_after_a_connection_was_away_every_list_is_asked_for_anew(newer):
    live.missed_some()
    before = newer.call_count
    anilibria.schedule()
    assert eventually(lambda: newer.call_count == before + 1)


def test_kept_pages_of_the_title_are_dropped_and_no_others(newer, client, transport_folder):
    old = client.get("/title/nanatsu-no-taizai/").content.decode()
    about = client.get("/about/").content
    assert "Вышла серия" not in old
    live.renew([BOTH])
    assert eventually(lambda: "Вышла серия" in client.get("/title/nanatsu-no-taizai/").content.decode(), 5)
    assert client.get("/about/").content == about


def test_many_connections_leave_no_threads(speaker):
    before = threading.active_count()
    ear = Ear()
    for _ in range(5):
        assert eventually(lambda: bool(speaker.connections), 5)
        speaker.hang_up()
    ear.stop()
    assert eventually(lambda: threading.active_count() <= before + 3, 5)


def test_the_transport_says_no_more_than_it_knows(transport_folder):
    assert live.revision(live.HOME) == "0"
    transport.mark_changed(live.HOME, 1.0)
    assert live.revision(live.HOME) == "3e8"

"""What pages are made of is renewed before it expires: gently, spread out, and not at all where an upstream is down."""

from __future__ import annotations

import json
import re
import threading
import time
from contextlib import contextmanager

import pytest
import requests
import time_machine

from catalog.models import PageVisits
from catalog.services import asked, transport, visits, warm
from catalog.services.anilibria import LISTS, updates
from catalog.services.index.crawl import INDEX_FIELDS
from catalog.services.transport.renewal import AT_ONCE
from catalog.tests.services.listener import Listener, answer
from catalog.tests.views import samples
from catalog.tests.views.conftest import anilibria, everything  # noqa: F401

pytestmark = pytest.mark.django_db

CODE = "nanatsu-no-taizai"


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(warm, "LONGEST_PAUSE_SECONDS", 0)
    visits.forget()


class Slow:
    """All three upstreams, each answer after half a second; ``most``: the most that were asked for at one time."""

    def __init__(self) -> None:
        self.asked = 0
        self.now = self.most = 0
        self._lock = threading.Lock()
        self.server = Listener(self._behave)

    def _behave(self, connection, head) -> None:
        with self._lock:
            self.asked += 1
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(0.5)
        with self._lock:
            self.now -= 1
        connection.sendall(answer(json.dumps(self._json(head.split()[1].decode())).encode()))

    def _json(self, path: str) -> object:
        if "/getTitle?" in path:
            return samples.title()
        if "/getYears" in path:
            return [2024]
        if "/getGenres" in path:
            return ["драма"]
        if "/getTeam" in path:
            return {"team": {"voice": ["Kari"]}}
        if "/getSchedule" in path:
            return [{"day": 4, "list": [samples.title()]}]
        if "/getYouTube" in path or "/getFeed" in path:
            return []
        if "/getUpdates" in path:
            return [samples.title()]
        if "/loop/count" in path:
            return samples.animeloop({"count": 1})
        if "/loop" in path:
            return samples.animeloop([samples.loop()])
        return {"data": [samples.video()], "links": {}, "meta": {}}


@pytest.fixture
def slow(settings, transport_folder):
    slow = Slow()
    for name in ("ANILIBRIA_URL", "ANIMELOOP_URL", "LOOPS_URL"):
        setattr(settings, name, slow.server.address)
    settings.MEDIA_ORIGINS = [slow.server.address]
    yield slow
    slow.server.close()


@contextmanager
def quick(slow: Slow):
    """Nothing inside waits for the upstream: none of its answers is on the way, and none is asked for."""
    asked_before = slow.asked
    assert slow.now == 0
    yield
    assert slow.asked == asked_before


def visited(*paths: str) -> None:
    for path in paths:
        visits.count(path)
    visits.flush()


def test_a_visit_right_after_the_old_answers_expired_never_waits(slow, client):
    """Six rounds over eleven minutes: longer than any of the lifetimes here."""
    visited(f"/title/{CODE}/")
    warmth = warm.Warmth()
    began = time.time()
    with time_machine.travel(began, tick=True) as clock:
        warmth.keep(30)
        for seconds in range(0, 660, 20):
            clock.move_to(began + seconds)
            warmth.keep(30)
        clock.move_to(began + 661)
        for path in ("/", "/schedule/", "/feed/", "/clips/", f"/title/{CODE}/"):
            before = slow.asked
            client.get(path)  # templates are loaded once
            assert slow.asked == before, path
            with quick(slow):
                response = client.get(path, {"": ""})
            assert response.status_code == 200, path
            assert response.settled, path


def test_never_more_than_four_at_once_of_one_upstream(slow):
    pages = [threading.Thread(target=warm.warm, args=[asked.title(f"code-{number}")]) for number in range(6)]
    for page in pages:
        page.start()
    for page in pages:
        page.join()
    assert slow.asked == 6 * 2 + 1  # all share the schedule
    assert slow.most <= AT_ONCE


def test_what_is_fresh_is_not_asked_for(everything):
    warm.warm(asked.home())
    before = everything.call_count
    warm.warm(asked.home())
    assert everything.call_count == before


def test_its_turn_comes_before_it_expires_and_not_for_all_alike(everything):
    turns = [warm.warm(asked.home()) for _ in range(20)]
    assert all(0.6 * 120 <= turn <= 0.8 * 120 for turn in turns)
    assert len(set(turns)) == 20


def test_a_page_has_its_turn_and_no_sooner_again(everything, monkeypatch):
    monkeypatch.setattr(warm, "FIXED", {"home": asked.home})
    warmth = warm.Warmth()
    assert [warmth.keep(10), warmth.keep(10)] == [1, 0]
    with time_machine.travel(time.time() + 100, tick=True):
        assert warmth.keep(10) == 1


def test_a_round_ends_in_time(slow, monkeypatch):
    monkeypatch.setattr(warm, "FIXED", {f"{number}": lambda: asked.title("x") for number in range(100)})
    began = time.monotonic()
    warm.Warmth().keep(0.3)
    assert time.monotonic() - began < 3


def test_two_rounds_at_once_are_one(slow, monkeypatch):
    monkeypatch.setattr(warm, "FIXED", {"title": lambda: asked.title("x")})
    warmth, done = warm.Warmth(), []
    rounds = [threading.Thread(target=lambda: done.append(warmth.keep(5))) for _ in range(3)]
    for each in rounds:
        each.start()
    for each in rounds:
        each.join()
    assert sorted(done) == [0, 0, 1]


def test_an_upstream_that_is_down_is_left_alone(upstream, monkeypatch, settings):
    settings.UPSTREAM_BREAKER_FAILURES = 1
    down = upstream.get(re.compile(".*"), exc=requests.ConnectionError)
    monkeypatch.setattr(warm, "FIXED", {str(number): lambda: asked.title("x") for number in range(20)})
    warmth = warm.Warmth()
    assert warmth.keep(30) == 20
    assert down.call_count <= AT_ONCE
    before = down.call_count
    warmth.keep(30)
    assert down.call_count == before


def test_the_index_and_this_ask_different_questions(everything):
    """The index asks what changed without saving it; nothing it asks for is asked for here a second time."""
    warm.warm(asked.home())
    updates(100, fields=INDEX_FIELDS, anew=True)
    urls = [request.url for request in everything.request_history]
    assert len(urls) == len(set(urls))


# Which pages


def test_the_most_visited_are_kept_warm(everything, monkeypatch):
    monkeypatch.setattr(warm, "FIXED", {})
    visited(f"/title/{CODE}/", f"/ru/title/{CODE}/", f"/title/{CODE}/1/", "/about/", "/loops/random/", "/title/x")
    assert [(each.kind, each.key) for each in visits.most(10)] == [("title", CODE)]
    assert PageVisits.objects.get().score == 3
    warm.Warmth().keep(10)
    before = everything.call_count
    assert asked.one_title(CODE).value.id == 8500
    assert everything.call_count == before


def test_a_visit_writes_nothing(client, everything, django_assert_num_queries):
    client.get("/about/")
    with django_assert_num_queries(0):
        visits.count(f"/title/{CODE}/")


def test_pages_that_were_read_are_counted_and_others_are_not(client, everything):
    client.get(f"/title/{CODE}/")
    client.get(f"/title/{CODE}/")
    client.head(f"/title/{CODE}/")
    everything.get(f"{samples.ANILIBRIA}/getTitle?code=nothing", status_code=404)
    client.get("/title/nothing/")
    assert visits.flush() == 2


def test_older_visits_count_less(time_machine):
    time_machine.move_to("2026-11-20T09:00:00Z", tick=False)
    visited(*["/title/old/"] * 3)
    time_machine.move_to("2026-11-22T09:00:00Z", tick=False)
    visited("/title/new/")
    assert [each.key for each in visits.most(2)] == ["new", "old"]


def test_what_is_remembered_has_a_bound(monkeypatch):
    monkeypatch.setattr(visits, "MOST_KEPT", 5)
    visited(*(f"/title/{number}/" for number in range(20)), *["/title/19/"] * 3)
    assert PageVisits.objects.count() == 5
    assert visits.most(1)[0].key == "19"


def test_what_is_counted_between_two_flushes_has_a_bound():
    for number in range(visits.MOST_COUNTED + 50):
        visits.count(f"/title/{number}/")
    visits.count("/title/1/")
    assert visits.flush() == visits.MOST_COUNTED + 1


def test_marks_and_renewals_go_together(everything):
    warm.warm(asked.home())
    transport.mark_changed([LISTS], time.time())
    before = everything.call_count
    warm.warm(asked.home())
    assert everything.call_count == before + 2  # the updates and the schedule

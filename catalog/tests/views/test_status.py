"""How the sources are, shown whatever works."""

from __future__ import annotations

import threading
import time
from itertools import count

import pytest
import requests
import requests_mock
from bs4 import BeautifulSoup
from django.core.cache import caches
from django.db import DatabaseError

from catalog.models import StoredPoster
from catalog.services import transport
from catalog.tests.factories import TitleRowFactory
from catalog.tests.services.conftest import listen  # noqa: F401
from catalog.tests.services.listener import answer
from catalog.tests.views import samples

looks = count()
NODES = f"{samples.ANILIBRIA}/getCachingNodes"


def page(client, path="/status/") -> BeautifulSoup:
    response = client.get(f"{path}?look={next(looks)}")  # never a kept page; clearing those would empty all of Redis
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def words(soup: BeautifulSoup) -> list[str]:
    return [word.text for word in soup.select(".src .word")]


def ask_all(client) -> None:
    client.get("/")


def until(look, seconds: float = 5.0) -> None:
    ends = time.monotonic() + seconds
    while not look():
        assert time.monotonic() < ends
        time.sleep(0.05)


@pytest.fixture
def nodes(everything):
    everything.get(NODES, json=["cache.libria.fun", "de2.libria.fun"])
    return everything


def test_says_who_answers_and_how_soon(client, nodes):
    ask_all(client)
    soup = page(client)
    assert words(soup) == ["Answers", "Answers", "Answers"]
    facts = [dd.text for dd in soup.select_one(".src").select("dd")]
    assert facts[0].endswith(" ms")
    assert facts[1:] == ["less than a minute", "less than a minute"]
    assert soup.h1.text == "All is well"


def test_who_was_never_asked_is_neither_well_nor_ill(client, upstream):
    upstream.get(requests_mock.ANY, json=[])
    assert words(page(client)) == ["Not asked yet"] * 3


def test_says_who_does_not_answer_and_keeps_quiet_about_why(client, nodes):
    ask_all(client)
    nodes.get(requests_mock.ANY, exc=requests.ConnectionError("http://10.1.2.3:8080 refused"))
    transport.reset()
    caches["pages"].clear()
    client.get("/title/another/")
    soup = page(client, "/ru/status/")
    assert words(soup)[0] == "Не отвечает"
    assert "10.1.2.3" not in soup.text
    assert soup.h1.text == "Не всё в порядке"


def test_the_video_servers_come_without_waiting_for_them(client, listen, settings):
    settings.UPSTREAM_DEADLINE_SECONDS = 30.0  # who waited would have them
    asked, shown = [], threading.Event()

    def slow(connection, head) -> None:
        asked.append(head)
        shown.wait(10)
        connection.sendall(answer(b'["cache.libria.fun", "<b>de2</b>"]'))

    listen(slow)
    assert "has not named them yet" in page(client).text
    shown.set()
    until(lambda: "cache.libria.fun" in page(client).text)
    assert [bdi.text for bdi in page(client).select("bdi")] == ["cache.libria.fun", "<b>de2</b>"]
    assert sum("getCachingNodes" in str(head) for head in asked) == 1


def test_says_how_far_the_work_is(client, nodes):
    TitleRowFactory.create_batch(3)
    for number, digest in enumerate(["0" * 32, "", "", ""]):
        StoredPoster.objects.create(kind="title", subject=str(number), source_url="http://x.test/", digest=digest)
    soup = page(client)
    assert "1 of 4" in soup.text
    assert "0 of 3" in soup.text
    assert [bar["style"] for bar in soup.select(".bar")] == ["--v:100%", "--v:25%", "--v:0%"]


def test_everything_down_is_a_page_too(client, upstream):
    upstream.get(requests_mock.ANY, exc=requests.ConnectionError)
    soup = page(client)
    assert soup.h1
    until(lambda: words(page(client))[0] == "Does not answer")


def test_a_database_that_is_down_is_said(client, nodes, monkeypatch):
    ask_all(client)

    def broken(*args, **kwargs):
        raise DatabaseError("gone")

    with monkeypatch.context() as patched:
        patched.setattr("django.db.backends.utils.CursorWrapper.execute", broken)
        soup = page(client)
    assert "database does not answer" in soup.text
    assert words(soup) == ["Answers", "Answers", "Answers"]


def test_is_kept_for_others_a_moment_only(client, nodes):
    cached = client.get("/status/")["Cache-Control"]
    assert "s-maxage=3" in cached


def test_asks_again_by_itself_with_what_replaces_it(client, nodes):
    soup = page(client)
    part = soup.select_one(".status")
    swapped = BeautifulSoup(client.get(part["hx-get"], headers={"HX-Request": "true"}).content, "html.parser")
    assert swapped.select_one(".status")["hx-get"] == part["hx-get"]
    assert not swapped.html


def test_is_in_every_foot(client, nodes):
    assert '<a href="/status/">' in client.get("/about/").text

"""Every upstream faked at the wire, with saved copies in a folder of the test's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
import requests_mock
import time_machine
from django.core.cache import caches

from catalog.services import transport
from catalog.tests.services.listener import Behave, Listener, Wrap


@pytest.fixture
def transport_folder(settings, tmp_path) -> Iterator[None]:
    """No saved copy, no memory, no breaker from another test; the network is real."""
    settings.DATA_DIR = tmp_path
    transport.reset()
    yield
    transport.reset()


@pytest.fixture
def embedded(settings, monkeypatch, transport_folder) -> None:
    """Files and memory, also where the suite runs on Redis, and also for processes that the test starts."""
    settings.UPSTREAM_CACHE_URL, settings.CACHE_URL = "sqlite://", "locmem://"
    monkeypatch.delenv("UPSTREAM_CACHE_URL", raising=False)
    monkeypatch.delenv("CACHE_URL", raising=False)
    transport.reset()


@pytest.fixture
def upstream(transport_folder) -> Iterator[requests_mock.Mocker]:
    """Fake every upstream; an address nobody registered raises, and nothing swallows it.

    ok             upstream.get(url, json={...})
    down           upstream.get(url, exc=requests.ConnectionError), or status_code=503
    slow           upstream.get(url, exc=requests.ReadTimeout)
    not JSON       upstream.get(url, text="<html>")
    wrong shape    upstream.get(url, json=[1])
    gone           upstream.get(url, status_code=404, json={...})
    stale          fetch it, register what happens next, then fetch it again inside ``with aged():``
    """
    with requests_mock.Mocker(case_sensitive=True) as mocker:
        yield mocker
        transport.reset()  # while the fake is there: a refresh may still be on its way


@pytest.fixture
def listen(settings, transport_folder) -> Iterator[Callable[..., Listener]]:
    """``listen(behave)`` makes AniLibria a real server that calls ``behave(connection, head)`` for each request."""
    listeners: list[Listener] = []

    def start(behave: Behave, *, wrap: Wrap = lambda plain: plain) -> Listener:
        listeners.append(Listener(behave, wrap))
        settings.ANILIBRIA_URL = listeners[-1].address
        settings.MEDIA_ORIGINS = [listeners[-1].address]
        return listeners[-1]

    yield start
    for listener in listeners:
        listener.close()


@pytest.fixture
def aged() -> Callable[..., AbstractContextManager[object]]:
    """``with aged():`` lets two days pass, more than any lifetime; ``aged(seconds)`` as many as it says.

    Time goes on from there. Past its lifetime a quick upstream is asked again within the call; one that fails leaves
    the saved copy, whose answer is ``stale``, and is not asked for it again for ten seconds.
    """

    def travel(seconds: float = 2 * 86400) -> AbstractContextManager[object]:
        caches["pages"].clear()  # Redis goes by its own clock
        return time_machine.travel(timedelta(seconds=seconds), tick=True)

    return travel

"""How the site and its upstreams are. Nothing here waits for an upstream, and each part does without the others."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count, Q

from catalog.domain.titles import CachingNode
from catalog.models import LoopRow, StoredPoster, StoredTorrent, TitleRow, TorrentLook
from catalog.services import anilibria, index, loop_index, loopsvideo, transport
from catalog.services.answer import Answer
from catalog.services.asked import HOME_FIELDS, HOME_UPDATES
from catalog.services.errors import UpstreamError
from catalog.services.index import Progress
from catalog.services.transport import Health

log = logging.getLogger(__name__)

T = TypeVar("T")

FILES = {"anilibria-site": "torrents", "animeloop files": "loops", "posters": "posters"}  # upstream -> what it keeps


@dataclass(frozen=True, slots=True)
class UpstreamStatus:
    """``key``: the upstream's name as errors and logs put it; ``told_at``: when what pages show of it was said.

    ``address`` is for whoever runs the site.
    """

    key: str
    name: str
    address: str = ""
    health: Health = field(default_factory=Health)
    told_at: datetime | None = None

    @property
    def succeeded_seconds(self) -> int | None:
        return _seconds_since(self.health.succeeded_at)

    @property
    def age_seconds(self) -> int | None:
        return _seconds_since(self.told_at)


@dataclass(frozen=True, slots=True)
class Done:
    """How far a work has got; ``total`` is None where it is not known yet, ``failed`` is what is tried again later."""

    done: int
    total: int | None = None
    failed: int = 0

    @property
    def percent(self) -> int:
        return min(100, self.done * 100 // self.total) if self.total else 0


@dataclass(frozen=True, slots=True)
class Work:
    """What the background has made of the upstreams' data."""

    titles: Done
    loops: Done
    posters: Done
    torrents: Done
    titles_state: Progress
    loops_state: Progress


@dataclass(frozen=True, slots=True)
class Status:
    """``work`` is None while the database does not answer, ``nodes`` while the upstream has not said them."""

    upstreams: tuple[UpstreamStatus, ...]
    files: tuple[UpstreamStatus, ...]
    nodes: tuple[CachingNode, ...] | None
    work: Work | None

    @property
    def all(self) -> tuple[UpstreamStatus, ...]:
        return self.upstreams + self.files

    @property
    def well(self) -> bool:
        return self.work is not None and all(one.health.answers is not False for one in self.upstreams)


def status() -> Status:
    known, done = transport.health(), _or_none(work)
    told = {
        "anilibria": _latest(_saved(_updates), done.titles_state if done else None),
        "animeloop": _latest(None, done.loops_state if done else None),
        "loops": _latest(_saved(loopsvideo.feed)),
    }
    names = {
        "anilibria": ("AniLibria", settings.ANILIBRIA_URL),
        "animeloop": ("Animeloop", settings.ANIMELOOP_URL),
        "loops": ("Loops", settings.LOOPS_URL),
    }
    nodes = _nodes()
    return Status(
        upstreams=tuple(
            UpstreamStatus(key, name, address, known.get(key, Health()), told[key])
            for key, (name, address) in names.items()
        ),
        files=tuple(UpstreamStatus(key, key, health=known[key]) for key in FILES if key in known),
        nodes=nodes.value if nodes else None,
        work=done,
    )


def work() -> Work:
    """Raises DatabaseError."""
    titles, loops = TitleRow.objects.count(), LoopRow.objects.count()
    states = index.progress(), loop_index.progress()
    stored = StoredPoster.objects.aggregate(
        all=Count("pk"), done=Count("pk", filter=~Q(digest="")), failed=Count("pk", filter=Q(attempts__gt=0))
    )
    return Work(
        titles=Done(titles, _total(titles, states[0])),
        loops=Done(loops, _total(loops, states[1])),
        posters=Done(stored["done"], stored["all"], stored["failed"]),
        torrents=Done(
            min(titles, TorrentLook.objects.exclude(looked_at=None).count()),
            titles,
            StoredTorrent.objects.exclude(state=StoredTorrent.State.STORED).count(),
        ),
        titles_state=states[0],
        loops_state=states[1],
    )


def _total(rows: int, state: Progress) -> int | None:
    return rows if state.ready else state.total


def _updates() -> Answer[Any]:
    """The answer that the front page begins with."""
    return anilibria.updates(HOME_UPDATES, fields=HOME_FIELDS)


def _nodes() -> Answer[tuple[CachingNode, ...]] | None:
    """Those that are known. Asking for them begins here, and the next look has what came of it."""
    with transport.within(0), suppress(UpstreamError):
        return anilibria.caching_nodes()
    return None


def _saved(call: Callable[[], Answer[Any]]) -> datetime | None:
    """When the upstream said what is saved of this."""
    try:
        with transport.without_waiting():
            return call().fetched_at
    except (UpstreamError, transport.NotReady):
        return None


def _latest(saved_at: datetime | None, state: Progress | None = None) -> datetime | None:
    moments = [at for at in (saved_at, state.refreshed_at if state else None) if at]
    return max(moments, default=None)


def _or_none(look: Callable[[], T]) -> T | None:
    try:
        return look()
    except DatabaseError as exc:
        log.warning("the database does not answer: %s", exc)
        return None


def _seconds_since(moment: datetime | None) -> int | None:
    return None if moment is None else max(0, int((datetime.now(UTC) - moment).total_seconds()))

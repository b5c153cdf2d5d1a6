"""What follows when an upstream says that a title changed: its copies are renewed, and open pages learn of it."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.db import DatabaseError, connections

from catalog.models import TitleRow
from catalog.services import anilibria, asked, transport
from catalog.services.errors import UpstreamBadData
from catalog.services.together import together

log = logging.getLogger(__name__)

GATHER_SECONDS = 0.15  # a release is announced twice or more in the same moment
SETTLE_SECONDS = 8.0
TITLES_AT_ONCE = 20
FIRST_RETRY_SECONDS, LONGEST_RETRY_SECONDS = 3.0, 120.0
HASHES = 1000  # of the notices heard last
HOME: tuple[str, ...] = (anilibria.LISTS,)  # what the front page is about


@dataclass(frozen=True, slots=True)
class Changed:
    """``code`` is ``None`` where the notice named only the id."""

    id: int
    code: str | None = None

    @property
    def subjects(self) -> tuple[str, ...]:
        keys = (self.id, *((self.code,) if self.code else ()))
        return (*map(anilibria.subject_of_title, keys), anilibria.LISTS)


def subjects_of_title(title_id: int) -> tuple[str, ...]:
    """What an open page of this title waits for: every change names the id."""
    return (anilibria.subject_of_title(title_id),)


@dataclass(slots=True)
class Hearing:
    """Reads notices; the same hash again is the same notice again."""

    hashes: OrderedDict[str, None] = field(default_factory=OrderedDict)

    def change(self, notice: object) -> Changed | None:
        """What a decoded notice says to have changed; ``None`` for one that was heard already or says nothing."""
        try:
            title = anilibria.parse_title_change(notice)
        except UpstreamBadData:
            return self._playlist(notice)
        if title.hash in self.hashes:
            return None
        self.hashes[title.hash] = None
        while len(self.hashes) > HASHES:
            self.hashes.popitem(last=False)
        return Changed(title.title.id, title.title.code)

    def _playlist(self, notice: object) -> Changed | None:
        try:
            return Changed(anilibria.parse_playlist_change(notice).title_id)
        except UpstreamBadData as exc:
            log.info("a notice that cannot be read: %s", exc)
            return None


class Renewing:
    """A thread that renews what changed, several changes at once, and again later where the upstream fails.

    ``then`` is called with the ids once their pages are fresh, for whatever takes longer.
    """

    def __init__(self, then: Callable[[list[int]], None]) -> None:
        self._then = then
        self._waiting: dict[int, Changed] = {}
        self._condition = threading.Condition()
        self._ends = False
        self._added = 0
        self._failures = 0
        self._thread = threading.Thread(target=self._run, name="renewing", daemon=True)
        self._thread.start()

    def add(self, changed: Changed) -> None:
        with self._condition:
            older = self._waiting.get(changed.id)
            self._waiting[changed.id] = older if older and older.code else changed
            self._added += 1
            self._condition.notify_all()

    def stop(self) -> None:
        with self._condition:
            self._ends = True
            self._condition.notify_all()
        self._thread.join(SETTLE_SECONDS)

    def _run(self) -> None:
        while True:
            with self._condition:
                self._condition.wait_for(lambda: self._waiting or self._ends)
                if self._ends:
                    return
            time.sleep(GATHER_SECONDS)
            with self._condition:
                batch = [self._waiting.pop(key) for key in list(self._waiting)[:TITLES_AT_ONCE]]
            try:
                self._renew(batch)
            except Exception:
                log.exception("what changed could not be renewed")
            finally:
                connections.close_all()

    def _renew(self, batch: list[Changed]) -> None:
        whole = renew(batch)
        if self._failures == 0 or whole:
            self._then([changed.id for changed in batch])
        if whole:
            self._failures = 0
            return
        self._failures += 1
        pause = min(FIRST_RETRY_SECONDS * 2 ** (self._failures - 1), LONGEST_RETRY_SECONDS)
        log.warning("%s changed titles cannot be asked for; again in %g s", len(batch), pause)
        with self._condition:
            for changed in batch:
                self._waiting.setdefault(changed.id, changed)
            heard = self._added
            self._condition.wait_for(lambda: self._ends or self._added != heard, timeout=pause)


def renew(batch: Iterable[Changed]) -> bool:
    """Ask for what the pages of these titles and the front page show, then tell every process what changed.

    False where the upstream failed: what there is of it counts as stale then.
    """
    began = time.time()
    named = [changed if changed.code else Changed(changed.id, _code(changed.id)) for changed in batch]
    whole = True
    with transport.renewing(transport.older_than(began)) as renewal:
        calls = [{name: call for name, call in asked.home().items() if name in {"updates", "schedule"}}]
        calls += [
            {name: call for name, call in asked.title(changed.code or changed.id).items() if name != "schedule"}
            for changed in named
        ]
        for page in calls:
            whole &= all(block.ok for block in together(**page).values())
        whole &= renewal.settle(SETTLE_SECONDS)
    transport.mark_changed({subject for changed in named for subject in changed.subjects}, began)
    return whole


def missed_some() -> None:
    """The connection was away: what it would have said is unknown, so that every list is asked for anew."""
    transport.mark_changed(HOME, time.time())


def revision(subjects: Iterable[str], changes: Mapping[str, float] | None = None) -> str:
    """A short word that differs once one of the subjects changed; ``changes``: as they were at some moment."""
    moments = transport.changes() if changes is None else changes
    return f"{int(transport.newest(moments, subjects) * 1000):x}"


def _code(title_id: int) -> str | None:
    try:
        return TitleRow.objects.filter(pk=title_id).values_list("code", flat=True).first()
    except DatabaseError as exc:
        log.warning("the index cannot be read: %s", exc)
        return None

"""This process's copy of the index, made for answering: facets and search. It follows the rows as they change."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable
from functools import lru_cache

from django.db import DatabaseError, connections

from catalog.models import TitleRow
from catalog.services.index.facets import Bits, Facets, Facts, Found, Wanted, facts
from catalog.services.index.state import Progress, progress, source
from catalog.services.search import Engine, Hit

log = logging.getLogger(__name__)

FOUND_MOST = 500  # titles for one text, the best first
TEXTS_REMEMBERED = 64
READ_AT_ONCE = 3000  # titles: a larger catalogue is read beside the request
FIRST_WAIT_SECONDS, NEXT_WAIT_SECONDS = 1.0, 0.05
WASTED_MOST = 0.2  # of the engine's names, then it is made anew


class Catalogue:
    """All titles at one ``revision``; it never changes, but for the engine, which knows newer names at worst."""

    def __init__(self, titles: dict[int, Facts], engine: Engine, revision: int, origin: str) -> None:
        self.titles = titles
        self.engine = engine
        self.revision = revision
        self.origin = origin
        self.facets = Facets(titles.values())
        self.hits = lru_cache(TEXTS_REMEMBERED)(self._hits)

    def __len__(self) -> int:
        return len(self.titles)

    def find(self, wanted: Wanted, start: int, amount: int) -> Found:
        """``amount`` titles from the ``start``-th on; without an order the best hits or the latest updates first."""
        groups, among = self.facets.groups(wanted), self._among(wanted.text)
        bits = self.facets.matching(groups, among)
        if wanted.text and wanted.order is None:
            ids = self._best(wanted.text, bits)[start : start + amount]
        else:
            ids = self.facets.page(bits, wanted.order or "updated", start, amount)
        return Found(ids, bits.bit_count(), self.facets.counts(groups, among, wanted.all_genres))

    def count(self, wanted: Wanted) -> int:
        return self.facets.matching(self.facets.groups(wanted), self._among(wanted.text)).bit_count()

    def forget_answers(self) -> None:
        self.facets.counts.cache_clear()
        self.hits.cache_clear()

    def _among(self, text: str) -> Bits:
        return self.facets.bits(hit.title_id for hit in self.hits(text)) if text else self.facets.everything

    def _best(self, text: str, bits: Bits) -> tuple[int, ...]:
        present, places = self.facets.present(bits), self.facets.places
        ids = (hit.title_id for hit in self.hits(text))
        return tuple(title_id for title_id in ids if title_id in places and present[places[title_id]])

    def _hits(self, text: str) -> list[Hit]:
        return self.engine.find(text, FOUND_MOST)


def catalogue(now: Progress) -> Catalogue | None:
    """The newest copy that can be had at once; ``None`` while there is none to rely on."""
    if not now.ready:
        return None
    held = _held.catalogue
    if held and held.origin == source() and held.revision >= now.revision:
        return held
    if held and held.origin != source():
        held = None
    _held.follow(held, now)
    return _held.catalogue if _held.catalogue and _held.catalogue.origin == source() else None


def warm() -> None:
    """Read the index beside whatever comes first."""

    def read_it() -> None:
        try:
            catalogue(progress())
        finally:
            connections.close_all()

    threading.Thread(target=read_it, name="index-first", daemon=True).start()


class _Held:
    """One copy a process, and at most one thread that makes the next."""

    def __init__(self) -> None:
        self.catalogue: Catalogue | None = None
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def follow(self, held: Catalogue | None, progress: Progress) -> None:
        """Make the next copy: here if that is quick, else on a thread, waiting for it a moment."""
        if (progress.total or 0) <= READ_AT_ONCE:
            with self._lock:
                made = self.catalogue  # perhaps by another thread while we waited
                if made is None or made.origin != source() or made.revision < progress.revision:
                    self._make(held, progress)
            return
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(
                    target=self._make_apart, args=(held, progress), name="index", daemon=True
                )
                self._thread.start()
            thread = self._thread
        thread.join(NEXT_WAIT_SECONDS if held else FIRST_WAIT_SECONDS)

    def _make(self, held: Catalogue | None, progress: Progress) -> None:
        try:
            self.catalogue = read(held, progress)
        except DatabaseError as exc:
            log.warning("the index cannot be read: %s", exc)

    def _make_apart(self, held: Catalogue | None, progress: Progress) -> None:
        try:
            self._make(held, progress)
        finally:
            connections.close_all()


_held = _Held()


def forget() -> None:
    """Begin as a new process would."""
    _held.catalogue = None


def read(held: Catalogue | None, progress: Progress) -> Catalogue:
    """The index as it is now; from ``held`` on only what changed since."""
    rows = TitleRow.objects.all()
    if held and held.revision >= progress.removed_revision:
        changed = [facts(row) for row in rows.filter(revision__gt=held.revision).iterator()]
        return _updated(held, changed, progress)
    titles = {row.id: facts(row) for row in rows.iterator()}
    return Catalogue(titles, _engine(titles.values()), progress.revision, source())


def _updated(held: Catalogue, changed: Iterable[Facts], progress: Progress) -> Catalogue:
    titles, engine = dict(held.titles), held.engine
    for title in changed:
        if title.id not in titles or titles[title.id].names != title.names:
            engine.add(title.id, title.names)
        titles[title.id] = title
    if engine.wasted > WASTED_MOST:
        engine = _engine(titles.values())
    return Catalogue(titles, engine, progress.revision, source())


def _engine(titles: Iterable[Facts]) -> Engine:
    popular = sorted(titles, key=lambda title: (-title.popularity, title.id))
    return Engine.of({title.id: title.names for title in popular})

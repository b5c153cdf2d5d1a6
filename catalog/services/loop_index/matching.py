"""Which title each series of loops is. What somebody chose stays."""

from __future__ import annotations

import logging
from hashlib import blake2b

from catalog.domain.titles import Names
from catalog.models import LoopIndexState, SeriesRow, TitleRow
from catalog.services import index
from catalog.services.index.held import Catalogue
from catalog.services.loop_index.likeness import SAME_NAME, Identity, likeness, of_series, of_title
from catalog.services.loop_index.state import progress

log = logging.getLogger(__name__)

CANDIDATES = 10  # titles with names somewhat like one of the series'


def match(*, anew: bool = False) -> int:
    """Find the titles of all series where either index has changed, or ``anew``; return how many changed theirs."""
    titles = index.progress()
    revisions = f"{titles.revision} {progress().revision}"
    state = LoopIndexState.objects.first()
    if state is None or not titles.ready or (state.mapped.startswith(f"{revisions} ") and not anew):
        return 0
    known = _identities()
    series = list(SeriesRow.objects.filter(title_is_chosen=False))
    said = f"{revisions} {_digest(known, series)}"
    changed = 0
    if anew or said.split()[-1] != state.mapped.split(" ")[-1]:
        catalogue = index.catalogue(titles)
        if catalogue is None:
            return 0
        finder = _Finder(known, catalogue)
        changed = sum(_settled(row, finder.title_of(row)) for row in series)
        log.info("%s of %s series are another title than before", changed, len(series))
    LoopIndexState.objects.update(mapped=said)
    return changed


class _Finder:
    def __init__(self, titles: dict[int, Identity], catalogue: Catalogue) -> None:
        self.titles = titles
        self.catalogue = catalogue
        self.named: dict[str, set[int]] = {}
        for title_id, identity in titles.items():
            for name in identity.names:
                self.named.setdefault(name, set()).add(title_id)

    def title_of(self, row: SeriesRow) -> int | None:
        """The title most like it, of several as like the one of the same quarter."""
        series = of_series(row.series)
        candidates = {title_id for name in series.names for title_id in self.named.get(name, ())}
        if not candidates:
            hits = (self.catalogue.engine.find(name, CANDIDATES) for name in series.names)
            candidates = {hit.title_id for found in hits for hit in found}
        scored = [
            (likeness(series, other), other.season == series.season, other.year is not None, -title_id)
            for title_id in candidates
            if (other := self.titles.get(title_id))
        ]
        score, _, _, title_id = max(scored, default=(0.0, False, False, 0))
        return -title_id if score >= SAME_NAME else None


def _identities() -> dict[int, Identity]:
    rows = TitleRow.objects.values_list("id", "name_ru", "name_en", "name_alternative", "year", "season")
    return {
        id: of_title(Names(ru=ru, en=en, alternative=alternative), year, season)
        for id, ru, en, alternative, year, season in rows.order_by("id").iterator()
    }


def _digest(titles: dict[int, Identity], series: list[SeriesRow]) -> str:
    said = blake2b(digest_size=16)
    for title_id, identity in titles.items():
        said.update(f"{title_id} {identity}\n".encode())
    for row in sorted(series, key=lambda row: row.id):
        said.update(f"{row.id} {of_series(row.series)}\n".encode())
    return said.hexdigest()


def _settled(row: SeriesRow, title_id: int | None) -> bool:
    """Whether it was news; nobody may have chosen meanwhile."""
    if row.title_id == title_id:
        return False
    return bool(SeriesRow.objects.filter(pk=row.pk, title_is_chosen=False).update(title_id=title_id))

"""Whose posters are wanted, from where, and which of them first."""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import F
from django.utils import timezone

from catalog.domain.favourites import Item
from catalog.domain.loops import Loop, LoopSeries
from catalog.domain.titles import Title
from catalog.domain.videos import Video
from catalog.domain.week import MOSCOW
from catalog.models import Favourite, SeriesRow, StoredPoster, TitleRow
from catalog.services import anilibria, index, loop_index, loopsvideo
from catalog.services.errors import UpstreamError
from catalog.services.favourites.snapshots import drawn

FRONT, ON_AIR, REST = range(3)  # what the front page and the catalogue's first page show comes first
FRONT_TITLES = 32  # the latest updated: the front page's column and the catalogue's first page
FRONT_TODAY, FRONT_ON_AIR = 6, 12
LOOK_ANYWAY_SECONDS = 60.0
VIDEOS_KEPT = 500  # that no feed lists any more: their pages are still there
AT_ONCE = 500

Kind = StoredPoster.Kind
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Wanted:
    url: str
    updated_at: datetime | None
    rank: int


_noted: tuple[tuple[object, ...], float] | None = None  # what the last look derived from, and when it was


def forget() -> None:
    global _noted
    _noted = None


def keep_up() -> None:
    """``note_wanted`` if it has not been done since what it derives from last changed, as far as this process knows."""
    global _noted
    origins = _origins()
    if _noted is None or _noted[0] != origins or time.monotonic() > _noted[1] + LOOK_ANYWAY_SECONDS:
        note_wanted()
        _noted = origins, time.monotonic()


def _origins() -> tuple[object, ...]:
    titles, series = index.progress(), loop_index.progress()
    week, feed = None, None
    with suppress(UpstreamError):
        week = anilibria.schedule().fetched_at
    with suppress(UpstreamError):
        feed = loopsvideo.feed().fetched_at
    return titles.revision, titles.ready, titles.failed, series.revision, week, feed, _today()


def note_wanted() -> int:
    """Make a row of every poster that is wanted, and due what has changed; return how many are new or changed."""
    wanted = _wanted()
    known = {(row.kind, row.subject): row for row in StoredPoster.objects.only(*_COLUMNS).iterator()}
    _add((key, one) for key, one in wanted.items() if key not in known)
    moved = {key: known[key] for key, one in wanted.items() if key in known and _differs(known[key], one)}
    _ask_anew(moved, wanted)
    _rank(known, wanted)
    _drop(known, wanted)
    return len(wanted.keys() - known.keys()) + len(moved)


_COLUMNS = ("kind", "subject", "source_url", "source_updated_at", "rank")


def _wanted() -> dict[Key, Wanted]:
    """Titles come before what nobody chose, which waits for the index to begin."""
    titles, progress = _titles(), index.progress()
    begun = titles or progress.ready or progress.failed
    wanted = {**titles, **_videos(), **_series()} if begun else {}
    return wanted | {key: replace(wanted.get(key, one), rank=FRONT) for key, one in _chosen().items()}


def _titles() -> dict[Key, Wanted]:
    rows = TitleRow.objects.exclude(poster_url="").order_by(F("updated_at").desc(nulls_last=True), "-id")
    shown = set(rows.values_list("pk", flat=True)[:FRONT_TITLES])
    on_air = _on_air() if shown else []
    shown |= set(on_air[:FRONT_ON_AIR])
    wanted = {}
    for title_id, url, updated_at in rows.values_list("pk", "poster_url", "poster_updated_at"):
        rank = FRONT if title_id in shown else ON_AIR if title_id in on_air else REST
        wanted[str(Kind.TITLE), str(title_id)] = Wanted(url, updated_at, rank)
    return wanted


def _on_air() -> list[int]:
    """This week's titles: today's and then the most favourited first, as the front page has them."""
    today = _today()
    with suppress(UpstreamError):
        week = anilibria.schedule().value
        todays = [title.id for day in week if day.weekday == today for title in day.titles]
        titles = sorted((title for day in week for title in day.titles), key=lambda title: -title.in_favourites)
        return list(dict.fromkeys((*todays[:FRONT_TODAY], *(title.id for title in titles), *todays)))
    return []


def _today() -> int:
    return timezone.now().astimezone(MOSCOW).weekday()


def _videos() -> dict[Key, Wanted]:
    """Those of the feed that pages show; an upstream that is down has none to add."""
    with suppress(UpstreamError):
        videos = loopsvideo.feed().value.videos
        return {
            (str(Kind.VIDEO), video.id): Wanted(video.media.thumbnail_url, None, FRONT)
            for video in videos
            if video.media.thumbnail_url
        }
    return {}


def _chosen() -> dict[Key, Wanted]:
    """What stands in curators' collections, which outlive their sources."""
    rows = Favourite.objects.values_list("kind", "snapshot")
    items = [item for kind, snapshot in rows if (item := drawn(kind, snapshot))]
    return {key: one for key, one in map(_picture, items) if one.url}


def _picture(item: Item) -> tuple[Key, Wanted]:
    match item:
        case Title():
            key, url, updated_at = (Kind.TITLE, str(item.id)), item.poster.url, item.poster.updated_at
        case Loop():
            key, url, updated_at = (Kind.LOOP, item.id), item.url("jpg_360p"), None
        case LoopSeries():
            key, url, updated_at = (Kind.SERIES, item.id), item.cover_url, None
        case Video():
            key, url, updated_at = (Kind.VIDEO, item.id), item.media.thumbnail_url, None
    return (str(key[0]), key[1]), Wanted(url or "", updated_at, FRONT)


def _series() -> dict[Key, Wanted]:
    rows = SeriesRow.objects.exclude(cover_url="").values_list("pk", "cover_url")
    return {(str(Kind.SERIES), series_id): Wanted(url, None, REST) for series_id, url in rows}


def _differs(row: StoredPoster, wanted: Wanted) -> bool:
    changed = wanted.updated_at is not None and wanted.updated_at != row.source_updated_at
    return changed or wanted.url != row.source_url


def _add(new: Iterable[tuple[Key, Wanted]]) -> None:
    rows = (
        StoredPoster(kind=kind, subject=subject, source_url=one.url, source_updated_at=one.updated_at, rank=one.rank)
        for (kind, subject), one in sorted(new, key=lambda pair: pair[1].rank)
    )
    StoredPoster.objects.bulk_create(rows, ignore_conflicts=True, batch_size=AT_ONCE)


def _ask_anew(moved: dict[Key, StoredPoster], wanted: dict[Key, Wanted]) -> None:
    for key, row in moved.items():
        one = wanted[key]
        StoredPoster.objects.filter(pk=row.pk).update(
            source_url=one.url, source_updated_at=one.updated_at, next_try_at=timezone.now(), attempts=0, reason=""
        )


def _rank(known: dict[Key, StoredPoster], wanted: dict[Key, Wanted]) -> None:
    by_rank: dict[int, list[int]] = {}
    for key, row in known.items():
        if key in wanted and row.rank != wanted[key].rank:
            by_rank.setdefault(wanted[key].rank, []).append(row.pk)
    for rank, ids in by_rank.items():
        for start in range(0, len(ids), AT_ONCE):
            StoredPoster.objects.filter(pk__in=ids[start : start + AT_ONCE]).update(rank=rank)


def _drop(known: dict[Key, StoredPoster], wanted: dict[Key, Wanted]) -> None:
    """Forget the posters of titles, series and loops that are gone, and of all videos but the latest ones."""
    rows = {kind: [row.pk for key, row in known.items() if key[0] == kind and key not in wanted] for kind in Kind}
    gone = rows[Kind.TITLE] if index.progress().ready else []
    gone += rows[Kind.SERIES] if SeriesRow.objects.exists() else []
    gone += rows[Kind.LOOP] + sorted(rows[Kind.VIDEO])[:-VIDEOS_KEPT]
    for start in range(0, len(gone), AT_ONCE):
        StoredPoster.objects.filter(pk__in=gone[start : start + AT_ONCE]).delete()

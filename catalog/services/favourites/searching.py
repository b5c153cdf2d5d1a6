"""Finding what to put on a shelf: by its name, by whose it is, or by its address."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from django.db.models import Q
from django.utils import timezone

from catalog.domain.favourites import SOURCES, Favourite, Item
from catalog.domain.loops import LoopSeries
from catalog.models import LoopRow, SeriesRow
from catalog.services import anilibria, animeloop, index, loopsvideo, pasted
from catalog.services.answer import Answer
from catalog.services.errors import UpstreamNotFound, UpstreamRejected
from catalog.services.favourites.subjects import Subject, ask, read, subject_of
from catalog.services.together import together
from catalog.services.transport import within

LONGEST = 200
TITLES, SERIES, LOOPS, VIDEOS, MEANT = 8, 4, 4, 8, 3
PATIENCE_SECONDS = 2.0

Items = Sequence[Item]


@dataclass(frozen=True, slots=True)
class Found:
    """``candidates``: as each would be on a shelf, after "kind:name"; ``silent``: sources that did not answer."""

    candidates: tuple[tuple[str, Favourite], ...] = ()
    silent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    source: str
    ask: Callable[[], Answer[Items]]


def candidates(text: str) -> Found:
    """What ``text`` may mean: an address or an id; words of a title or a series; "@account" or "#hashtag" of videos.

    The indexes answer for what is in them. Sources have PATIENCE_SECONDS, all at the same time, and what is known
    without those that do not answer is there.
    """
    text = text.replace("\0", "").strip()[:LONGEST]  # a sign that no database looks for
    parts = list(_parts(text)) if text else []
    asked = {str(place): part for place, part in enumerate(parts) if isinstance(part, Question)}
    with within(PATIENCE_SECONDS):
        blocks = together(**{place: question.ask for place, question in asked.items()})
    items: list[Item] = []
    for place, part in enumerate(parts):
        items += (blocks[str(place)].value or ()) if isinstance(part, Question) else part
    items += _loops_of([one for one in items if isinstance(one, LoopSeries)])
    mute = (asked[place].source for place, block in blocks.items() if block.error and not _answered(block.error))
    return Found(tuple(dict(map(_candidate, items)).items()), tuple(dict.fromkeys(mute)))


def _parts(text: str) -> Iterator[Items | Question]:
    """Each what is known here, or whom to ask."""
    if text[0] in "@#":
        yield _videos("video_account" if text[0] == "@" else "video_tag", text[1:])
        return
    is_address = text.startswith("/") or pasted.address(text) is not None
    if is_address or any(sign.isdigit() for sign in text):  # a word may be a code too, but then it is also a name
        for subject in read(text)[:MEANT]:
            yield Question(SOURCES[subject.kind], partial(_one, subject))
    if not is_address:
        yield from (_titles(text), _series(text))
    for found in pasted.found(text):
        if found.kind in ("video_account", "video_tag"):
            yield _videos(found.kind, found.name)


def _one(subject: Subject) -> Answer[Items]:
    return ask(subject).map(lambda item: (item,))


def _titles(text: str) -> Items | Question:
    catalogue = index.catalogue(index.progress())
    if catalogue is None:
        return Question(SOURCES["title"], lambda: anilibria.search(text, limit=TITLES).map(lambda found: found))
    return index.cards(catalogue.find(index.Wanted(text=text), 0, TITLES).ids)


def _series(text: str) -> Items | Question:
    called = Q()
    for name in ("name", "name_romaji", "name_english", "name_japanese"):
        called |= Q(**{f"{name}__icontains": text})
    rows = list(SeriesRow.objects.filter(called).order_by("name_romaji", "pk")[:SERIES])
    if rows or SeriesRow.objects.exists():
        return [row.series for row in rows]
    return Question(SOURCES["series"], lambda: animeloop.search(text, limit=SERIES).map(lambda found: found))


def _loops_of(series: Sequence[LoopSeries]) -> Items:
    """The newest."""
    rows = LoopRow.objects.filter(series__in=[one.id for one in series]).select_related("series")
    return [row.loop for row in rows.order_by("-newness", "pk")[:LOOPS]]


def _videos(kind: str, name: str) -> Question:
    return Question(SOURCES["video"], partial(_of_account if kind == "video_account" else _of_tag, name.strip()))


def _of_account(name: str) -> Answer[Items]:
    account = loopsvideo.account(name).value
    return loopsvideo.account_feed(account.id).map(lambda page: page.videos[:VIDEOS])


def _of_tag(name: str) -> Answer[Items]:
    return loopsvideo.tag(name).map(lambda page: page.videos[:VIDEOS])


def _answered(error: Exception) -> bool:
    """That there is nothing is an answer too."""
    return isinstance(error, (UpstreamNotFound, UpstreamRejected))


def _candidate(item: Item) -> tuple[str, Favourite]:
    subject, now = subject_of(item), timezone.now()
    shown = Favourite(kind=subject.kind, subject=subject.name, item=item, shown_at=now, as_of=now)
    return f"{subject.kind}:{subject.name}", shown

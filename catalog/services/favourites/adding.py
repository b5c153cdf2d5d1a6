"""Adding a favourite from whatever a curator pasted or chose."""

from __future__ import annotations

from django.utils import timezone

from catalog.domain.favourites import Item
from catalog.models import Collection, Favourite
from catalog.services.answer import Answer
from catalog.services.errors import UpstreamError, UpstreamNotFound, UpstreamRejected
from catalog.services.favourites import snapshots
from catalog.services.favourites.ordering import append, arranging
from catalog.services.favourites.subjects import Subject, ask, by_final_name, read, subject_of


class NotUnderstood(ValueError):
    """Neither an address nor an id of anything that can be a favourite."""


class NothingThere(LookupError):
    """The source answered that there is no such thing."""


class AlreadyThere(ValueError):
    """The collection has it; ``favourite`` is that one."""

    def __init__(self, favourite: Favourite) -> None:
        super().__init__(str(favourite))
        self.favourite = favourite


def look_up(text: str, kind: str = "") -> tuple[Subject, Answer[Item] | None]:
    """What ``text`` means, and what its source tells of it: None where the source does not answer.

    Raises NotUnderstood or NothingThere; an ``UpstreamError`` where only the source could say what is meant.
    """
    candidates = read(text, kind)
    if not candidates:
        raise NotUnderstood(text)
    silent: list[tuple[Subject, UpstreamError]] = []
    for subject in candidates:
        try:
            answer = ask(subject)
        except (UpstreamNotFound, UpstreamRejected):
            continue
        except UpstreamError as exc:
            silent.append((subject, exc))
            continue
        return subject_of(answer.value), answer
    if not silent:
        raise NothingThere(text)
    subject, error = silent[0]
    final = by_final_name(subject)
    if len(candidates) > 1 or final is None:
        raise error
    return final, None


def already_there(collection: Collection, subject: Subject) -> Favourite | None:
    return Favourite.objects.filter(collection=collection, kind=subject.kind, subject=subject.name).first()


def add(collection: Collection, text: str, kind: str = "", **fields: object) -> Favourite:
    """Put it at the collection's end. Raises AlreadyThere and what ``look_up`` and ``append`` raise."""
    subject, answer = look_up(text, kind)
    favourite = Favourite(collection=collection, kind=subject.kind, subject=subject.name, **fields)
    tell(favourite, answer)
    with arranging():
        if there := already_there(collection, subject):
            raise AlreadyThere(there)
        append(favourite)
    return favourite


def tell(favourite: Favourite, answer: Answer[Item] | None) -> None:
    """Note on a favourite what its source said; one that was not waited for is asked in the next round."""
    favourite.tried_at = None if answer and answer.stale else timezone.now()
    if answer is not None:
        favourite.snapshot = snapshots.taken(answer.value)
        favourite.snapshot_at = answer.fetched_at
        favourite.state = Favourite.State.NEW if answer.stale else Favourite.State.FINE

"""Asking sources again about favourites: what changed is drawn anew, what is gone is marked."""

from __future__ import annotations

import logging
import time
from datetime import timedelta

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from catalog.domain.favourites import SOURCES
from catalog.models import Favourite
from catalog.services.errors import (
    UpstreamBadData,
    UpstreamError,
    UpstreamNotFound,
    UpstreamRejected,
    UpstreamUnavailable,
)
from catalog.services.favourites.adding import tell
from catalog.services.favourites.ordering import arranging
from catalog.services.favourites.subjects import Subject, ask
from catalog.services.transport import insisting

log = logging.getLogger(__name__)

AT_ONCE = 40
SECONDS_EACH = 12.0  # for one source: with all of them the round is over before the next begins
REFUSED = (400, 403)  # by Loops, for a video of a suspended account and for a private one
TOLD = ["snapshot", "snapshot_at", "tried_at", "state"]


def refresh() -> int:
    """Ask about those that are due, the longest unasked first; return how many were asked about.

    A source that does not answer is left alone until the next time, and all of its favourites are marked so.
    """
    asked = 0
    for source in dict.fromkeys(SOURCES.values()):
        until = time.monotonic() + SECONDS_EACH
        for favourite in _due(source)[:AT_ONCE]:
            asked += 1
            if not refresh_one(favourite):
                _silence(source)
                break
            if time.monotonic() > until:
                break
    return asked


def refresh_one(favourite: Favourite) -> bool:
    """Ask about this one and write down what came of it; return whether its source answered, whatever it said."""
    favourite.tried_at = timezone.now()
    answered = True
    try:
        with insisting():
            tell(favourite, ask(Subject(favourite.kind, favourite.subject)))
    except UpstreamBadData as exc:
        log.warning("%s cannot be read: %s", favourite, exc)
    except UpstreamError as exc:
        log.info("%s is not told of: %s", favourite, exc)
        answered = not isinstance(exc, UpstreamUnavailable)
        if _has_it_no_more(favourite, exc):
            favourite.state = Favourite.State.GONE
        elif favourite.state != Favourite.State.GONE:
            favourite.state = Favourite.State.SILENT
    # what is told is no curator's change: it makes no history
    Favourite.objects.filter(pk=favourite.pk).update(**{name: getattr(favourite, name) for name in TOLD})
    return answered


def broken(prefix: str = "") -> Q:
    """What stands on a shelf without its source: gone, silent, or not told of in all the time that telling takes.

    ``prefix``: the lookup that leads to favourites, where it is about what has them.
    """
    late = timezone.now() - timedelta(seconds=settings.FAVOURITES_REFRESH_SECONDS)
    never = Q((f"{prefix}state", Favourite.State.NEW), (f"{prefix}created_at__lt", late))
    return never | Q((f"{prefix}state__in", [Favourite.State.SILENT, Favourite.State.GONE]))


def _has_it_no_more(favourite: Favourite, error: UpstreamError) -> bool:
    """A refusal of another source is more likely about us than about the thing: the shelf stands."""
    if favourite.kind == Favourite.Kind.VIDEO and isinstance(error, UpstreamRejected):
        return error.code in REFUSED
    return isinstance(error, UpstreamNotFound)


def _silence(source: str) -> None:
    with arranging():  # of two who write many rows at once, each could wait for the other
        Favourite.objects.filter(kind__in=_kinds(source), state=Favourite.State.FINE).update(
            state=Favourite.State.SILENT
        )


def _due(source: str) -> QuerySet[Favourite]:
    now = timezone.now()
    settled = now - timedelta(seconds=settings.FAVOURITES_REFRESH_SECONDS)
    soon = now - timedelta(seconds=settings.FAVOURITES_RETRY_SECONDS)
    unsettled = Q(state__in=[Favourite.State.NEW, Favourite.State.SILENT])
    due = Q(tried_at=None) | Q(tried_at__lt=settled) | (unsettled & Q(tried_at__lt=soon))
    return Favourite.objects.filter(due, kind__in=_kinds(source)).order_by(F("tried_at").asc(nulls_first=True), "pk")


def _kinds(source: str) -> list[str]:
    return [kind for kind, name in SOURCES.items() if name == source]

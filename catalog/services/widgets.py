"""Which loop a widget shows. It is in somebody else's page, so there is an answer whatever the upstream does."""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import blake2b

from django.core.cache import caches

from catalog.domain.loops import Loop, LoopFile
from catalog.services import animeloop, loop_index
from catalog.services.animeloop import LoopFilter
from catalog.services.errors import UpstreamError, UpstreamNotFound, UpstreamRejected
from catalog.services.loop_files import shelf
from catalog.services.transport import within

EVERYTHING = LoopFilter()
PATIENCE_SECONDS = 2.0  # then something that is here is shown
MOST_DRAWS = 3  # a loop may have no file
MOST_COMPARED = 500
DAY = 86400
FORMS = ("mp4_720p", "mp4_360p", "mp4_1080p", "gif_360p", "jpg_720p", "jpg_360p", "jpg_1080p")


@dataclass(frozen=True, slots=True)
class Choice:
    """``loop``: none if nothing matches, or nothing can be had; ``fresh``: its source stands by it."""

    loop: Loop | None
    fresh: bool


def choose(where: LoopFilter, *, loop: str = "", seed: str = "") -> Choice:
    """The loop of that id, else one that matches: by chance, or with a seed always the same."""
    try:
        with within(PATIENCE_SECONDS):
            return Choice(_known(loop) if loop else _picked(where, seed), fresh=True)
    except (UpstreamNotFound, UpstreamRejected):
        return Choice(None, fresh=True)
    except UpstreamError:
        return Choice(None if loop else _last(where) or kept(where).loop, fresh=False)


def kept(where: LoopFilter) -> Choice:
    """One that matches, with only those of its files that are on our disk: it can be shown whoever is down."""
    for key in FORMS:
        here = shelf.loops_with(key)
        fitting = loop_index.fitting(where, random.sample(here, min(len(here), MOST_COMPARED)))
        for loop_id in random.sample(fitting, min(len(fitting), MOST_DRAWS)):
            with suppress(UpstreamError), within(PATIENCE_SECONDS):
                loop = _known(loop_id, where)
                return Choice(replace(loop, files=_on_disk(loop)), fresh=False)
    return Choice(None, fresh=False)


def _known(loop_id: str, where: LoopFilter = EVERYTHING) -> Loop:
    """As the index or a collection has it, without asking anybody; what is too new for them, as the upstream says."""
    try:
        return loop_index.loop(loop_id).value
    except UpstreamNotFound:
        return loop_index.told(where).get(loop_id) or animeloop.loop(loop_id).value


def _picked(where: LoopFilter, seed: str) -> Loop | None:
    for draw in range(MOST_DRAWS):
        loop = loop_index.pick(where, seed=f"{seed}/{draw}" if seed and draw else seed or None)
        if loop.files:
            if not loop_index.answers(where):
                caches["default"].set(_place(where), loop.id, DAY)
            return loop
    return None


def _last(where: LoopFilter) -> Loop | None:
    """What was drawn last, where the upstream alone can draw."""
    loop_id = caches["default"].get(_place(where))
    with suppress(UpstreamError), within(PATIENCE_SECONDS):
        return _known(loop_id) if loop_id else None
    return None


def _on_disk(loop: Loop) -> tuple[LoopFile, ...]:
    return tuple(file for file in loop.files if shelf.find(loop.id, file.key))


def _place(where: LoopFilter) -> str:
    return f"widget:{blake2b(repr(where).encode(), digest_size=16).hexdigest()}"

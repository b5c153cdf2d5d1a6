"""What pages ask upstreams for, said once: for the pages, and for whoever keeps it fresh before they ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from catalog.domain.titles import Clip, FeedItem, Title
from catalog.services import anilibria, animeloop, gallery, loopsvideo
from catalog.services.animeloop import LoopFilter
from catalog.services.answer import Answer

Calls = Mapping[str, Callable[[], Answer[Any]]]

HOME_UPDATES = 8  # the lead and the column beside it
HOME_LOOPS = 15
HOME_FIELDS = (*anilibria.CARD_FIELDS, "description", "team")
ITEMS_A_PAGE = 24  # of the feed and of the clips
FEED_FIELDS = (*anilibria.CARD_FIELDS, "description")
EPISODES = 100  # of a series of loops: as many as one answer has


def home() -> Calls:
    return {
        "updates": partial(anilibria.updates, HOME_UPDATES, fields=HOME_FIELDS),
        "schedule": anilibria.schedule,
        "day_loop": gallery.of_the_day,
        "loops": partial(gallery.wall, LoopFilter(), limit=HOME_LOOPS),
        "loop_count": partial(gallery.count, LoopFilter()),
        "videos": loopsvideo.feed,
    }


def title(key: int | str) -> Calls:
    """``key``: an id or a code, as ``anilibria.title`` takes it."""
    return {
        "title": partial(one_title, key),
        "without_order": partial(
            anilibria.title, key, fields=("description",), include=(), description="no_view_order"
        ),
        "schedule": anilibria.schedule,
    }


def one_title(key: int | str) -> Answer[Title]:
    return anilibria.title(key, description="html")


def feed(page: int = 1) -> Answer[tuple[FeedItem, ...]]:
    """One more than a page shows: whether there is a next page."""
    return anilibria.feed(ITEMS_A_PAGE + 1, (page - 1) * ITEMS_A_PAGE, fields=FEED_FIELDS)


def clips(page: int = 1) -> Answer[tuple[Clip, ...]]:
    return anilibria.clips(ITEMS_A_PAGE + 1, (page - 1) * ITEMS_A_PAGE)


def filters() -> Calls:
    """What the catalogue's filters offer before there is an index."""
    return {
        "years": anilibria.years,
        "genres": partial(anilibria.genres, by_rating=True),
        "genres_by_name": anilibria.genres,
        "team": anilibria.team,
    }


def visited(kind: str, key: str) -> Calls:
    """Of a page that people visit: title, loops, series or videos, and what stands behind it in the address."""
    if kind == "title":
        return title(int(key) if key.isdigit() and key.isascii() and len(key) <= 9 else key)
    if kind == "loops":
        return {"loop": partial(animeloop.loop, key)}
    if kind == "series":
        return {
            "series": partial(animeloop.series, key),
            "episodes": partial(animeloop.episodes, key, limit=EPISODES),
        }
    return {"video": partial(loopsvideo.video_by_shortcode, key)}

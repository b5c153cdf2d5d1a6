"""Which lists have siblings: one entry each, whatever the formats."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from catalog.feeds import favourites, loops, titles, videos
from catalog.feeds.calendar import calendar
from catalog.feeds.listing import Listing, Place
from catalog.feeds.syndication import atom, json_feed, rss
from catalog.forms import AccountForm, CatalogForm, LoopsForm, PlaceForm, QueryForm, SeriesForm, VideosForm
from catalog.forms.lists import ScheduleForm, StatsForm, TeamForm


@dataclass(frozen=True, slots=True)
class Format:
    """``label`` is a name that needs no translation."""

    label: str
    media_type: str
    write: Callable[[Listing, Place], bytes]


FORMATS = {
    "rss": Format("RSS", "application/rss+xml", rss),
    "atom": Format("Atom", "application/atom+xml", atom),
    "json": Format("JSON Feed", "application/feed+json", json_feed),
    "ics": Format("iCalendar", "text/calendar", calendar),
}
UNDATED = ("rss", "atom", "json")


@dataclass(frozen=True, slots=True)
class Feed:
    """``page`` names the page with the same list; ``path`` is its path without the slash at the end.

    ``moved`` takes a form and returns the page, and which of its kind, whose list it asks for by an address of old.
    """

    page: str
    path: str
    form: type[QueryForm]
    listing: Callable[..., Listing]
    formats: tuple[str, ...] = tuple(FORMATS)
    moved: Callable[..., tuple[str, dict[str, str]] | None] = lambda form: None


FEEDS = {
    feed.page: feed
    for feed in (
        Feed("catalog", "catalog", CatalogForm, titles.catalogue),
        Feed("schedule", "schedule", ScheduleForm, titles.schedule),
        Feed("feed", "feed", QueryForm, titles.feed),
        Feed("clips", "clips", QueryForm, titles.clips),
        Feed("team", "team", TeamForm, titles.team, UNDATED),
        Feed("person", "team/<path:nick>", QueryForm, titles.person),
        Feed("stats", "stats", StatsForm, titles.stats, UNDATED),
        Feed("loops", "loops", LoopsForm, loops.loops),
        Feed("loop_of_the_day", "loops/daily", QueryForm, loops.of_the_day, UNDATED),
        Feed("all_series", "series", SeriesForm, loops.all_series, UNDATED),
        Feed("series", "series/<str:id>", QueryForm, loops.series),
        Feed("favourites", "favourites", QueryForm, favourites.favourites),
        Feed("collection", "favourites/<slug:slug>", QueryForm, favourites.collection),
        Feed("videos", "videos", VideosForm, videos.videos, moved=videos.moved),
        Feed("video_account", "videos/@<str:username>", AccountForm, videos.account),
        Feed("video_tag", "videos/tag/<path:name>", PlaceForm, videos.tag),
    )
}

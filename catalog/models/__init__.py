"""What the site itself owns, and what it derives from its upstreams and can rebuild at any time."""

from catalog.models.favourites import Collection, Favourite
from catalog.models.index import CrawlState, IndexState, TitleRow, sort_name
from catalog.models.lists import ListAddress
from catalog.models.loops import DailyLoop, LoopIndexState, LoopRow, SeriesRow
from catalog.models.posters import StoredPoster
from catalog.models.torrents import StoredTorrent, TorrentLook
from catalog.models.visits import PageVisits
from catalog.models.widgets import Widget, WidgetDay

__all__ = [
    "Collection",
    "CrawlState",
    "DailyLoop",
    "Favourite",
    "IndexState",
    "ListAddress",
    "LoopIndexState",
    "LoopRow",
    "PageVisits",
    "SeriesRow",
    "StoredPoster",
    "StoredTorrent",
    "TitleRow",
    "TorrentLook",
    "Widget",
    "WidgetDay",
    "sort_name",
]

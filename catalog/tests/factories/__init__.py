"""Everything that tests make up: every one different, dates ascending with ids."""

from catalog.tests.factories.clock import (
    moment,
)
from catalog.tests.factories.favourites import (
    CollectionFactory,
    FavouriteFactory,
    ListAddressFactory,
)
from catalog.tests.factories.loops import (
    DailyLoopFactory,
    LoopFactory,
    LoopIndexStateFactory,
    LoopRowFactory,
    LoopSeriesFactory,
    SeriesRowFactory,
    loops_are_indexed,
)
from catalog.tests.factories.site import (
    PageVisitsFactory,
    StoredPosterFactory,
    WidgetDayFactory,
    WidgetFactory,
)
from catalog.tests.factories.titles import (
    IndexStateFactory,
    StoredTorrentFactory,
    TitleFactory,
    TitleRowFactory,
    TorrentLookFactory,
    next_revision,
)
from catalog.tests.factories.videos import (
    VideoFactory,
)

__all__ = [
    "CollectionFactory",
    "DailyLoopFactory",
    "FavouriteFactory",
    "IndexStateFactory",
    "ListAddressFactory",
    "LoopFactory",
    "LoopIndexStateFactory",
    "LoopRowFactory",
    "LoopSeriesFactory",
    "PageVisitsFactory",
    "SeriesRowFactory",
    "StoredPosterFactory",
    "StoredTorrentFactory",
    "TitleFactory",
    "TitleRowFactory",
    "TorrentLookFactory",
    "VideoFactory",
    "WidgetDayFactory",
    "WidgetFactory",
    "loops_are_indexed",
    "moment",
    "next_revision",
]

"""Titles, loops and index rows, made up: every one different, dates ascending with ids."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.utils import timezone
from factory.base import Factory
from factory.declarations import LazyAttribute, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory
from factory.helpers import lazy_attribute, sequence

from catalog.domain.loops import LOOP_FILE_KEYS, Loop, LoopEpisode, LoopFile, LoopSeries
from catalog.domain.titles import Names, Poster, Season, Status, Team, Title, TitleType
from catalog.domain.videos import Account, Video, VideoMedia, shortcode
from catalog.models import (
    Collection,
    DailyLoop,
    Favourite,
    IndexState,
    ListAddress,
    LoopIndexState,
    LoopRow,
    PageVisits,
    SeriesRow,
    StoredPoster,
    StoredTorrent,
    TitleRow,
    TorrentLook,
    Widget,
    WidgetDay,
)
from catalog.models.loops import key_of
from catalog.services.favourites.snapshots import taken
from catalog.services.favourites.subjects import subject_of
from catalog.services.index.state import source
from catalog.services.loop_index.state import source as loops_source

EPOCH = datetime(2024, 1, 1, tzinfo=UTC)


def moment(number: int) -> datetime:
    return EPOCH + timedelta(hours=number)


class TitleFactory(Factory[Title]):
    class Meta:
        model = Title

    status = Status(code=2, text="Завершен")
    type = TitleType(code=1, text="ТВ", episodes=12)
    poster = Poster()
    genres = ("драма",)
    team = Team(voice=("Kari",))
    season = Season(code=1, text="зима", year=2020, weekday=0)

    @sequence
    def id(n):
        return 1000 + n

    @lazy_attribute
    def code(self):
        return f"title-{self.id}"

    @lazy_attribute
    def names(self):
        return Names(ru=f"Название {self.id}", en=f"Namae {self.id}")

    @lazy_attribute
    def in_favourites(self):
        return self.id

    @lazy_attribute
    def updated_at(self):
        return moment(self.id)

    @lazy_attribute
    def changed_at(self):
        return moment(self.id)


class TitleRowFactory(DjangoModelFactory[TitleRow]):
    """``TitleRowFactory(names=Names(ru="Блич"))``: any attribute of a title."""

    class Meta:
        model = TitleRow

    @classmethod
    def _create(cls, model_class, *args, **attributes):
        row = TitleRow.of(TitleFactory.build(**attributes), seen_at=timezone.now(), revision=next_revision())
        row.save(force_insert=True)
        return row


def next_revision() -> int:
    """What a write to the index does to its state: from now on pages may rely on it."""
    state, _ = IndexState.objects.get_or_create(pk=1)
    state.source, state.revision = source(), state.revision + 1
    state.crawled_at = state.refreshed_at = timezone.now()
    state.done = state.total = TitleRow.objects.count() + 1
    state.save()
    return state.revision


class LoopSeriesFactory(Factory[LoopSeries]):
    class Meta:
        model = LoopSeries

    genres = ("Music",)
    type = "TV"
    total_episodes = 13
    season = "2014-4"

    @sequence
    def id(n):
        return f"5e{n:022x}"

    @lazy_attribute
    def title_romaji(self):
        return f"Romaji {self.id}"


class LoopFactory(Factory[Loop]):
    """``LoopFactory(series=series, number="02")``: of episode 02 of that series."""

    class Meta:
        model = Loop

    class Params:
        number = "01"

    series = SubFactory(LoopSeriesFactory)
    source = "automator"
    begin = timedelta(minutes=2)
    end = timedelta(minutes=2, seconds=1)
    begin_frame = 2877
    end_frame = 2901

    @sequence
    def id(n):
        return f"10{n:022x}"

    @lazy_attribute
    def duration(self):
        return 0.5 + int(self.id[2:], 16) % 40 / 8

    @lazy_attribute
    def uploaded_at(self):
        return moment(int(self.id[2:], 16))

    series_id = SelfAttribute("series.id")
    episode = LazyAttribute(lambda loop: _episode(loop.series_id, loop.number))
    episode_id = SelfAttribute("episode.id")

    @lazy_attribute
    def files(self):
        return tuple(
            LoopFile(key=key, url=f"https://cdn.animeloop.org/files/{key}/{self.id}.{key.partition('_')[0]}")
            for key in LOOP_FILE_KEYS
        )


def _episode(series_id: str, number: str) -> LoopEpisode:
    return LoopEpisode(id=f"e0{series_id[-14:]}{key_of(number):08x}", number=number, series_id=series_id)


class LoopRowFactory(DjangoModelFactory[LoopRow]):
    """A loop of the index, with its series; any attribute of a loop. From now on pages may rely on the index."""

    class Meta:
        model = LoopRow

    @classmethod
    def _create(cls, model_class, *args, **attributes):
        loop = LoopFactory.build(**attributes)
        row = LoopRow.of(loop, seen_at=timezone.now())
        if loop.series and not SeriesRow.objects.filter(pk=loop.series.id).exists():
            SeriesRow.of(loop.series, seen_at=timezone.now()).save(force_insert=True)
        row.save(force_insert=True)
        loops_are_indexed()
        return row


class SeriesRowFactory(DjangoModelFactory[SeriesRow]):
    """``SeriesRowFactory(title_romaji="Bleach", row={"title_id": 1})``: a series, and what only its row has."""

    class Meta:
        model = SeriesRow

    @classmethod
    def _create(cls, model_class, *args, row=None, **attributes):
        made = SeriesRow.of(LoopSeriesFactory.build(**attributes), seen_at=timezone.now(), **(row or {}))
        made.save(force_insert=True)
        return made


class DailyLoopFactory(DjangoModelFactory[DailyLoop]):
    """The loops of the days before today, one day back each."""

    class Meta:
        model = DailyLoop

    loop_id = LazyAttribute(lambda _: LoopRowFactory.create().id)
    day = Sequence(lambda n: timezone.localdate() - timedelta(days=n))


class IndexStateFactory(DjangoModelFactory[IndexState]):
    """The one there is, as if all of the catalogue had been read just now."""

    class Meta:
        model = IndexState

    @classmethod
    def _create(cls, model_class, *args, **attributes):
        next_revision()
        IndexState.objects.update(**attributes)
        return IndexState.objects.get()


class LoopIndexStateFactory(DjangoModelFactory[LoopIndexState]):
    """The same of loops."""

    class Meta:
        model = LoopIndexState

    @classmethod
    def _create(cls, model_class, *args, **attributes):
        return loops_are_indexed(**attributes)


def loops_are_indexed(**attributes: object) -> LoopIndexState:
    """What a whole crawl leaves in the state of the index of loops."""
    held, now = LoopRow.objects.count(), timezone.now()
    told = {"source": loops_source(), "crawled_at": now, "refreshed_at": now, "done": held, "total": held}
    return LoopIndexState.objects.update_or_create(pk=1, defaults=told | attributes)[0]


class StoredPosterFactory(DjangoModelFactory[StoredPoster]):
    """Of a title, with files that are not there."""

    class Meta:
        model = StoredPoster

    kind = StoredPoster.Kind.TITLE
    width, height, colour = 350, 500, "#c81e1e"
    subject = Sequence(str)
    source_url = LazyAttribute(lambda poster: f"/upload/release/{poster.subject}.jpg")
    digest = Sequence(lambda n: f"{n:032x}")

    @lazy_attribute
    def stored_at(self):
        return timezone.now()


class StoredTorrentFactory(DjangoModelFactory[StoredTorrent]):
    class Meta:
        model = StoredTorrent

    id = Sequence(int)
    title_id = Sequence(int)
    state = StoredTorrent.State.STORED
    info_hash = Sequence(lambda n: f"{n:040x}")
    files = [["a.mkv", 1, 0]]
    size = 1


class TorrentLookFactory(DjangoModelFactory[TorrentLook]):
    class Meta:
        model = TorrentLook

    title_id = Sequence(int)

    @lazy_attribute
    def looked_at(self):
        return timezone.now()


class PageVisitsFactory(DjangoModelFactory[PageVisits]):
    class Meta:
        model = PageVisits

    path = Sequence(lambda n: f"title/title-{n}")
    score = 1.0

    @lazy_attribute
    def counted_at(self):
        return timezone.now()


class WidgetFactory(DjangoModelFactory[Widget]):
    class Meta:
        model = Widget

    hosts = ["blog.example"]

    @sequence
    def name(n):
        return f"Widget {n}"

    @sequence
    def slug(n):
        return f"widget-{n}"


class WidgetDayFactory(DjangoModelFactory[WidgetDay]):
    class Meta:
        model = WidgetDay

    widget = SubFactory(WidgetFactory)
    views = 1

    @lazy_attribute
    def day(self):
        return timezone.now().date()


class CollectionFactory(DjangoModelFactory[Collection]):
    """Published since long ago, unless said otherwise."""

    class Meta:
        model = Collection

    published_from = EPOCH

    @sequence
    def slug(n):
        return f"shelf-{n}"

    @sequence
    def name_en(n):
        return f"Shelf {n}"

    @sequence
    def name_ru(n):
        return f"Полка {n}"

    @sequence
    def order(n):
        return n


class FavouriteFactory(DjangoModelFactory[Favourite]):
    """``FavouriteFactory(item=LoopFactory.build())``: that thing, as it was told of just now."""

    class Meta:
        model = Favourite

    class Params:
        item = SubFactory(TitleFactory)

    collection = SubFactory(CollectionFactory)
    kind = LazyAttribute(lambda favourite: subject_of(favourite.item).kind)
    subject = LazyAttribute(lambda favourite: subject_of(favourite.item).name)
    snapshot = LazyAttribute(lambda favourite: taken(favourite.item))
    state = Favourite.State.FINE
    order = Sequence(int)

    @lazy_attribute
    def snapshot_at(self):
        return timezone.now()

    @lazy_attribute
    def tried_at(self):
        return timezone.now()


class ListAddressFactory(DjangoModelFactory[ListAddress]):
    """``ListAddressFactory(entries=[(8500, "watching")])``"""

    class Meta:
        model = ListAddress

    entries = ((8500, ""),)


class VideoFactory(Factory[Video]):
    class Meta:
        model = Video

    account = Account(id="1", username="sora.cels", name="Sora")
    media = VideoMedia(thumbnail_url="https://loopsusercontent.com/1/thumb.jpg", width=1080, height=1920)

    @sequence
    def id(n):
        return str(184000000000000000 + n)

    @lazy_attribute
    def shortcode(self):
        return shortcode(self.id)

    @lazy_attribute
    def caption(self):
        return f"Caption {self.id}"

    @lazy_attribute
    def likes(self):
        return 7

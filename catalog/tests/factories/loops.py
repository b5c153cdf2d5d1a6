"""Loops, their series, and the rows of both in the index."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from factory.base import Factory
from factory.declarations import LazyAttribute, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory
from factory.helpers import lazy_attribute, sequence

from catalog.domain.loops import LOOP_FILE_KEYS, Loop, LoopEpisode, LoopFile, LoopSeries
from catalog.models import (
    DailyLoop,
    LoopIndexState,
    LoopRow,
    SeriesRow,
)
from catalog.models.loops import key_of
from catalog.services.loop_index.state import source as loops_source
from catalog.tests.factories.clock import moment


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


def _episode(series_id: str, number: str) -> LoopEpisode:
    return LoopEpisode(id=f"e0{series_id[-14:]}{key_of(number):08x}", number=number, series_id=series_id)

"""Titles, their rows in the index, and what is stored of their torrents."""

from __future__ import annotations

from django.utils import timezone
from factory.base import Factory
from factory.declarations import Sequence
from factory.django import DjangoModelFactory
from factory.helpers import lazy_attribute, sequence

from catalog.domain.titles import Names, Poster, Season, Status, Team, Title, TitleType
from catalog.models import (
    IndexState,
    StoredTorrent,
    TitleRow,
    TorrentLook,
)
from catalog.services.index.state import source
from catalog.tests.factories.clock import moment


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


class IndexStateFactory(DjangoModelFactory[IndexState]):
    """The one there is, as if all of the catalogue had been read just now."""

    class Meta:
        model = IndexState

    @classmethod
    def _create(cls, model_class, *args, **attributes):
        next_revision()
        IndexState.objects.update(**attributes)
        return IndexState.objects.get()


def next_revision() -> int:
    """What a write to the index does to its state: from now on pages may rely on it."""
    state, _ = IndexState.objects.get_or_create(pk=1)
    state.source, state.revision = source(), state.revision + 1
    state.crawled_at = state.refreshed_at = timezone.now()
    state.done = state.total = TitleRow.objects.count() + 1
    state.save()
    return state.revision


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

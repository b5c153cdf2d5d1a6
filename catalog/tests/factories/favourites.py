"""Curators' collections, and addresses of visitors' lists."""

from __future__ import annotations

from django.utils import timezone
from factory.declarations import LazyAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory
from factory.helpers import lazy_attribute, sequence

from catalog.models import (
    Collection,
    Favourite,
    ListAddress,
)
from catalog.services.favourites.snapshots import taken
from catalog.services.favourites.subjects import subject_of
from catalog.tests.factories.clock import EPOCH
from catalog.tests.factories.titles import TitleFactory


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

"""What the site keeps of its own: posters, visits and widgets."""

from __future__ import annotations

from django.utils import timezone
from factory.declarations import LazyAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory
from factory.helpers import lazy_attribute, sequence

from catalog.models import (
    PageVisits,
    StoredPoster,
    Widget,
    WidgetDay,
)


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

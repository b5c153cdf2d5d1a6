"""The siblings' addresses: a page's path under another ending, one for all languages."""

from django.urls import URLPattern, URLResolver, path, register_converter
from django.urls.converters import StringConverter

from catalog.feeds.endpoints import sibling
from catalog.feeds.my import my
from catalog.feeds.registry import FEEDS, FORMATS
from catalog.feeds.torrents.nyaa import torrents
from catalog.feeds.torrents.torznab import api

app_name = "feeds"


class FormatConverter(StringConverter):
    regex = "|".join(FORMATS)


class UndatedConverter(StringConverter):
    regex = "|".join(name for name in FORMATS if name != "ics")


register_converter(FormatConverter, "format")
register_converter(UndatedConverter, "undated")

urlpatterns: list[URLPattern | URLResolver] = [
    path("torrents.rss", torrents, name="torrents"),
    path("torznab/api", api, name="torznab"),
    path("my/feed/<str:token>.<format:format>", my, name="my"),
]
urlpatterns += [
    path(
        f"{feed.path}.<{'format' if 'ics' in feed.formats else 'undated'}:format>",
        sibling,
        {"page": feed.page},
        name=feed.page,
    )
    for feed in FEEDS.values()
]

"""Torrents as RSS, with the fields that trackers of anime add to theirs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.feedgenerator import Enclosure, Rss201rev2Feed
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from catalog.feeds.endpoints import settled, sorry
from catalog.feeds.found import found_titles
from catalog.feeds.listing import Place, named, plain
from catalog.feeds.torrents.releases import SHAPE, TRANSLATED, Release, releases
from catalog.forms import CatalogForm
from catalog.services.errors import UpstreamError

RSS_TYPE = "application/rss+xml"
TORRENT_TYPE = "application/x-bittorrent"
NYAA = {"xmlns:nyaa": "https://nyaa.si/xmlns/nyaa"}


class TorrentRss(Rss201rev2Feed):
    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | NYAA

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        torrent, (number, category) = item["release"].torrent, TRANSLATED
        facts = {
            "seeders": torrent.seeders,
            "leechers": torrent.leechers,
            "downloads": torrent.downloads,
            "infoHash": torrent.info_hash or "",
            "categoryId": number,
            "category": category,
            "size": filesizeformat(torrent.size).replace("\xa0", " "),
        }
        for name, value in facts.items():
            handler.addQuickElement(f"nyaa:{name}", str(value))


@require_safe
def torrents(request: HttpRequest) -> HttpResponse:
    """Those of the titles that the catalogue shows for the query; with ``magnets``, links that need no file."""
    form = CatalogForm(request.GET)
    try:
        answer = found_titles(form, **SHAPE)
    except UpstreamError as error:
        return sorry(error)
    page = f"{reverse('catalog:catalog')}{form.query().removesuffix('?')}"
    place = Place(own=request.build_absolute_uri(), page=request.build_absolute_uri(page))
    feed = TorrentRss(
        title=named(gettext("Torrents")),
        link=place.page,
        description=gettext("Torrents of the titles that the catalogue shows for the same query."),
        language="ru",
        feed_url=place.own,
    )
    for release in releases(answer.value):
        add(feed, release, place, magnets="magnets" in request.GET)
    content = feed.writeString("utf-8").encode()
    return settled(content, RSS_TYPE, answer.fetched_at, stale=answer.stale)


def add(feed: Rss201rev2Feed, release: Release, place: Place, *, magnets: bool = False) -> None:
    torrent = release.torrent
    link = torrent.magnet if torrent.magnet and (magnets or not torrent.url) else torrent.url or ""
    size, page = str(torrent.size), place.absolute(release.page)
    feed.add_item(
        title=plain(release.name),
        link=link,
        description=plain(release.title.name),
        pubdate=release.published,
        unique_id=place.tag(f"torrent/{torrent.id}/{torrent.info_hash or ''}"),
        unique_id_is_permalink=False,
        comments=page,
        enclosures=[Enclosure(link, size, TORRENT_TYPE)],
        release=release,
    )

"""An indexer's API as Torznab knows it, so that Sonarr and Prowlarr take the site as one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import override
from django.views.decorators.http import require_safe

from catalog.domain.titles import Title
from catalog.feeds.endpoints import settled
from catalog.feeds.found import titles_called
from catalog.feeds.listing import Place, named, plain
from catalog.feeds.torrents.nyaa import RSS_TYPE, add
from catalog.feeds.torrents.releases import ANIME, MOVIES, SHAPE, TV, Release, releases
from catalog.forms import LONGEST_TEXT
from catalog.http import failure
from catalog.services import anilibria
from catalog.services.answer import Answer
from catalog.services.errors import UpstreamError, UpstreamNotFound, UpstreamRejected
from catalog.services.transport import within

XML_TYPE = "application/xml"
TITLES = 50  # whose torrents are looked through for one question
MOST, USUAL = 100, 50
MISSING, INCORRECT, UNKNOWN_FUNCTION, BROKEN = 200, 201, 202, 900  # newznab's errors
NAMESPACES = {
    "xmlns:torznab": "http://torznab.com/schemas/2015/feed",
    "xmlns:newznab": "http://www.newznab.com/DTD/2010/feeds/attributes/",
}
CATEGORIES = {MOVIES: ("Movies", {}), TV: ("TV", {ANIME: "Anime"})}
_TRAILING_EPISODE = re.compile(r"(?P<name>.+\S)\s+(?P<episode>\d{1,4})")


class CategoriesField(forms.CharField):
    def to_python(self, value: Any) -> Any:
        """Numbers with commas between them; none at all is every category."""
        words = (super().to_python(value) or "").replace(" ", "").split(",")
        if not all(re.fullmatch(r"[0-9]{1,9}", word) for word in words if word):
            raise ValidationError("not a list of numbers")
        return {int(word) for word in words if word}


class TorznabForm(forms.Form):
    """What programs ask for beyond this (``apikey``, ``extended``, ids of other databases) changes nothing."""

    q = forms.CharField(max_length=LONGEST_TEXT, required=False)
    season = forms.IntegerField(min_value=0, max_value=9999, required=False, localize=False)
    ep = forms.IntegerField(min_value=0, max_value=9999, required=False, localize=False)
    limit = forms.IntegerField(min_value=0, required=False, localize=False)
    offset = forms.IntegerField(min_value=0, required=False, localize=False)
    cat = CategoriesField(required=False)


class TorznabRss(Rss201rev2Feed):
    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | NAMESPACES

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("newznab:response", "", self.feed["response"])

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        release: Release = item["release"]
        handler.addQuickElement("size", str(release.torrent.size))
        for name, value in _attributes(release):
            handler.addQuickElement("torznab:attr", "", {"name": name, "value": value})


@dataclass(frozen=True, slots=True)
class Found:
    releases: list[Release]
    fetched_at: datetime
    stale: bool


@require_safe
def api(request: HttpRequest) -> HttpResponse:
    """Errors are XML with HTTP 200, as clients expect; only an upstream that is down is also a 503."""
    function = request.GET.get("t", "")
    if function == "caps":
        return _xml(_caps())
    if function not in ("search", "tvsearch"):
        code, said = (UNKNOWN_FUNCTION, "No such function") if function else (MISSING, "Missing parameter (t)")
        return _xml(_error(code, said))
    form = TorznabForm(request.GET)
    if not form.is_valid():
        return _xml(_error(INCORRECT, f"Incorrect parameter ({', '.join(form.errors)})"))
    try:
        with within(settings.PAGE_DEADLINE_SECONDS):  # two questions at the most
            found = _found(form.cleaned_data, tv=function == "tvsearch")
    except UpstreamError as error:
        _, seconds = failure(error)
        response = _xml(_error(BROKEN, "The source is not answering"), status=503)
        response.headers["Retry-After"] = str(seconds)
        return response
    with override(settings.LANGUAGE_CODE):
        return _results(request, found, form.cleaned_data)


def _found(asked: dict[str, Any], *, tv: bool) -> Found:
    """A number at the end of the words is an episode where no title has it in a name."""
    words, episode = asked["q"], asked["ep"]
    answer = _titles(words)
    numbered = _TRAILING_EPISODE.fullmatch(words)
    if numbered and episode is None and not any(_has_in_a_name(title, numbered["episode"]) for title in answer.value):
        words, episode = numbered["name"], int(numbered["episode"])
        answer = _titles(words)
    matching = [
        release
        for release in releases(answer.value)
        if release.has(season=asked["season"], episode=episode)
        and not (tv and release.is_film)
        and (not asked["cat"] or asked["cat"] & set(release.categories))
    ]
    return Found(matching, answer.fetched_at, answer.stale)


def _titles(words: str) -> Answer[tuple[Title, ...]]:
    """The upstream refuses some words; there is nothing of that name, then."""
    try:
        return titles_called(words, TITLES, **SHAPE)
    except (UpstreamNotFound, UpstreamRejected):
        return anilibria.titles()


def _has_in_a_name(title: Title, number: str) -> bool:
    names = (title.names.en, title.names.ru, title.names.alternative)
    return any(re.search(rf"(?<!\d){number}(?!\d)", name) for name in names if name)


def _results(request: HttpRequest, found: Found, asked: dict[str, Any]) -> HttpResponse:
    offset = asked["offset"] or 0
    limit = USUAL if asked["limit"] is None else min(asked["limit"], MOST)
    place = Place(own=request.build_absolute_uri(), page=request.build_absolute_uri("/"))
    feed = TorznabRss(
        title=named("Torznab"),
        link=place.page,
        description=named("Torznab"),
        feed_url=place.own,
        response={"offset": str(offset), "total": str(len(found.releases))},
    )
    for release in found.releases[offset : offset + limit]:
        add(feed, release, place)
    content = feed.writeString("utf-8").encode()
    return settled(content, RSS_TYPE, found.fetched_at, stale=found.stale)


def _attributes(release: Release) -> list[tuple[str, str]]:
    torrent = release.torrent
    known = {
        "infohash": torrent.info_hash,
        "magneturl": torrent.magnet,
        "files": str(len(torrent.metadata.files)) if torrent.metadata and torrent.metadata.files else None,
        "season": None if release.is_film else str(release.numbering.season),
        "episode": str(release.episodes[0]) if release.episodes and len(set(release.episodes)) == 1 else None,
        "year": str(release.title.season.year) if release.title.season.year else None,
    }
    return [
        *(("category", str(category)) for category in release.categories),
        ("size", str(torrent.size)),
        ("seeders", str(torrent.seeders)),
        ("peers", str(torrent.seeders + torrent.leechers)),
        ("grabs", str(torrent.downloads)),
        ("language", "Russian"),
        ("downloadvolumefactor", "1"),
        ("uploadvolumefactor", "1"),
        *((name, plain(value)) for name, value in known.items() if value is not None),
    ]


def _caps() -> Element:
    root = Element("caps")
    SubElement(root, "server", title=settings.SITE_NAME, version="1.0")
    SubElement(root, "limits", max=str(MOST), default=str(USUAL))
    searching = SubElement(root, "searching")
    SubElement(searching, "search", available="yes", supportedParams="q")
    SubElement(searching, "tv-search", available="yes", supportedParams="q,season,ep")
    for other in ("movie-search", "music-search", "audio-search", "book-search"):
        SubElement(searching, other, available="no", supportedParams="q")
    categories = SubElement(root, "categories")
    for number, (name, below) in CATEGORIES.items():
        category = SubElement(categories, "category", id=str(number), name=name)
        for lower, called in below.items():
            SubElement(category, "subcat", id=str(lower), name=called)
    return root


def _error(code: int, description: str) -> Element:
    return Element("error", code=str(code), description=description)


def _xml(root: Element, status: int = 200) -> HttpResponse:
    content = tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(content, f"{XML_TYPE}; charset=utf-8", status, headers={"Cache-Control": "no-cache"})

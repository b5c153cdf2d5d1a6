"""What a title's and an episode's pages say to the player."""

from __future__ import annotations

import json
from typing import Any, NamedTuple
from urllib.parse import quote

from django import template
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import json_script
from django.utils.safestring import SafeString, mark_safe

from catalog import links
from catalog.domain import releases
from catalog.domain.streams import QualityKey, Stream, streams
from catalog.domain.titles import Episode, Title, Torrent
from catalog.templatetags.catalog import number, poster_file, poster_src

register = template.Library()

RATES = ("0.5", "0.75", "1", "1.25", "1.5", "1.75", "2")
IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}
SCREENING_TYPES = {0: "Movie"}  # anything else comes in episodes
QUALITIES: dict[QualityKey, str] = {"fhd": "Full HD", "hd": "HD", "sd": "SD"}


@register.filter
def label(episode: Episode | None) -> str:
    """What an episode is called on the board: its number, else its key."""
    return (number(episode.number) or episode.key) if episode else ""


@register.simple_tag
def rates() -> tuple[str, ...]:
    """Speeds that the player offers."""
    return RATES


@register.filter
def slug(title: Title) -> str:
    return links.title_slug(title)


@register.filter
def quality_name(key: QualityKey) -> str:
    return QUALITIES[key]


@register.filter(name="streams")
def streams_of(episode: Episode) -> tuple[Stream, ...]:
    return streams(episode)


@register.filter
def has_hls(episode: Episode) -> bool:
    return any(stream.hls for stream in streams(episode))


@register.simple_tag
def master_url(title: Title, episode: Episode) -> str:
    return reverse("stream", args=[links.title_slug(title), episode.key])


@register.simple_tag
def player_data(title: Title, episode: Episode, previous: Episode | None, next: Episode | None) -> SafeString:
    """For the player's script: what is shown, where its streams are, and its neighbours."""
    data = {
        "watching": {
            "title": {
                "id": title.id,
                "slug": links.title_slug(title),
                "name": title.name,
                "poster": poster_src(title),
            },
            "episode": _named(episode) | {"name": episode.name or label(episode)},
            "next": _named(next) if next else None,
        },
        "previous": links.episode_url(title, previous) if previous else None,
        "next": links.episode_url(title, next) if next else None,
        "master": master_url(title, episode),
        "streams": [
            {"quality": stream.quality, "height": stream.height, "hls": stream.hls, "mp4": stream.mp4}
            for stream in streams(episode)
        ],
        "skips": {"opening": episode.skips.opening, "ending": episode.skips.ending},
        "hls": static("vendor/hls.light.min.mjs"),
        "worker": static("vendor/hls.worker.mjs"),
    }
    return json_script(data, "player-data")


def _named(episode: Episode) -> dict[str, Any]:
    return {"key": episode.key, "label": label(episode)}


# Torrents


class Column(NamedTuple):
    order: str
    on: bool
    rising: bool


@register.simple_tag
def column(key: str, order: str) -> Column:
    """Where a table's heading leads: to that order, from it to the reverse."""
    return Column(f"-{key}" if order == key else key, order.removeprefix("-") == key, order.startswith("-"))


@register.filter
def tree(torrent: Torrent) -> releases.Folder:
    return releases.tree(torrent.metadata.files if torrent.metadata else ())


@register.simple_tag
def magnet_of_file(torrent: Torrent, place: int) -> str | None:
    return releases.magnet_of_file(torrent, place)


@register.simple_tag
def episode_magnets(title: Title, episode: Episode) -> list[tuple[Torrent, str]]:
    """Of each torrent that has the episode in a file of its own, the link to that file."""
    found = ((torrent, releases.magnet_of_episode(torrent, episode.number)) for torrent in title.torrents)
    return [(torrent, magnet) for torrent, magnet in found if magnet]


# Elsewhere


class Elsewhere(NamedTuple):
    name: str
    url: str


@register.filter
def elsewhere(title: Title) -> list[Elsewhere]:
    """Where the title can be searched for by name."""
    name = quote(title.names.en or title.name, safe="")
    return [
        Elsewhere("Shikimori", f"https://shikimori.one/animes?search={name}"),
        Elsewhere("MyAnimeList", f"https://myanimelist.net/anime.php?q={name}&cat=anime"),
        Elsewhere("AniList", f"https://anilist.co/search/anime?search={name}"),
    ]


@register.simple_tag(takes_context=True)
def linked_data(context: template.Context, title: Title, episode: Episode | None = None) -> SafeString:
    """schema.org's words for the page."""
    request: HttpRequest = context["request"]
    data = _series(title, request) if episode is None else _episode(title, episode, request)
    words = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False).translate(IN_SCRIPT)
    return mark_safe(f'<script type="application/ld+json">{words}</script>')  # noqa: S308 # no sign of it ends a script


def _series(title: Title, request: HttpRequest) -> dict[str, Any]:
    other_names = [name for name in (title.names.en, title.names.alternative) if name and name != title.name]
    facts = {
        "@type": SCREENING_TYPES.get(-1 if title.type.code is None else title.type.code, "TVSeries"),
        "name": title.name,
        "alternateName": other_names,
        "url": request.build_absolute_uri(links.title_url(title)),
        "image": request.build_absolute_uri(poster_file(title)),
        "genre": list(title.genres),
        "datePublished": str(title.season.year) if title.season.year else None,
        "numberOfEpisodes": title.type.episodes if title.type.code != 0 else None,
        "inLanguage": "ru",
    }
    return {name: fact for name, fact in facts.items() if fact}


def _episode(title: Title, episode: Episode, request: HttpRequest) -> dict[str, Any]:
    series = _series(title, request)
    facts = {
        "@type": "TVEpisode",
        "name": episode.name or label(episode),
        "episodeNumber": episode.number,
        "url": request.build_absolute_uri(links.episode_url(title, episode)),
        "image": episode.preview_url or series["image"],
        "datePublished": episode.created_at.isoformat() if episode.created_at else None,
        "partOfSeries": series,
    }
    return {name: fact for name, fact in facts.items() if fact is not None}

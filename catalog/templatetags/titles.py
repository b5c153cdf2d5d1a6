"""What a title's and an episode's pages say to the player."""

from __future__ import annotations

from typing import Any

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import json_script
from django.utils.safestring import SafeString

from catalog import links
from catalog.domain.streams import QualityKey, Stream, streams
from catalog.domain.titles import Episode, Title
from catalog.templatetags.catalog import number, poster_src

register = template.Library()

RATES = ("0.5", "0.75", "1", "1.25", "1.5", "1.75", "2")
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

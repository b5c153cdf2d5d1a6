"""A title's player: its hosts, and the episodes with every address made absolute."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote

from django.conf import settings

from catalog.domain.titles import Episode, EpisodeRange, HlsStreams, Mp4Files, Number, Player, Skips
from catalog.services.anilibria.values import NAME, entries, moment, number, plain, segment, text
from catalog.services.errors import UpstreamBadData
from catalog.services.media import link_url, media_url
from catalog.services.payload import each, mapping

_NUMERIC_RANGE = re.compile(r"(\d{1,6})(?:\s*[-‑–—]\s*(\d{1,6}))?")


def parse_player(value: Any) -> Player:
    """``hosts`` became one ``host`` in later versions."""
    player = mapping(value)
    hosts, host = mapping(player.get("hosts")), text(player.get("host"))
    hls_host, mp4_host = text(hosts.get("hls")) or host, text(hosts.get("mp4")) or host
    return Player(
        alternative_url=link_url(text(player.get("alternative_player"))),
        hls_host=hls_host,
        mp4_host=mp4_host,
        range=parse_range(player.get("series")),
        episodes=parse_playlist(player.get("playlist"), hls_host=hls_host, mp4_host=mp4_host),
    )


def parse_range(value: Any) -> EpisodeRange:
    """A range as an object, or only its text; zeros beside a text such as "Фильм" mean that there are no numbers."""
    series = mapping(value)
    words = text(series.get("string")) if series else text(value)
    first, last = number(series.get("first")), number(series.get("last"))
    if not first and not last:
        numeric = _NUMERIC_RANGE.fullmatch(words or "")
        first, last = (int(numeric[1]), int(numeric[2] or numeric[1])) if numeric else (None, None)
    return EpisodeRange(first=first, last=last, text=words)


def parse_playlist(value: Any, *, hls_host: str | None, mp4_host: str | None) -> tuple[Episode, ...]:
    """A playlist as an object or an array; an array's entries take their number as key."""
    keyed = list(value.items()) if isinstance(value, dict) else [(_ordinal(entry), entry) for entry in entries(value)]

    def parse(entry: tuple[Any, Any]) -> Episode:
        return _episode(*entry, hls_host=hls_host or "", mp4_host=mp4_host or "")

    episodes = each(keyed, parse, upstream=NAME)
    return tuple(sorted(episodes, key=lambda episode: (episode.number is None, episode.number or 0)))


def _episode(raw_key: Any, value: Any, *, hls_host: str, mp4_host: str) -> Episode:
    key = segment(raw_key)
    if key is None or not isinstance(value, dict):
        raise UpstreamBadData(NAME, f"episode {raw_key!r:.40}", "no usable key, or not an object")
    hls, skips = mapping(value.get("hls")), mapping(value.get("skips"))
    ordinal = _ordinal(value)
    return Episode(
        key=key,
        number=number(key) if ordinal is None else ordinal,
        name=plain(value.get("name")),
        hls=HlsStreams(**{size: media_url(text(hls.get(size)), base=hls_host) for size in ("fhd", "hd", "sd")}),
        mp4=_mp4(mapping(value.get("mp4")), mp4_host),
        skips=Skips(opening=_span(skips.get("opening")), ending=_span(skips.get("ending"))),
        preview_url=media_url(text(value.get("preview")), base=settings.ANILIBRIA_STATIC_URL),
        created_at=moment(value.get("created_timestamp")),
    )


def _ordinal(value: Any) -> Number | None:
    """``id`` in the document, ``serie`` in later versions."""
    episode = mapping(value)
    found = number(episode.get("id"))
    return number(episode.get("serie")) if found is None else found


def _mp4(value: Mapping[str, Any], host: str) -> Mp4Files:
    downloads = mapping(value.get("download"))
    hd, sd = (media_url(text(value.get(size)), base=host) for size in ("hd", "sd"))
    return Mp4Files(
        hd=hd, sd=sd, hd_download=_download(hd, downloads.get("hd")), sd_download=_download(sd, downloads.get("sd"))
    )


def _download(url: str | None, value: Any) -> str | None:
    """The file's address with the query that makes it a download; names in it arrive raw: "?download=A_&amp;_B.mp4"."""
    query = html.unescape(text(value) or "")
    if url is None or not query.startswith("?"):
        return None
    key, _, name = query[1:].partition("=")
    return f"{url}{'&' if '?' in url else '?'}{quote(unquote(key), safe='')}={quote(unquote(name), safe='')}"


def _span(value: Any) -> tuple[Number, Number] | None:
    match [number(entry) for entry in entries(value)]:
        case [int() | float() as start, int() | float() as end] if 0 <= start < end:
            return start, end
    return None

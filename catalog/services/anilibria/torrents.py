"""A title's torrents and what their files say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from catalog.domain.titles import EpisodeRange, Quality, Torrent, TorrentFile, TorrentMetadata
from catalog.services.anilibria.player import parse_range
from catalog.services.anilibria.values import NAME, blob, count, entries, flag, info_hash, moment, text, texts, whole
from catalog.services.errors import UpstreamBadData
from catalog.services.media import media_url
from catalog.services.payload import each, mapping

_HEIGHT = re.compile(r"(?<![\w.])(?:\d{3,4}\s?[x×]\s?)?(\d{3,4})\s?[pр]?(?!\w)|(?<!\w)([248])[kк](?!\w)", re.IGNORECASE)
_HEIGHTS_OF_K = {"2": 1440, "4": 2160, "8": 4320}
_CODECS = {
    "h265": re.compile(r"hevc|[hx]\.?265", re.IGNORECASE),
    "h264": re.compile(r"avc|[hx]\.?264", re.IGNORECASE),
}


def parse_torrents(value: Any) -> tuple[EpisodeRange, tuple[Torrent, ...]]:
    torrents = mapping(value)
    return parse_range(torrents.get("series")), each(entries(torrents.get("list")), _torrent, upstream=NAME)


def parse_quality(value: Any, hevc: Any = None) -> Quality:
    """An object, or the example's one text with ``hevc`` beside it; the text fills in what an object leaves out."""
    quality = mapping(value)
    words = text(quality.get("string")) if quality else text(value)
    return Quality(
        text=words,
        type=text(quality.get("type")) or _release_type(words or ""),
        resolution=_height(text(quality.get("resolution"))) or _height(words),
        codec=_codec(text(quality.get("encoder")), words, flag(hevc)),
        low_quality_audio=flag(quality.get("lq_audio")),
    )


def _torrent(value: Any) -> Torrent:
    torrent = mapping(value)
    torrent_id = whole(torrent.get("torrent_id"), 1)
    if torrent_id is None:
        raise UpstreamBadData(NAME, "torrent", f"torrent_id: {torrent.get('torrent_id')!r:.40}")
    metadata = _metadata(mapping(torrent.get("metadata")))
    return Torrent(
        id=torrent_id,
        range=parse_range(torrent.get("series")),
        quality=parse_quality(torrent.get("quality"), torrent.get("hevc")),
        seeders=count(torrent.get("seeders")),
        leechers=count(torrent.get("leechers")),
        downloads=count(torrent.get("downloads")),
        size=count(torrent.get("total_size")),
        url=media_url(text(torrent.get("url")), base=settings.ANILIBRIA_SITE_URL),
        uploaded_at=moment(torrent.get("uploaded_timestamp")),
        info_hash=info_hash(torrent.get("hash")) or (metadata.info_hash if metadata else None),
        metadata=metadata,
        raw=blob(torrent.get("raw_base64_file")),
    )


def _metadata(value: Mapping[str, Any]) -> TorrentMetadata | None:
    if not value:
        return None
    return TorrentMetadata(
        info_hash=info_hash(value.get("hash")),
        name=text(value.get("name")),
        trackers=texts(value.get("announce")),
        created_at=moment(value.get("created_timestamp")),
        files=each(entries(value.get("files_list")), _file, upstream=NAME),
    )


def _file(value: Any) -> TorrentFile:
    file = mapping(value)
    name = text(file.get("file"))
    if name is None:
        raise UpstreamBadData(NAME, "torrent file", "it has no name")
    return TorrentFile(name=name, size=count(file.get("size")), offset=count(file.get("offset")))


def _release_type(words: str) -> str | None:
    """The first word, unless it already names the picture: "1080p HEVC" has no release type."""
    first = words.split(maxsplit=1)[0] if words else ""
    return None if not first or _height(first) or _codec(first, None, None) in _CODECS else first


def _height(words: str | None) -> int | None:
    """1080, "1080p", "1920x1080", "4k"."""
    found = _HEIGHT.search(words or "")
    if found is None:
        return None
    return whole(found[1], 1) if found[1] else _HEIGHTS_OF_K[found[2]]


def _codec(encoder: str | None, words: str | None, hevc: bool | None) -> str | None:
    """h264 or h265 however they are spelled; an encoder of another name as it is."""
    for candidate in (encoder, words):
        for codec, spelling in _CODECS.items():
            if candidate and spelling.search(candidate):
                return codec
    if encoder or hevc is None:
        return encoder
    return "h265" if hevc else "h264"

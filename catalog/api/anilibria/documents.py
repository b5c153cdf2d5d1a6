"""Domain objects -> the document's JSON, keys in the document's order.

What is unknown is ``null`` for text, an empty array for lists and 0 for numbers, but ``null`` too for the numbers of
which 0 says something: a weekday, a type, an episode.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit, urlunsplit

from catalog.api.anilibria.parameters import TitleForm
from catalog.api.anilibria.source import TitleSource
from catalog.domain.titles import (
    Blocked,
    Clip,
    Episode,
    EpisodeRange,
    FeedItem,
    Mp4Files,
    Names,
    Number,
    Quality,
    Season,
    SeedStat,
    Status,
    Team,
    Title,
    TitleType,
    Torrent,
    TorrentMetadata,
)

Json = dict[str, Any]


def title_document(title: Title, form: TitleForm, source: TitleSource) -> Json:
    """The title in the form asked for, built only as far as the selection leaves it."""
    asked = _Asked(title, form, source)
    return form.selection.apply({key: build(asked) for key, build in _FIELDS.items() if form.selection.wants(key)})


def clip_document(clip: Clip) -> Json:
    return {
        "id": clip.id,
        "title": clip.name,
        "image": clip.image_url,
        "youtube_id": clip.youtube_id,
        "timestamp": timestamp(clip.published_at),
    }


def feed_document(item: FeedItem, form: TitleForm, source: TitleSource) -> Json:
    """Paths of the selection may start inside the item or, in full, at ``title`` or ``youtube``."""
    if item.title:
        selection = form.selection.inside("title")
        return {"title": title_document(item.title, replace(form, selection=selection), source)}
    clip = clip_document(item.clip) if item.clip else {}
    return {"youtube": form.selection.inside("youtube").apply(clip)}


def seed_stat_document(stat: SeedStat) -> Json:
    return {"downloaded": stat.downloaded, "uploaded": stat.uploaded, "user": stat.user}


def team_document(team: Team) -> Json:
    return {
        "voice": list(team.voice),
        "translator": list(team.translator),
        "editing": list(team.editing),
        "decor": list(team.decor),
        "timing": list(team.timing),
    }


def playlist_document(episodes: Sequence[Episode]) -> Json:
    """Keyed as JavaScript orders an object's keys: whole numbers ascending, then the others as they come."""
    keyed = {episode.key: _episode(episode) for episode in episodes}
    whole = sorted((key for key in keyed if _is_array_index(key)), key=int)
    return {key: keyed[key] for key in dict.fromkeys([*whole, *keyed])}


def timestamp(moment: datetime | None) -> int:
    return int(moment.timestamp()) if moment else 0


def _is_array_index(key: str) -> bool:
    return key == "0" or (key.isascii() and key.isdecimal() and key[0] != "0")


class _Asked(NamedTuple):
    title: Title
    form: TitleForm
    source: TitleSource


def _names(names: Names) -> Json:
    return {"ru": names.ru, "en": names.en, "alternative": names.alternative}


def _status(status: Status) -> Json:
    return {"string": status.text, "code": status.code or 0}


def _poster(asked: _Asked) -> Json:
    poster = asked.title.poster
    wanted = "raw_poster" in asked.form.include and poster.url is not None
    return {
        "url": _path(poster.url),
        "updated_timestamp": timestamp(poster.updated_at),
        "raw_base64_file": _base64(asked.source.poster_file(asked.title.id)) if wanted else None,
    }


def _type(kind: TitleType) -> Json:
    return {
        "full_string": kind.full_text,
        "code": kind.code,
        "string": kind.text,
        "series": kind.episodes or 0,
        "length": kind.length_text,
    }


def _season(season: Season) -> Json:
    return {
        "season_string": season.text,
        "season_code": season.code or 0,
        "year": season.year or 0,
        "week_day": season.weekday,
    }


def _blocked(blocked: Blocked) -> Json:
    return {"blocked": blocked.in_russia, "bakanim": blocked.by_licensee}


def _player(asked: _Asked) -> Json:
    player = asked.title.player
    return {
        "alternative_player": _schemeless(player.alternative_url),
        "hosts": {"mp4": player.mp4_host, "hls": player.hls_host},
        "series": _range(player.range),
        "playlist": [_episode(episode) for episode in player.episodes]
        if asked.form.playlist_as_array
        else playlist_document(player.episodes),
    }


def _episode(episode: Episode) -> Json:
    hls, mp4 = episode.hls, episode.mp4
    return {
        "id": _number(episode.number),
        "hls": {"fhd": _path(hls.fhd), "hd": _path(hls.hd), "sd": _path(hls.sd)},
        "mp4": {"hd": _path(mp4.hd), "sd": _path(mp4.sd), "download": _downloads(mp4)},
    }


def _downloads(mp4: Mp4Files) -> Json:
    """Only what follows the file's own address: ``?download=name``."""
    return {
        "hd": (mp4.hd_download or "").removeprefix(mp4.hd or "") or None,
        "sd": (mp4.sd_download or "").removeprefix(mp4.sd or "") or None,
    }


def _torrents(asked: _Asked) -> Json:
    return {
        "series": _range(asked.title.torrents_range),
        "list": [_torrent(torrent, asked) for torrent in asked.title.torrents],
    }


def _torrent(torrent: Torrent, asked: _Asked) -> Json:
    raw = asked.source.torrent_file(torrent.id) if "raw_torrent" in asked.form.include else None
    metadata = torrent.metadata if "torrent_meta" in asked.form.include else None
    return {
        "torrent_id": torrent.id,
        "leechers": torrent.leechers,
        "seeders": torrent.seeders,
        "downloads": torrent.downloads,
        "quality": _quality(torrent.quality),
        "series": _range(torrent.range),
        "total_size": torrent.size,
        "url": _path(torrent.url),
        "uploaded_timestamp": timestamp(torrent.uploaded_at),
        "raw_base64_file": _base64(raw),
        "metadata": _metadata(metadata) if metadata else None,
    }


def _quality(quality: Quality) -> Json:
    """The field list's object; the example's text with ``hevc`` beside it is what older servers sent."""
    return {
        "string": quality.text,
        "type": quality.type,
        "resolution": quality.resolution or 0,
        "encoder": quality.codec,
        "lq_audio": quality.low_quality_audio,
    }


def _metadata(metadata: TorrentMetadata) -> Json:
    return {
        "hash": metadata.info_hash,
        "name": metadata.name,
        "announce": list(metadata.trackers),
        "created_timestamp": timestamp(metadata.created_at),
        "files_list": [{"file": file.name, "size": file.size, "offset": file.offset} for file in metadata.files],
    }


def _range(episodes: EpisodeRange) -> Json:
    return {"first": _number(episodes.first), "last": _number(episodes.last), "string": episodes.text}


def _number(number: Number | None) -> Number | None:
    """JavaScript knows no difference between 13 and 13.0."""
    return int(number) if number is not None and number == int(number) else number


def _path(url: str | None) -> str | None:
    return urlunsplit(("", "", *urlsplit(url)[2:])) if url else None


def _schemeless(url: str | None) -> str | None:
    return urlunsplit(("", *urlsplit(url)[1:])) if url else None


def _base64(raw: bytes | None) -> str | None:
    return base64.b64encode(raw).decode("ascii") if raw is not None else None


_FIELDS: dict[str, Callable[[_Asked], Any]] = {
    "id": lambda asked: asked.title.id,
    "code": lambda asked: asked.title.code,
    "names": lambda asked: _names(asked.title.names),
    "announce": lambda asked: asked.title.announce,
    "status": lambda asked: _status(asked.title.status),
    "poster": _poster,
    "updated": lambda asked: timestamp(asked.title.updated_at),
    "last_change": lambda asked: timestamp(asked.title.changed_at),
    "type": lambda asked: _type(asked.title.type),
    "genres": lambda asked: list(asked.title.genres),
    "team": lambda asked: team_document(asked.title.team),
    "season": lambda asked: _season(asked.title.season),
    "description": lambda asked: getattr(asked.title.description, asked.form.description),
    "in_favorites": lambda asked: asked.title.in_favourites,
    "blocked": lambda asked: _blocked(asked.title.blocked),
    "player": _player,
    "torrents": _torrents,
}

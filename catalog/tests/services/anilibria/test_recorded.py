"""Real answers: nothing is dropped, and every leaf of them is found in the domain objects."""

from __future__ import annotations

import dataclasses
import html
import json
import lzma
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from catalog.domain.titles import Episode, EpisodeRange, Title, Torrent
from catalog.services.anilibria import parse_title, parse_title_change
from catalog.services.anilibria.answers import parse_titles

UNESCAPED = {"ru", "en", "alternative", "announce", "description"}


@pytest.fixture(scope="module")
def catalogue(shared_data) -> list[dict[str, Any]]:
    with lzma.open(shared_data / "anilibria" / "catalogue-v2.8.3.jsonl.xz", "rt") as lines:
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def feed_data(shared_data) -> list[dict[str, Any]]:
    titles: list[dict[str, Any]] = json.loads((shared_data / "recorded" / "feed_data.v2.13.json").read_text())
    return titles


def test_the_catalogue_parses_whole(catalogue, caplog):
    titles = parse_titles(catalogue)

    assert len(titles) == 1565
    assert sum(len(title.player.episodes) for title in titles) == 19434
    assert sum(len(title.torrents) for title in titles) == 2521
    assert caplog.records == []


def test_every_leaf_of_the_catalogue_is_in_the_domain(catalogue):
    for payload in catalogue:
        assert written(parse_title(payload)) == readable(payload)


def test_recorded_titles_parse_whole(feed_data, caplog):
    assert [title.id for title in parse_titles(feed_data)] == [payload["id"] for payload in feed_data]
    assert caplog.records == []


def test_every_leaf_of_a_recorded_title_is_in_the_domain(feed_data):
    for payload in feed_data:
        found = set(domain_leaves(dataclasses.asdict(parse_title(payload))))

        assert [leaf for leaf in payload_leaves(payload) if leaf not in found] == []


def test_a_recorded_notice(shared_data):
    notice = json.loads((shared_data / "recorded" / "title_update.v2.13.json").read_text())

    change = parse_title_change(notice)

    assert change.hash == notice["title_update"]["hash"]
    found = set(domain_leaves(dataclasses.asdict(change.title)))
    assert [leaf for leaf in payload_leaves(notice["title_update"]["title"]) if leaf not in found] == []


def readable(value: Any, key: str = "") -> Any:
    """A payload with what the document calls "no information" made ``None``, and its text cleaned."""
    match value:
        case {"first": 0, "last": 0, "string": "1‑5"}:  # the one numeric range that came without its numbers
            return {"first": 1, "last": 5, "string": "1‑5"}
        case {"first": 0, "last": 0, "string": str() | None as words} if words not in {"00", "0-0"}:
            return {"first": None, "last": None, "string": words}
        case dict():
            return {name: readable(entry, name) for name, entry in value.items()}
        case list():
            return [readable(entry, key) for entry in value]
        case str():
            return cleaned(html.unescape(value) if key in UNESCAPED | {"hd", "sd"} else value, key)
        case int() if key in {"updated", "last_change"} or key.endswith("_timestamp"):
            return value if value > 0 else None
        case 0 if key in {"season_code", "resolution"}:
            return None
    return value


def cleaned(words: str, key: str) -> str | None:
    words = words.replace("\r\n", "\n")
    if key in UNESCAPED:
        for line_break in ("<br>\n", "</br>\n", "<br>"):
            words = words.replace(line_break, "\0")
    return words.replace("\0", "\n").strip() or None


def written(title: Title) -> dict[str, Any]:
    """A title in the document's words again."""
    return {
        "id": title.id,
        "code": title.code,
        "names": dataclasses.asdict(title.names),
        "announce": title.announce,
        "status": {"string": title.status.text, "code": title.status.code},
        "poster": {
            "url": path(title.poster.url),
            "updated_timestamp": seconds(title.poster.updated_at),
            "raw_base64_file": title.poster.raw,
        },
        "updated": seconds(title.updated_at),
        "last_change": seconds(title.changed_at),
        "type": {
            "full_string": title.type.full_text,
            "code": title.type.code,
            "string": title.type.text,
            "series": title.type.episodes,
            "length": f"{title.type.minutes} мин",
        },
        "genres": list(title.genres),
        "team": {role: list(people) for role, people in dataclasses.asdict(title.team).items()},
        "season": {
            "season_string": title.season.text,
            "season_code": title.season.code,
            "year": title.season.year,
            "week_day": title.season.weekday,
        },
        "description": title.description.plain,
        "in_favorites": title.in_favourites,
        "blocked": {"blocked": title.blocked.in_russia, "bakanim": title.blocked.by_licensee},
        "player": {
            "alternative_player": title.player.alternative_url,
            "hosts": {"mp4": title.player.mp4_host, "hls": title.player.hls_host},
            "series": written_range(title.player.range),
            "playlist": {episode.key: written_episode(episode) for episode in title.player.episodes},
        },
        "torrents": {
            "series": written_range(title.torrents_range),
            "list": [written_torrent(torrent) for torrent in title.torrents],
        },
    }


def written_range(found: EpisodeRange) -> dict[str, Any]:
    return {"first": found.first, "last": found.last, "string": found.text}


def written_episode(episode: Episode) -> dict[str, Any]:
    mp4 = episode.mp4
    return {
        "id": episode.number,
        "hls": {size: path(getattr(episode.hls, size)) for size in ("fhd", "hd", "sd")},
        "mp4": {
            "hd": path(mp4.hd),
            "sd": path(mp4.sd),
            "download": {
                "hd": "?" + unquote(urlsplit(mp4.hd_download or "").query),
                "sd": "?" + unquote(urlsplit(mp4.sd_download or "").query),
            },
        },
    }


def written_torrent(torrent: Torrent) -> dict[str, Any]:
    assert torrent.metadata is not None
    assert torrent.info_hash == torrent.metadata.info_hash
    return {
        "torrent_id": torrent.id,
        "leechers": torrent.leechers,
        "seeders": torrent.seeders,
        "downloads": torrent.downloads,
        "quality": {
            "string": torrent.quality.text,
            "type": torrent.quality.type,
            "resolution": torrent.quality.resolution,
            "encoder": torrent.quality.codec,
            "lq_audio": torrent.quality.low_quality_audio,
        },
        "series": written_range(torrent.range),
        "total_size": torrent.size,
        "url": path(torrent.url),
        "uploaded_timestamp": seconds(torrent.uploaded_at),
        "raw_base64_file": torrent.raw,
        "metadata": {
            "hash": torrent.metadata.info_hash,
            "name": torrent.metadata.name,
            "announce": list(torrent.metadata.trackers),
            "created_timestamp": seconds(torrent.metadata.created_at),
            "files_list": [
                {"file": file.name, "size": file.size, "offset": file.offset} for file in torrent.metadata.files
            ],
        },
    }


def path(url: str | None) -> str | None:
    return url and urlsplit(url)._replace(scheme="", netloc="").geturl()


def seconds(moment: datetime | None) -> int | None:
    return int(moment.timestamp()) if moment else None


def domain_leaves(value: Any) -> Iterator[Any]:
    match value:
        case dict():
            for entry in value.values():
                yield from domain_leaves(entry)
        case list() | tuple():
            for entry in value:
                yield from domain_leaves(entry)
        case datetime():
            yield seconds(value)
        case str() if value.startswith("https://"):
            yield from (value, path(value), value.removeprefix("https:"))
        case _:
            yield value


def payload_leaves(value: Any, key: str = "") -> Iterator[Any]:
    match value:
        case dict():
            for name, entry in value.items():
                yield from payload_leaves(entry, name)
        case list():
            for entry in value:
                yield from payload_leaves(entry, key)
        case str() if key == "resolution":
            yield int(value.removesuffix("p"))
        case str():
            yield cleaned(value, key if key in UNESCAPED else "description")
        case _:
            yield value

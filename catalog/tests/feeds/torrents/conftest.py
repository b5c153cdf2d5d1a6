"""A catalogue with torrents of seasons, of a single episode, of a film, and of a title that is blocked."""

from __future__ import annotations

from typing import Any

import pytest
import requests_mock

from catalog.tests.feeds.conftest import *  # noqa: F403
from catalog.tests.views import samples

HASHES = {name: f"{number:040x}" for number, name in enumerate(("first", "second", "latest", "film", "blocked"), 1)}


def torrent(name: str, number: int, first: int | None, last: int | None, words: str, **changes: Any) -> dict[str, Any]:
    metadata = samples.torrent()["metadata"] | {"hash": HASHES[name], "name": f"{name} & co"}
    whole = samples.torrent(
        torrent_id=number,
        series={"first": first, "last": last, "string": words},
        metadata=metadata,
        url=f"/upload/torrents/{number}.torrent",
        uploaded_timestamp=samples.MORNING - number,
        total_size=1288490189,
    )
    return whole | changes


def shelf() -> list[dict[str, Any]]:
    title = samples.title
    return [
        title(torrents={"list": [torrent("first", 4, 1, 24, "1-24")]}),
        title(
            id=2,
            code="nanatsu-2",
            names={"ru": "Семь смертных грехов 2", "en": "Nanatsu no Taizai 2nd Season"},
            torrents={"list": [torrent("second", 3, 1, 12, "1-12"), torrent("latest", 1, 13, 13, "13")]},
        ),
        title(
            id=3,
            code="film",
            names={"ru": "Фильм", "en": "Nanatsu no Film"},
            type={"code": 0, "string": "Фильм"},
            torrents={"list": [torrent("film", 2, None, None, "Фильм")]},
        ),
        title(
            id=4,
            code="blocked",
            blocked={"blocked": True, "bakanim": False},
            torrents={"list": [torrent("blocked", 5, 1, 1, "1")]},
        ),
    ]


@pytest.fixture
def tracker(lists: requests_mock.Mocker) -> requests_mock.Mocker:
    lists.get(f"{samples.ANILIBRIA}/getUpdates", json=shelf())
    lists.get(f"{samples.ANILIBRIA}/searchTitles", json=shelf())
    return lists

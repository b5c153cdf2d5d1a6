"""What the demo serves, the site reads back as the same objects."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from typing import Any

import pytest

from catalog.api.anilibria.documents import title_document
from catalog.api.anilibria.live import playlist_change_json, title_change_json
from catalog.api.anilibria.parameters import TitleForm
from catalog.demo.titles import DemoTitles
from catalog.domain.titles import Description, PlaylistChange, Title, TitleChange
from catalog.services.anilibria import parse_playlist_change, parse_title, parse_title_change
from catalog.tests.demo.titles.conftest import ORIGIN


@pytest.fixture(autouse=True)
def upstream_is_the_demo(settings):
    settings.ANILIBRIA_URL = f"{ORIGIN}/anilibria/v2"
    settings.ANILIBRIA_STATIC_URL = settings.ANILIBRIA_SITE_URL = ORIGIN
    settings.MEDIA_ORIGINS = [ORIGIN]


def served(title: Title, source: DemoTitles, **form: Any) -> Any:
    document = title_document(title, TitleForm(include=("torrent_meta",), **form), source)
    return json.loads(json.dumps(document))


def only(title: Title, form: str) -> Description:
    return Description(**{form: getattr(title.description, form)})


@pytest.mark.parametrize("form", ["plain", "html", "no_view_order"])
def test_every_title(evening, titles, form, caplog):
    for title in titles.values():
        read = parse_title(served(title, evening, description=form), description=form)

        assert read == replace(title, description=only(title, form))
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


def test_playlists_as_arrays(evening, titles):
    for title in titles.values():
        read = parse_title(served(title, evening, playlist_as_array=True))

        assert read.player.episodes == title.player.episodes


def test_notices(evening, titles):
    title = titles[9801]
    change = TitleChange(hash="ab" * 20, title=title)
    playlist = PlaylistChange(title_id=title.id, episode_number=1, episodes=title.player.episodes)

    read = parse_title_change(title_change_json(change, evening))
    assert read.hash == change.hash
    assert read.title.player == title.player
    hosts = {"hls_host": title.player.hls_host, "mp4_host": title.player.mp4_host}
    assert parse_playlist_change(playlist_change_json(playlist), **hosts) == playlist

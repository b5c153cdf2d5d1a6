"""What our own API serves of a title reads as the same title."""

from __future__ import annotations

import json
import lzma
from typing import Any

import pytest

from catalog.api.anilibria.documents import title_document
from catalog.api.anilibria.parameters import TitleForm
from catalog.domain.titles import Title
from catalog.services.anilibria import parse_title
from catalog.tests.services.anilibria.samples import episode_payload, title_payload, torrent_payload


def served(title: Title, **form: Any) -> Any:
    """As JSON, without raw files: their source is not asked."""
    document = title_document(title, TitleForm(include=("torrent_meta",), **form), source=None)  # type: ignore[arg-type]
    return json.loads(json.dumps(document))


@pytest.fixture
def title():
    payload = title_payload()
    payload["poster"]["raw_base64_file"] = None
    payload["player"]["playlist"]["12.5"] = episode_payload(12.5)
    payload["torrents"]["list"] = [
        torrent_payload(raw_base64_file=None),
        torrent_payload(torrent_id=78, raw_base64_file=None, metadata=None, series={"string": "Фильм"}),
    ]
    return parse_title(payload)


@pytest.mark.parametrize("as_array", [False, True])
def test_a_title(title, as_array):
    assert parse_title(served(title, playlist_as_array=as_array)) == title


def test_a_bare_title():
    bare = parse_title({"id": 1, "code": "x"})

    assert parse_title(served(bare)) == bare


def test_the_catalogue(shared_data):
    with lzma.open(shared_data / "anilibria" / "catalogue-v2.8.3.jsonl.xz", "rt") as lines:
        for line in lines:
            title = parse_title(json.loads(line))
            assert parse_title(served(title)) == title

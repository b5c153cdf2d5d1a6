"""A title's torrents as its page shows them: with the stored list of files where the upstream sends none."""

from __future__ import annotations

import logging
from dataclasses import replace

from django.db import DatabaseError

from catalog.domain.titles import Title, Torrent
from catalog.domain.torrent_files import flaw
from catalog.models import StoredTorrent
from catalog.services.torrents.keeping import is_of

log = logging.getLogger(__name__)


def completed(title: Title) -> Title:
    """``title``, each torrent without a list of files given the stored one; a list that is not fit to show goes."""
    if not title.torrents:
        return title
    fit = tuple(_without_hostile_list(torrent) for torrent in title.torrents)
    bare = [torrent.id for torrent in fit if not (torrent.metadata and torrent.metadata.files)]
    stored = _stored(bare) if bare else {}
    torrents = tuple(_with(torrent, stored.get(torrent.id)) for torrent in fit)
    return title if torrents == title.torrents else replace(title, torrents=torrents)


def _without_hostile_list(torrent: Torrent) -> Torrent:
    metadata = torrent.metadata
    if metadata is None or not metadata.files or flaw(metadata.files) is None:
        return torrent
    return replace(torrent, metadata=replace(metadata, files=()))


def _stored(ids: list[int]) -> dict[int, StoredTorrent]:
    """A database that fails is one without lists."""
    try:
        return StoredTorrent.objects.filter(state=StoredTorrent.State.STORED).in_bulk(ids)
    except DatabaseError as exc:
        log.warning("the stored lists of torrents cannot be read: %s", exc)
        return {}


def _with(torrent: Torrent, row: StoredTorrent | None) -> Torrent:
    if row is None or not is_of(row, torrent):
        return torrent
    return replace(
        torrent,
        metadata=row.metadata,
        info_hash=torrent.info_hash or row.info_hash or None,
        size=torrent.size or row.size,
    )

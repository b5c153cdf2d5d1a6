"""AniLibria's API v2.8.3, in the shape of its document and in those of later servers."""

from __future__ import annotations

from catalog.services.anilibria.fields import CARD_FIELDS, Include
from catalog.services.anilibria.files import torrent_file
from catalog.services.anilibria.live import notices, parse_playlist_change, parse_title_change
from catalog.services.anilibria.methods import (
    caching_nodes,
    changes,
    clips,
    feed,
    genres,
    random_title,
    schedule,
    search,
    seed_stats,
    team,
    title,
    titles,
    updates,
    years,
)
from catalog.services.anilibria.subjects import LISTS, subject_of_title
from catalog.services.anilibria.titles import parse_title

__all__ = [
    "CARD_FIELDS",
    "LISTS",
    "Include",
    "caching_nodes",
    "changes",
    "clips",
    "feed",
    "genres",
    "notices",
    "parse_playlist_change",
    "parse_title",
    "parse_title_change",
    "random_title",
    "schedule",
    "search",
    "seed_stats",
    "subject_of_title",
    "team",
    "title",
    "titles",
    "torrent_file",
    "updates",
    "years",
]

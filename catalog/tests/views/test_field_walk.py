"""docs/coverage.md walked over the demo: every field of AniLibria's document stands where its row says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from html import unescape
from typing import Any

import pytest
from django.template.defaultfilters import filesizeformat
from django.utils.formats import date_format
from django.utils.timezone import localtime

from catalog import links
from catalog.domain.titles import Description, Title
from catalog.services import anilibria
from catalog.services.asked import ITEMS_A_PAGE
from catalog.templatetags import catalog as tags
from catalog.tests.walk import Count, Subject, Walker, Wire, demo_below, demo_urls, problems, rows

ROWS = [row for row in rows() if row.section == "AniLibria v2.8.3: fields" and row.addresses]

# The document's own, and what is hard to show: blocked by law and by the licensee, half episodes, a film, an order.
TITLES = (8500, 4212, 302, 306, 318, 307, 308)
CHANGED = 4212


def as_later_versions_send(title: dict[str, Any]) -> dict[str, Any]:
    """One title with what the document does not have yet, and with words that have no code."""
    if title["id"] != CHANGED or "player" not in title:
        return title
    for number, episode in enumerate(title["player"]["playlist"].values()):
        episode |= {
            "name": f"Серия, в которой {number} пропаж",
            "preview": f"/storage/releases/previews/{number}.jpg",
            "created_timestamp": 1_700_000_000 + number * 86400,
            "skips": {"opening": [90 + number, 180 + number], "ending": [1300 + number, 1390 + number]},
        }
    sizes = {"original": "700x1000", "medium": "350x500", "small": "175x250"}
    return title | {
        "names": title["names"] | {"alternative": "Апокриф"},
        "status": {"string": "На распутье", "code": 0},
        "type": {"string": "Балаган", "full_string": "Балаган (25 эп.), вечер", "code": 77, "length": "вечер"},
        "season": {"string": "Межсезонье", "code": 0, "year": 2017, "week_day": 3},
        "posters": {size: {"url": f"/upload/release/{form}/4212.jpg"} for size, form in sizes.items()},
    }


# What the pages say of a value that they do not say as it is
SPOKEN = {
    "Title.player": lambda player, title: Count(len(player.episodes)),
    "Title.in_favourites": lambda count, title: f"{count:,}",
    "Title.torrents_range": lambda covered, title: covered.text,
    "Status.code": lambda code, status: tags.status_name(status),
    "Status.text": lambda text, status: None if status.code else text,
    "TitleType.code": lambda code, kind: tags.type_name(kind),
    "TitleType.text": lambda text, kind: None if kind.code is not None else text,
    "TitleType.minutes": lambda minutes, kind: f"{minutes} min",
    "TitleType.length_text": lambda text, kind: None if kind.minutes else text,
    "Season.code": lambda code, season: tags.season_name(season),
    "Season.text": lambda text, season: None if season.code else text,
    "Season.weekday": lambda weekday, season: tags.weekday_name(weekday),
    "Description.plain": lambda text, description: beginning(text),
    "Description.html": lambda markup, description: beginning(unescape(re.sub(r"<(?!br)[^>]*>", "", markup))),
    "Description.no_view_order": lambda text, description: beginning(text),
    "Blocked.in_russia": lambda is_so, blocked: "blocked on the territory of Russia" if is_so else None,
    "Blocked.by_licensee": lambda is_so, blocked: "complaint from the rights holder" if is_so else None,
    "Episode.number": lambda number, episode: f"Episode {tags.number(number)}",
    "Skips.opening": lambda span, skips: "–".join(map(tags.clock, span)),
    "Skips.ending": lambda span, skips: "–".join(map(tags.clock, span)),
    "Torrent.range": lambda covered, torrent: covered.text,
    "Torrent.seeders": lambda seeders, torrent: f"{seeders} / {torrent.leechers}",
    "Torrent.leechers": lambda leechers, torrent: f"{torrent.seeders} / {leechers}",
    "Torrent.downloads": lambda downloads, torrent: f"{downloads:,}",
    "Torrent.size": lambda size, torrent: filesizeformat(size),
    "Torrent.uploaded_at": lambda at, torrent: day(at),
    "Quality.resolution": lambda height, quality: f"{height}p",
    "Quality.low_quality_audio": lambda is_so, quality: "reduced bitrate" if is_so else "full bitrate",
    "TorrentFile.name": lambda name, file: name.rpartition("/")[2],
    "TorrentFile.size": lambda size, file: filesizeformat(size),
    "TorrentFile.offset": lambda offset, file: f"From byte {offset:,} of the torrent",
    "ScheduleDay.weekday": lambda weekday, day: tags.weekday_anchor(weekday),
    "ScheduleDay.titles": lambda titles, day: Count(len({title.id for title in titles})),
    "Clip.id": lambda number, clip: f"clip-{number}",
    "Clip.published_at": lambda at, clip: day(at),
    "FeedItem.title": lambda title, item: links.title_url(title),
    "FeedItem.clip": lambda clip, item: links.clip_url(clip),
    "SeedStat.downloaded": lambda size, stat: filesizeformat(size),
    "SeedStat.uploaded": lambda size, stat: filesizeformat(size),
}


def day(moment: datetime) -> str:
    return date_format(localtime(moment), "j E Y")


def beginning(text: str) -> str:
    """Of the first line: a page may break it off, and puts the others into paragraphs of their own."""
    return re.split(r"\n|<br", text.strip())[0][:80].rsplit(" ", 1)[0]


@pytest.fixture
def wire(settings, tmp_path) -> Iterator[Wire]:
    with demo_below(settings, tmp_path, demo_urls()) as wire:
        wire.amended["getTitle"] = as_later_versions_send
        yield wire


def told(title_id: int) -> Title:
    """With its description in all three forms."""
    title = anilibria.title(title_id).value
    html, ordered = (
        anilibria.title(title_id, description=form).value.description for form in ("html", "no_view_order")
    )
    forms = Description(plain=title.description.plain, html=html.html, no_view_order=ordered.no_view_order)
    return replace(title, description=forms)


def of_title(title: Title) -> Iterator[Subject]:
    where: dict[str, object] = {"code": title.code, "id": title.id}
    yield title.blocked, where
    if title.is_blocked:  # of which little else is shown
        return
    whole = (title, title.names, title.status, title.type, title.poster, title.team, title.season, title.description)
    yield from ((part, where) for part in (*whole, title.player, title.player.range))
    for episode in title.player.episodes[:2] + title.player.episodes[-2:]:
        parts: tuple[object, ...] = (episode, episode.hls, episode.mp4, episode.skips)
        yield from ((part, where | {"episode": episode.key}) for part in parts)
    for torrent in title.torrents:
        meta = torrent.metadata
        parts = (torrent, torrent.quality, meta, *(meta.files[-2:] if meta else ()))
        yield from ((part, where | {"torrent": torrent.id}) for part in parts)


def subjects() -> Iterator[Subject]:
    for title_id in TITLES:
        yield from of_title(told(title_id))
    for day in anilibria.schedule().value:
        yield day, {"day": tags.weekday_anchor(day.weekday)}
    for clip in anilibria.clips().value:
        yield clip, {"clip": clip.id}
    for place, item in enumerate(anilibria.feed(200).value):
        yield item, {"page": place // ITEMS_A_PAGE + 1}
    for stat in anilibria.seed_stats().value:
        yield stat, {"user": stat.user}


def test_every_field_is_shown_where_its_row_says(wire, client):
    assert ROWS
    assert problems(ROWS, list(subjects()), Walker(client), SPOKEN) == []

"""Whole answers of the methods -> domain objects.

A ``ValueError`` is an answer of another shape; the transport makes it an ``UpstreamBadData`` that names the request.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from catalog.domain.titles import CachingNode, Clip, FeedItem, ScheduleDay, SeedStat, Team, Title
from catalog.services.anilibria.titles import DescriptionType, parse_team, parse_title
from catalog.services.anilibria.values import NAME, count, entries, moment, plain, text, weekday, whole, year
from catalog.services.media import link_url
from catalog.services.payload import each, mapping

T = TypeVar("T")

_YOUTUBE_ID = re.compile(r"[\w-]{1,64}", re.ASCII)


def parse_titles(value: Any, *, description: DescriptionType = "plain") -> tuple[Title, ...]:
    """The document's example of ``searchTitles`` is a bare title; servers send arrays."""
    if "code" in mapping(value):
        value = [value]
    return _readable(value, partial(parse_title, description=description))


def parse_schedule(value: Any, *, description: DescriptionType = "plain") -> tuple[ScheduleDay, ...]:
    def parse_day(entry: Any) -> ScheduleDay:
        day = mapping(entry)
        number = weekday(day.get("day"))
        if number is None:
            raise ValueError(f"no weekday: {day.get('day')!r:.40}")
        titles = each(entries(day.get("list")), partial(parse_title, description=description), upstream=NAME)
        return ScheduleDay(weekday=number, titles=titles)

    return _readable(value, parse_day)


def parse_feed(value: Any, *, description: DescriptionType = "plain") -> tuple[FeedItem, ...]:
    def parse_item(entry: Any) -> FeedItem:
        item = mapping(entry)
        if item.get("title"):
            return FeedItem(title=parse_title(item["title"], description=description))
        return FeedItem(clip=_clip(item.get("youtube")))

    return _readable(value, parse_item)


def parse_clips(value: Any) -> tuple[Clip, ...]:
    return _readable(value, _clip)


def parse_years(value: Any) -> tuple[int, ...]:
    """Ascending; years that cannot be (21111 was sent) drop out."""

    def parse_year(entry: Any) -> int:
        if (found := year(entry)) is None:
            raise ValueError("no year")
        return found

    return tuple(sorted(set(_readable(value, parse_year))))


def parse_genres(value: Any) -> tuple[str, ...]:
    """In the order sent, which is what was asked for."""

    def parse_genre(entry: Any) -> str:
        if (found := text(entry)) is None:
            raise ValueError("no genre")
        return found

    return tuple(dict.fromkeys(_readable(value, parse_genre)))


def parse_nodes(value: Any) -> tuple[CachingNode, ...]:
    """An object of names and weights; later versions send the names alone, the least loaded first."""
    names = [] if isinstance(value, dict) else _listed(value)
    weighted = value.items() if isinstance(value, dict) else zip(names, range(len(names), 0, -1), strict=True)

    def parse_node(entry: tuple[Any, Any]) -> CachingNode:
        name, weight = text(entry[0]), whole(entry[1], 0)
        if name is None or weight is None:
            raise ValueError("no name with a weight")
        return CachingNode(name=name, weight=weight)

    return tuple(sorted(_readable(list(weighted), parse_node), key=lambda node: -node.weight))


def parse_everyone(value: Any) -> Team:
    team = mapping(value).get("team")
    if not isinstance(team, dict):
        raise ValueError(f"no team in {value!r:.80}")
    return parse_team(team)


def parse_seed_stats(value: Any) -> tuple[SeedStat, ...]:
    def parse_stat(entry: Any) -> SeedStat:
        stat = mapping(entry)
        user = text(stat.get("user"))
        if user is None:
            raise ValueError("no user")
        return SeedStat(user=user, downloaded=count(stat.get("downloaded")), uploaded=count(stat.get("uploaded")))

    return _readable(value, parse_stat)


def read_error(value: Any) -> tuple[int | None, str]:
    """``{"error": {"code": 412, "message": "…"}}``: its code is the true one where HTTP says 500."""
    error = mapping(mapping(value).get("error"))
    return whole(error.get("code"), 100, 999), text(error.get("message")) or ""


def _clip(value: Any) -> Clip:
    clip = mapping(value)
    clip_id, youtube_id = whole(clip.get("id"), 1), text(clip.get("youtube_id")) or ""
    if clip_id is None or not _YOUTUBE_ID.fullmatch(youtube_id):
        raise ValueError(f"no clip: id {clip.get('id')!r:.40}, youtube_id {youtube_id!r:.40}")
    return Clip(
        id=clip_id,
        name=plain(clip.get("title")) or youtube_id,
        youtube_id=youtube_id,
        image_url=link_url(text(clip.get("image"))),
        published_at=moment(clip.get("timestamp")),
    )


def _readable(value: Any, parse: Callable[[Any], T]) -> tuple[T, ...]:
    """The readable entries; a list in which nothing is readable must not replace a good saved copy."""
    listed = [entry for entry in _listed(value) if entry is not None]
    found = each(listed, parse, upstream=NAME)
    if listed and not found:
        raise ValueError(f"none of {len(listed)} entries can be read")
    return found


def _listed(value: Any) -> list[Any]:
    """The entries of an answer that is a list; PHP words an empty one as ``{}`` at times."""
    listed = entries(value)
    if not listed and value not in ([], {}):
        raise ValueError(f"not a list: {value!r:.80}")
    return listed

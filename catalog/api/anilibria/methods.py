"""The methods of the document: what each asks of the source, and the parameters it knows."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from catalog.api.anilibria import search
from catalog.api.anilibria.documents import (
    clip_document,
    feed_document,
    seed_stat_document,
    team_document,
    timestamp,
    title_document,
)
from catalog.api.anilibria.envelope import ApiError, rejected
from catalog.api.anilibria.parameters import Query, TitleForm
from catalog.api.anilibria.source import TitleSource
from catalog.domain.titles import FeedItem, Title

T = TypeVar("T")

ONGOING = 1
WEEKDAYS = range(7)
ROLES = ("voice", "translator", "editing", "decor", "timing")
SORTABLE = ("downloaded", "uploaded", "user")

_FORM = frozenset({"filter", "remove", "include", "description_type", "playlist_type"})
_PAGE = frozenset({"limit", "after"})
_WINDOW = _PAGE | {"since"}


@dataclass(frozen=True, slots=True)
class Method:
    answer: Callable[[TitleSource, Query], Any]
    parameters: frozenset[str] = frozenset()


def get_title(source: TitleSource, query: Query) -> Any:
    """By id where there is one, else by code."""
    form, title_id, code = TitleForm.asked(query), query.number("id"), query.text("code")
    if title_id is None and code is None:
        raise rejected("Required parameters: id, code")
    for title in source.titles():
        if title.id == title_id or (title_id is None and title.code == code):
            return title_document(title, form, source)
    raise ApiError(404, f'Title "{code if title_id is None else title_id}" not found!')


def get_titles(source: TitleSource, query: Query) -> Any:
    """In the order asked for, ids first; what does not exist is left out."""
    form, ids, codes = TitleForm.asked(query), query.numbers("id_list"), query.words("code_list")
    if not ids and not codes:
        raise rejected("Required parameters: id_list, code_list")
    titles = source.titles()
    by_id, by_code = {title.id: title for title in titles}, {title.code: title for title in titles}
    asked = [*(by_id.get(title_id) for title_id in ids), *(by_code.get(code) for code in codes)]
    found = {title.id: title for title in asked if title is not None}
    return [title_document(title, form, source) for title in found.values()]


def get_updates(source: TitleSource, query: Query) -> Any:
    return _latest(source, query, lambda title: title.updated_at)


def get_changes(source: TitleSource, query: Query) -> Any:
    return _latest(source, query, lambda title: title.changed_at)


def get_schedule(source: TitleSource, query: Query) -> Any:
    """The running shows of every day, or of the days asked for; the selection is for each title."""
    form = TitleForm.asked(query)
    days = query.numbers("days", high=WEEKDAYS[-1]) or WEEKDAYS
    running = [title for title in source.titles() if title.status.code == ONGOING]
    return [
        {
            "day": day,
            "list": [title_document(title, form, source) for title in running if title.season.weekday == day],
        }
        for day in sorted(days)
    ]


def get_random_title(source: TitleSource, query: Query) -> Any:
    form, titles = TitleForm.asked(query), source.titles()
    if not titles:
        raise ApiError(404, "Title not found!")
    return title_document(random.choice(titles), form, source)


def get_youtube(source: TitleSource, query: Query) -> Any:
    selection = query.selection()
    clips = _newest(source.clips(), lambda clip: clip.published_at, query)
    return [selection.apply(clip_document(clip)) for clip in clips]


def get_feed(source: TitleSource, query: Query) -> Any:
    form = TitleForm.asked(query)
    items = [
        *(FeedItem(title=title) for title in source.titles()),
        *(FeedItem(clip=clip) for clip in source.clips()),
    ]
    return [feed_document(item, form, source) for item in _newest(items, _feed_moment, query)]


def get_years(source: TitleSource, query: Query) -> Any:
    return sorted({title.season.year for title in source.titles()} - {None})


def get_genres(source: TitleSource, query: Query) -> Any:
    """By alphabet, or by rating: how often the genre's titles are somebody's favourite."""
    by_rating = query.number("sorting_type", high=1) == 1
    ratings: dict[str, int] = {}
    for title in source.titles():
        for genre in title.genres:
            ratings[genre] = ratings.get(genre, 0) + title.in_favourites
    alphabetical = sorted(ratings, key=lambda genre: genre.casefold().replace("ё", "е"))
    return sorted(alphabetical, key=lambda genre: -ratings[genre]) if by_rating else alphabetical


def get_caching_nodes(source: TitleSource, query: Query) -> Any:
    return {node.name: node.weight for node in source.caching_nodes()}


def get_team(source: TitleSource, query: Query) -> Any:
    return {"team": team_document(source.team())}


def get_seed_stats(source: TitleSource, query: Query) -> Any:
    selection, users = query.selection(), set(query.words("users"))
    field, ascending = query.one_of("sort_by", SORTABLE), query.number("order", high=1) == 1
    stats = [stat for stat in source.seed_stats() if not users or stat.user in users]
    if field:
        stats.sort(key=lambda stat: getattr(stat, field), reverse=not ascending)
    return [selection.apply(seed_stat_document(stat)) for stat in query.window(stats)]


def search_titles(source: TitleSource, query: Query) -> Any:
    """Any of a list's values will do, but every list must be met. An empty ``search`` finds nothing."""
    form = TitleForm.asked(query)
    years, seasons = set(query.numbers("year")), set(query.numbers("season_code"))
    genres = _folded(query.words("genres"))
    people = {role: _folded(query.words(role)) for role in ROLES}
    found: Sequence[Title] = [
        title
        for title in source.titles()
        if (not years or title.season.year in years)
        and (not seasons or title.season.code in seasons)
        and (not genres or genres & _folded(title.genres))
        and all(not names or names & _folded(getattr(title.team, role)) for role, names in people.items())
    ]
    if "search" in query:
        found = search.find(found, query.words("search"))
    else:
        found = _sorted_newest(found, lambda title: title.updated_at)
    return [title_document(title, form, source) for title in query.window(found)]


METHODS = {
    "getTitle": Method(get_title, _FORM | {"id", "code"}),
    "getTitles": Method(get_titles, _FORM | {"id_list", "code_list"}),
    "getUpdates": Method(get_updates, _FORM | _WINDOW),
    "getChanges": Method(get_changes, (_FORM | _WINDOW) - {"playlist_type"}),
    "getSchedule": Method(get_schedule, _FORM | {"days"}),
    "getRandomTitle": Method(get_random_title, _FORM),
    "getYouTube": Method(get_youtube, _WINDOW | {"filter", "remove"}),
    "getFeed": Method(get_feed, _FORM | _WINDOW),
    "getYears": Method(get_years),
    "getGenres": Method(get_genres, frozenset({"sorting_type"})),
    "getCachingNodes": Method(get_caching_nodes),
    "getTeam": Method(get_team),
    "getSeedStats": Method(get_seed_stats, _PAGE | {"users", "filter", "remove", "sort_by", "order"}),
    "searchTitles": Method(search_titles, _FORM | _PAGE | {"search", "year", "season_code", "genres", *ROLES}),
}


def _latest(source: TitleSource, query: Query, moment: Callable[[Title], datetime | None]) -> Any:
    form = TitleForm.asked(query)
    return [title_document(title, form, source) for title in _newest(source.titles(), moment, query)]


def _newest(entries: Sequence[T], moment: Callable[[T], datetime | None], query: Query) -> Sequence[T]:
    """The asked window of the entries after ``since``, the newest first."""
    since = query.number("since")
    newer = [entry for entry in entries if since is None or timestamp(moment(entry)) > since]
    return query.window(_sorted_newest(newer, moment))


def _sorted_newest(entries: Sequence[T], moment: Callable[[T], datetime | None]) -> list[T]:
    return sorted(entries, key=lambda entry: timestamp(moment(entry)), reverse=True)


def _feed_moment(item: FeedItem) -> datetime | None:
    if item.title:
        return item.title.updated_at
    return item.clip.published_at if item.clip else None


def _folded(words: Sequence[str]) -> set[str]:
    return {word.casefold() for word in words}

"""The methods of AniLibria's API v2.8.3, each answering with domain objects.

Every function raises an ``UpstreamError`` where there is neither an answer nor a saved copy. With ``anew`` the saved
copy does not count: what is answered is what the upstream says now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any, Literal, TypeVar, Unpack

from catalog.domain.titles import CachingNode, Clip, FeedItem, ScheduleDay, SeedStat, Team, Title
from catalog.services.anilibria import answers
from catalog.services.anilibria.fields import CARD_FIELDS, PlaylistType, Shape, playlist_param, shape_params, unordered
from catalog.services.anilibria.subjects import subjects_of
from catalog.services.anilibria.titles import DescriptionType, parse_title
from catalog.services.anilibria.values import NAME
from catalog.services.answer import Answer
from catalog.services.transport import Upstream, get

ANILIBRIA = Upstream(NAME, "ANILIBRIA_URL", read_error=answers.read_error, subjects=subjects_of)

T = TypeVar("T")
Titles = Answer[tuple[Title, ...]]
Moment = datetime | int
Params = Mapping[str, str | int | None]

ANEW = f"{NAME}.anew"  # an endpoint without a lifetime: the upstream itself is asked each time, and nothing is kept

# getFeed filters titles and clips by one list of paths; a server may as well apply it to the item around them.
CLIP_FIELDS = ("image", "timestamp", "title", "youtube", "youtube_id")


def title(id_or_code: int | str, *, playlist: PlaylistType = "object", **shape: Unpack[Shape]) -> Answer[Title]:
    """getTitle by id (a number) or code (text): everything with torrent metadata, unless ``shape`` says otherwise."""
    wanted: Shape = {"fields": None, "include": ("torrent_meta",), **shape}
    key = "id" if isinstance(id_or_code, int) else "code"
    parse = partial(parse_title, description=wanted.get("description", "plain"))
    return _get("getTitle", {key: id_or_code, **shape_params(**wanted), **playlist_param(playlist)}, parse)


def titles(
    *,
    ids: Iterable[int] = (),
    codes: Iterable[str] = (),
    playlist: PlaylistType = "object",
    anew: bool = False,
    **shape: Unpack[Shape],
) -> Titles:
    """getTitles by ids or by codes, in the order asked for; what the upstream does not know is missing."""
    ids, codes = list(ids), list(codes)
    if not ids and not codes:
        return Answer((), datetime.now(UTC))
    params = {"id_list": unordered(ids), "code_list": unordered(codes), **playlist_param(playlist)}
    places = {key: place for place, key in enumerate([*ids, *codes])}
    answer = _title_list("getTitles", params, shape, anew=anew)
    return answer.map(
        lambda found: tuple(sorted(found, key=lambda title: places.get(title.id, places.get(title.code, len(places)))))
    )


def updates(
    limit: int = 5,
    after: int = 0,
    since: Moment | None = None,
    *,
    playlist: PlaylistType = "object",
    anew: bool = False,
    **shape: Unpack[Shape],
) -> Titles:
    """getUpdates: titles by the time of their latest release."""
    params = {**_window(limit, after, since), **playlist_param(playlist)}
    return _title_list("getUpdates", params, shape, anew=anew)


def changes(
    limit: int = 5, after: int = 0, since: Moment | None = None, *, anew: bool = False, **shape: Unpack[Shape]
) -> Titles:
    """getChanges: titles by the time of their latest edit; the one method that knows no ``playlist_type``."""
    return _title_list("getChanges", _window(limit, after, since), shape, anew=anew)


def schedule(
    days: Iterable[int] | None = None, *, playlist: PlaylistType = "object", **shape: Unpack[Shape]
) -> Answer[tuple[ScheduleDay, ...]]:
    """getSchedule: all weekdays, or those in ``days`` (0 Monday)."""
    params = {"days": unordered(days or ()), **shape_params(**shape), **playlist_param(playlist)}
    return _get("getSchedule", params, partial(answers.parse_schedule, description=_description(shape)))


def random_title(*, playlist: PlaylistType = "object", **shape: Unpack[Shape]) -> Answer[Title]:
    """getRandomTitle: another one at every call."""
    parse = partial(parse_title, description=_description(shape))
    return _get("getRandomTitle", {**shape_params(**shape), **playlist_param(playlist)}, parse)


def clips(limit: int = 5, after: int = 0, since: Moment | None = None) -> Answer[tuple[Clip, ...]]:
    """getYouTube: the team's clips, the newest first."""
    return _get("getYouTube", _window(limit, after, since), answers.parse_clips)


def feed(
    limit: int = 5,
    after: int = 0,
    since: Moment | None = None,
    *,
    playlist: PlaylistType = "object",
    **shape: Unpack[Shape],
) -> Answer[tuple[FeedItem, ...]]:
    """getFeed: updated titles and clips in one list, the newest first."""
    fields = shape.get("fields", CARD_FIELDS)
    wanted: Shape = {**shape, "fields": None if fields is None else (*fields, *CLIP_FIELDS)}
    params = {**_window(limit, after, since), **shape_params(**wanted), **playlist_param(playlist)}
    return _get("getFeed", params, partial(answers.parse_feed, description=_description(shape)))


def years() -> Answer[tuple[int, ...]]:
    """getYears: ascending."""
    return _get("getYears", {}, answers.parse_years)


def genres(*, by_rating: bool = False) -> Answer[tuple[str, ...]]:
    """getGenres: by alphabet or by rating."""
    return _get("getGenres", {"sorting_type": 1 if by_rating else None}, answers.parse_genres)


def caching_nodes() -> Answer[tuple[CachingNode, ...]]:
    """getCachingNodes: the preferred first."""
    return _get("getCachingNodes", {}, answers.parse_nodes)


def team() -> Answer[Team]:
    """getTeam: everyone who ever worked on a title."""
    return _get("getTeam", {}, answers.parse_everyone)


def seed_stats(
    users: Iterable[str] = (),
    sort_by: Literal["downloaded", "uploaded", "user"] | None = None,
    ascending: bool | None = None,
    limit: int = 5,
    after: int = 0,
) -> Answer[tuple[SeedStat, ...]]:
    """getSeedStats: what the tracker's users gave and took."""
    order = None if ascending is None else int(ascending)
    params = {"users": unordered(users), "sort_by": sort_by, "order": order, **_window(limit, after)}
    return _get("getSeedStats", params, answers.parse_seed_stats)


def search(
    text: str = "",
    *,
    years: Iterable[int] = (),
    seasons: Iterable[int] = (),
    genres: Iterable[str] = (),
    voice: Iterable[str] = (),
    translator: Iterable[str] = (),
    editing: Iterable[str] = (),
    decor: Iterable[str] = (),
    timing: Iterable[str] = (),
    limit: int = 5,
    after: int = 0,
    playlist: PlaylistType = "object",
    **shape: Unpack[Shape],
) -> Titles:
    """searchTitles; with nothing to search for, the latest updates, because the upstream finds nothing then."""
    asked = {
        "search": " ".join(text.split()) or None,
        "year": unordered(years),
        "season_code": unordered(seasons),
        "genres": unordered(genres),
        "voice": unordered(voice),
        "translator": unordered(translator),
        "editing": unordered(editing),
        "decor": unordered(decor),
        "timing": unordered(timing),
    }
    if not any(asked.values()):
        return updates(limit, after, playlist=playlist, **shape)
    return _title_list("searchTitles", {**asked, **_window(limit, after), **playlist_param(playlist)}, shape)


def _title_list(method: str, params: Params, shape: Shape, *, anew: bool = False) -> Titles:
    parse = partial(answers.parse_titles, description=_description(shape))
    return _get(method, {**params, **shape_params(**shape)}, parse, anew=anew)


def _description(shape: Shape) -> DescriptionType:
    return shape.get("description", "plain")


def _window(limit: int, after: int, since: Moment | None = None) -> dict[str, int | None]:
    """``after`` skips that many; ``since`` leaves out what is not newer."""
    moment = int(since.timestamp()) if isinstance(since, datetime) else since
    return {"limit": limit, "after": after or None, "since": moment}


def _get(method: str, params: Params, parse: Callable[[Any], T], *, anew: bool = False) -> Answer[T]:
    return get(ANILIBRIA, f"/{method}", params, endpoint=ANEW if anew else f"{NAME}.{method}", parse=parse)

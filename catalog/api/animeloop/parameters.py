"""Query parameters as the server reads them: leniently, but wrong ones are refused in its own words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

from catalog.api.animeloop.envelope import Crash, Refusal
from catalog.api.animeloop.source import (
    Between,
    CollectionQuery,
    EpisodeQuery,
    LoopQuery,
    SeriesQuery,
    TagQuery,
)

T = TypeVar("T")

DEFAULT_LIMIT = 30
MAX_LIMIT = 100

# Numbers are read as JavaScript's parseInt and parseFloat read them: a numeric beginning is enough.
_WHOLE = re.compile(r"\s*([+-]?[0-9]{1,15})")
_NUMBER = re.compile(r"\s*([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)")
_OBJECT_ID = re.compile(r"[0-9a-f]{24}", re.IGNORECASE)

NOT_AN_OBJECT_ID = "query parameter [{}] was not correct, please provide a 24 length MongoDB ObjectId string."
NOT_AN_INTEGER = "query parameter [{}] parse failed, please provide an integer number."
NOT_A_COLLECTION = "query parameter [{}] was not correct, please provide a integer number."
NOT_A_DURATION = "please provide correct [{}] query param."
NOT_A_CONFIDENCE = "query parameter [{}] parse failed, please provide two float numbers split by ','."
NOT_A_SEASON = "query parameter [{}] parse failed, please provide an YYYY-M date string."
NOT_A_WORD = "query parameter [{}] was not correct, please provide a keyword."
NOT_ONE_OF = "please provide exactly one of the query parameters [id], [name] and [userid]."


def sole_id(given: Mapping[str, str]) -> str | None:
    """The id of the one thing that is asked for: ``id`` counts only where nothing else is given."""
    return object_id(given, "id") if len(given) == 1 else None


def object_id(given: Mapping[str, str], name: str) -> str | None:
    value = given.get(name)
    if not value:
        return None
    if len(value) != 24:
        raise Refusal(NOT_AN_OBJECT_ID.format(name))
    if _OBJECT_ID.fullmatch(value) is None:
        raise Crash
    return value.lower()


def flag(given: Mapping[str, str], name: str, *, default: bool = False) -> bool:
    value = given.get(name)
    return value == "true" if value else default


def page_of(given: Mapping[str, str], entries: Sequence[T]) -> Sequence[T]:
    """The slice that ``page`` and ``limit`` ask for."""
    limit = limit_of(given)
    page = max(1, whole(given, "page") or 1)
    return entries[(page - 1) * limit : page * limit]


def limit_of(given: Mapping[str, str]) -> int:
    """The sign does not matter, as it does not to MongoDB; 0 means the default."""
    return min(abs(whole(given, "limit") or DEFAULT_LIMIT), MAX_LIMIT)


def whole(given: Mapping[str, str], name: str, refusal: str = NOT_AN_INTEGER) -> int | None:
    value = given.get(name)
    if not value:
        return None
    match = _WHOLE.match(value)
    if match is None:
        raise Refusal(refusal.format(name))
    return int(match[1])


def interval(given: Mapping[str, str], name: str, refusal: str) -> Between | None:
    """Exactly two numbers, the lower one first; what is not a number does not count."""
    value = given.get(name)
    if not value:
        return None
    numbers = [float(match[1]) for part in value.split(",") if (match := _NUMBER.match(part))]
    if len(numbers) != 2 or numbers[0] > numbers[1]:
        raise Refusal(refusal.format(name))
    return Between(*numbers)


def loop_query(given: Mapping[str, str]) -> LoopQuery:
    return LoopQuery(
        series_id=object_id(given, "seriesid"),
        episode_id=object_id(given, "episodeid"),
        duration=interval(given, "duration", NOT_A_DURATION),
        source=given.get("source_from") or None,
        collection_id=whole(given, "collectionid", NOT_A_COLLECTION),
    )


def episode_query(given: Mapping[str, str]) -> EpisodeQuery:
    return EpisodeQuery(series_id=object_id(given, "seriesid"), number=given.get("no") or None)


def series_query(given: Mapping[str, str], words: tuple[str, ...] = ()) -> SeriesQuery:
    return SeriesQuery(type=given.get("type") or None, season=_season(given), words=words)


def search_words(given: Mapping[str, str]) -> tuple[str, ...]:
    words = tuple(given.get("value", "").split())
    if not words:
        raise Refusal(NOT_A_WORD.format("value"))
    return words


def tag_query(given: Mapping[str, str]) -> TagQuery:
    return TagQuery(
        loop_id=object_id(given, "loopid"),
        type=given.get("type") or None,
        source=given.get("source") or None,
        confidence=interval(given, "confidence", NOT_A_CONFIDENCE),
    )


def collection_query(given: Mapping[str, str]) -> CollectionQuery:
    if len(given) != 1 or not any(given.get(name) for name in ("id", "name", "userid")):
        raise Refusal(NOT_ONE_OF)
    return CollectionQuery(
        id=whole(given, "id", NOT_AN_INTEGER.format("cid")),
        name=given.get("name") or None,
        user_id=whole(given, "userid"),
    )


def _season(given: Mapping[str, str]) -> tuple[int, int] | None:
    value = given.get("season")
    if not value:
        return None
    matches = [_WHOLE.match(part) for part in value.split("-")]
    if len(matches) != 2 or None in matches:
        raise Refusal(NOT_A_SEASON.format("season"))
    year, month = (int(match[1]) for match in matches if match)
    return year, month

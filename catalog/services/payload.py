"""Reading decoded JSON without trusting it: what is missing or of another kind is ``None``."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from catalog.services.errors import UpstreamBadData

T = TypeVar("T")

UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, IndexError, UpstreamBadData)

logger = logging.getLogger(__name__)


def text(value: Any) -> str | None:
    """A non-empty string, verbatim but for lone surrogates (UTF-8 has none) and NUL (PostgreSQL has none)."""
    if isinstance(value, str) and value:
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\0", "")
    return str(value) if _is_number(value) else None


def whole(value: Any) -> int | None:
    """An integer, also when sent as "13" or 13.0."""
    if isinstance(value, str):
        try:
            return int(value)
        except ValueError:
            return None
    return int(value) if _is_number(value) and math.isfinite(value) and value == int(value) else None


def number(value: Any) -> float | None:
    """A finite number, also when sent as text."""
    try:
        parsed = float(value) if isinstance(value, str) or _is_number(value) else math.nan
    except (ValueError, OverflowError):
        return None
    return parsed if math.isfinite(parsed) else None


def moment(value: Any) -> datetime | None:
    """An ISO 8601 moment in UTC; one without a zone is taken to be in UTC."""
    try:
        parsed = datetime.fromisoformat(value)
        return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        return None


def mapping(value: Any) -> Mapping[str, Any]:
    """``value`` if it is a JSON object, else an empty one: PHP sends ``[]`` for an empty object."""
    return value if isinstance(value, dict) else {}


def texts(value: Any) -> tuple[str, ...]:
    """The readable strings of a JSON array."""
    entries = value if isinstance(value, list) else []
    return tuple(entry for entry in map(text, entries) if entry is not None)


def each(entries: Any, parse: Callable[[Any], T], *, upstream: str) -> tuple[T, ...]:
    """The entries that ``parse`` can read; one bad entry drops itself, with a log line, and never fails its list."""
    if not isinstance(entries, list):
        raise TypeError(f"expected a list, got {type(entries).__name__}")
    parsed = []
    for entry in entries:
        try:
            parsed.append(parse(entry))
        except UNREADABLE as exc:
            logger.warning("%s: dropped an entry that cannot be read (%r): %.200r", upstream, exc, entry)
    return tuple(parsed)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)

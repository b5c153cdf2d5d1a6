"""What loops can be filtered by, and the files that each of them has."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from catalog.domain.loops import LOOP_FILE_KEYS
from catalog.services.errors import UpstreamNotFound, UpstreamRejected

NAME = "animeloop"

_OBJECT_ID = re.compile(r"[0-9a-f]{24}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopFilter:
    """``duration`` in seconds, both bounds exclusive; ``source`` is "automator" or "upload".

    ``favourites``: the slug of a curators' collection, of which the upstream knows nothing.
    """

    series: str | None = None
    episode: str | None = None
    collection: int | None = None
    duration: tuple[float, float] | None = None
    source: str | None = None
    favourites: str | None = None

    def params(self) -> dict[str, str | int | None]:
        """The document's query keys; what the upstream would refuse is an ``UpstreamRejected`` without asking it."""
        return {
            "seriesid": _filter_id("seriesid", self.series),
            "episodeid": _filter_id("episodeid", self.episode),
            "collectionid": self.collection,
            "duration": _interval(self.duration),
            "source_from": self.source,
        }


def known_id(value: str, kind: str) -> str:
    """``value`` as the upstream spells ids; what cannot be an id names nothing: ``UpstreamNotFound``."""
    if not is_object_id(value):
        raise UpstreamNotFound(NAME, f"{kind} {value}", "an id is 24 hexadecimal digits")
    return value.lower()


def is_object_id(value: str) -> bool:
    return _OBJECT_ID.fullmatch(value) is not None


def file_key(size: str, type: str) -> str:
    """The document's name of a loop file, such as ``mp4_720p``."""
    key = f"{type}_{size}"
    if key not in LOOP_FILE_KEYS:
        raise UpstreamNotFound(NAME, f"loop-{size}.{type}", "loops have no such file")
    return key


def _filter_id(key: str, value: str | None) -> str | None:
    if value is None:
        return None
    if not is_object_id(value):
        raise UpstreamRejected(NAME, f"{key}={value}", "an id is 24 hexadecimal digits", code=400)
    return value.lower()


def _interval(bounds: tuple[float, float] | None) -> str | None:
    if bounds is None:
        return None
    low, high = map(float, bounds)
    if not (0 <= low <= high and math.isfinite(high)):
        raise UpstreamRejected(NAME, f"duration={low},{high}", "two lengths in seconds, the shorter first", code=400)
    return f"{low},{high}"

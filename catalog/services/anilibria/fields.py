"""Which parts of a title an answer carries: the parameters that every method about titles shares."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypedDict

from catalog.services.anilibria.titles import DescriptionType

Include = Literal["raw_poster", "raw_torrent", "torrent_meta"]
PlaylistType = Literal["object", "array"]

# What cards and the schedule show. ``posters`` is what later servers call ``poster``.
CARD_FIELDS = (
    "announce", "blocked", "code", "genres", "id", "in_favorites", "last_change", "names", "player.series",
    "poster", "posters", "season", "status", "type", "updated",
)  # fmt: skip
INDISPENSABLE = ("code", "id")


class Shape(TypedDict, total=False):
    """``fields`` and ``remove`` are paths such as ``team.voice[0]`` or ``torrents.list[*].torrent_id``.

    ``fields=None`` asks for everything; id and code always come along.
    """

    fields: tuple[str, ...] | None
    remove: tuple[str, ...]
    include: tuple[Include, ...]
    description: DescriptionType


def shape_params(
    *,
    fields: tuple[str, ...] | None = CARD_FIELDS,
    remove: tuple[str, ...] = (),
    include: tuple[Include, ...] = (),
    description: DescriptionType = "plain",
) -> dict[str, str | None]:
    """The same request is always the same address: sorted lists, no parameter that equals the document's default."""
    return {
        "filter": None if fields is None else unordered((*fields, *INDISPENSABLE)),
        "remove": unordered(path for path in remove if path not in INDISPENSABLE),
        "include": unordered(include),
        "description_type": None if description == "plain" else description,
    }


def playlist_param(playlist: PlaylistType) -> dict[str, str | None]:
    return {"playlist_type": None if playlist == "object" else playlist}


def unordered(values: Iterable[str | int]) -> str | None:
    """A comma-separated list whose order means nothing; an empty one is no parameter."""
    return ",".join(sorted({str(value).strip() for value in values} - {""})) or None

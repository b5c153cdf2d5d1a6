"""What AniLibria's answers are about, so that its live notices can say which of them changed."""

from __future__ import annotations

from collections.abc import Mapping

from catalog.services.anilibria.values import NAME

LISTS = f"{NAME} lists"  # what any change of a title may change
LISTING = frozenset({"/getTitles", "/getUpdates", "/getChanges", "/getSchedule", "/getFeed"})


def subject_of_title(id_or_code: int | str) -> str:
    return f"{NAME} title {id_or_code}"


def subjects_of(path: str, params: Mapping[str, str]) -> tuple[str, ...]:
    if path == "/getTitle":
        return (subject_of_title(params.get("id") or params.get("code", "")),)
    return (LISTS,) if path in LISTING else ()

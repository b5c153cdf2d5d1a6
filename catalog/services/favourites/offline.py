"""What pasted text means as far as this site knows by itself, for many lines at once: nobody is asked."""

from __future__ import annotations

from catalog.models import LoopRow, SeriesRow, TitleRow
from catalog.services.favourites.adding import NotUnderstood
from catalog.services.favourites.subjects import Subject, by_final_name, read, title_key


class NotKnownHere(LookupError):
    """Only its source could tell what is meant."""


def known(text: str, kind: str = "") -> Subject:
    """The only thing it can be, else the first of those in an index. Raises NotUnderstood or NotKnownHere."""
    candidates = read(text, kind)
    if not candidates:
        raise NotUnderstood(text)
    sure = by_final_name(candidates[0]) if len(candidates) == 1 else None
    found = sure or next((held for one in candidates if (held := _held(one))), None)
    if found is None:
        raise NotKnownHere(text)
    return found


def _held(subject: Subject) -> Subject | None:
    match subject.kind, title_key(subject.name):
        case "title", key:
            named = {"pk": key} if isinstance(key, int) else {"code": key}
            pk = TitleRow.objects.filter(**named).values_list("pk", flat=True).first()
            return None if pk is None else Subject("title", str(pk))
        case "loop", _:
            return subject if LoopRow.objects.filter(pk=subject.name).exists() else None
        case "series", _:
            return subject if SeriesRow.objects.filter(pk=subject.name).exists() else None
    return None

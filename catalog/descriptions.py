"""A title's description, ready for a page: the story and the view order apart, in safe HTML and as plain text."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from itertools import groupby

import nh3
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

TAGS = {"a", "b", "br", "em", "i", "p", "strong", "u"}
EMPTY = SafeString("")

_LINE_END = re.compile(r"<br\s*/?>\s*\n?|</?p>|\n")
_OWN_PAGE = re.compile(r"(?:https?://(?:www\.)?anilibria\.[a-z]+)?/release/([^/?#\\%]+)\.html")
_ABSOLUTE = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Description:
    story: SafeString = EMPTY
    view_order: SafeString = EMPTY
    plain: str = ""


def described(markup: str | None, without_order: str | None) -> Description:
    """``without_order``: the same text without the order to watch in; ``None`` where nobody could say."""
    clean = nh3.clean(markup or "", tags=TAGS, attributes={"a": {"href"}}, attribute_filter=_link)
    lines = [nh3.clean(line.strip(), tags=TAGS) for line in _LINE_END.split(clean)]
    known = None if without_order is None else _folded(without_order)
    story = [line for line in lines if known is None or _folded(_plain(line)) in known]
    order = [line for line in lines if line and known is not None and _folded(_plain(line)) not in known]
    return Description(_paragraphs(story), _paragraphs(order), " ".join(filter(None, map(_plain, story))))


def _link(tag: str, name: str, value: str) -> str | None:
    """Their pages of titles are pages of ours; other links stay where they say where they lead."""
    if own := _OWN_PAGE.fullmatch(value):
        return reverse("catalog:title", args=[own[1]])
    return value if _ABSOLUTE.match(value) else None


def _plain(line: str) -> str:
    return " ".join(html.unescape(nh3.clean(line, tags=set())).split())


def _folded(text: str) -> str:
    return "".join(text.split()).casefold()


def _paragraphs(lines: list[str]) -> SafeString:
    """Empty lines part paragraphs."""
    groups = (list(group) for filled, group in groupby(lines, key=bool) if filled)
    return mark_safe("".join(f"<p>{'<br>'.join(group)}</p>" for group in groups))  # noqa: S308 # each line was cleaned

"""Addresses of the sources, pasted where titles are searched: what they are of is here too."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.services.pasted import found

KINDS = {
    "title": _("Title"),
    "loop": _("Loop"),
    "series": _("Series"),
    "video": _("Video"),
    "video_account": _("Account"),
    "video_tag": _("Hashtag"),
}
SIGNS = {"video_account": "@", "video_tag": "#"}


@dataclass(frozen=True, slots=True)
class Pasted:
    """Where on this site it is; ``kind`` is a word for what it is, ``name`` what the address calls it."""

    url: str
    kind: str | Promise
    name: str


def pasted(text: str) -> Pasted | None:
    """What is at the address ``text``, with or without its scheme; None for what is no address of a source."""
    for one in found(text):
        try:
            url = reverse(f"catalog:{one.kind}", args=[one.name])
        except NoReverseMatch:
            continue
        return Pasted(url, KINDS[one.kind], SIGNS.get(one.kind, "") + one.name)
    return None

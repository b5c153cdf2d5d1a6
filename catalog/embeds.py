"""What a widget shows of a loop, in the words of its page and of its script."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b, sha256
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from catalog.domain.loops import Loop
from catalog.domain.widgets import AUTO, WidgetOptions
from catalog.templatetags.loops import names, timecode

SIZES = ("360p", "720p", "1080p")
WIDEST = {"360p": 480, "720p": 1280}  # CSS pixels of a frame that a file of the size is enough for


@dataclass(frozen=True, slots=True)
class Source:
    """One file of the film; ``media`` is when to take it."""

    url: str
    media: str


@dataclass(frozen=True, slots=True)
class Picture:
    """One loop, or none, as a widget with these options shows it."""

    loop: Loop | None
    options: WidgetOptions

    @property
    def files(self) -> dict[str, str]:
        """Our own addresses of the loop's files: nobody else hears of the reader, and what was shown once stays."""
        loop = self.loop
        return (
            {file.key: reverse("loop_file", args=[loop.id, file.size, file.type]) for file in loop.files}
            if loop
            else {}
        )

    @property
    def name(self) -> str:
        return names(self.loop.series)[0].text if self.loop and self.loop.series else ""

    @property
    def name_lang(self) -> str:
        return names(self.loop.series)[0].lang if self.loop and self.loop.series else ""

    @property
    def place(self) -> str:
        """Which episode, and where in it: "13, 00:22:47"."""
        if self.loop is None:
            return ""
        number = self.loop.episode.number if self.loop.episode else None
        begin = timecode(self.loop.begin).partition(".")[0] if self.loop.begin is not None else None
        return ", ".join(filter(None, (number, begin)))

    @property
    def words(self) -> str:
        """What there is to see."""
        if self.loop is None:
            return gettext("No loop just now")
        if not self.name:
            return gettext("Anime loop")
        number = self.loop.episode.number if self.loop.episode else None
        if number:
            return gettext("%(series)s, loop from episode %(number)s") % {"series": self.name, "number": number}
        return gettext("%(series)s, loop") % {"series": self.name}

    @property
    def page(self) -> str:
        """Where the caption leads; "" for nowhere."""
        if self.loop is None or self.options.link == "none":
            return ""
        if self.options.link == "series" and self.loop.series_id:
            return reverse("catalog:series", args=[self.loop.series_id])
        return reverse("catalog:loop", args=[self.loop.id])

    @property
    def sources(self) -> list[Source]:
        """Files of the film in the order in which a browser is to consider them."""
        sizes = [size for size in _sizes(self.options.size) if self._film(size)]
        if self.options.size != AUTO:
            return [Source(self._film(size), "") for size in sizes[:1]]
        *smaller, largest = sizes or [""]
        chosen = [Source(self._film(size), f"(max-width:{WIDEST[size]}px)") for size in smaller]
        return [*chosen, Source(self._film(largest), "")] if largest else []

    @property
    def largest(self) -> str:
        return self.sources[-1].url if self.sources else ""

    @property
    def still(self) -> str:
        """The picture that is there first; for a loop without any, and for no loop, the drawn one."""
        wanted = "360p" if self.options.size == AUTO else self.options.size
        keys = (f"{kind}_{size}" for kind in ("jpg", "gif") for size in _sizes(wanted))
        return next((self.files[key] for key in keys if key in self.files), reverse("embed_still"))

    def _film(self, size: str) -> str:
        return self.files.get(f"mp4_{size}", "")


def answer(request: HttpRequest, picture: Picture, *, more: bool) -> dict[str, Any]:
    """For the script: the loop with its files under the document's names, our words, and how to show it."""
    loop, options = picture.loop, picture.options
    return {
        "id": loop.id if loop else None,
        "duration": loop.duration if loop else None,
        "files": {key: request.build_absolute_uri(path) for key, path in picture.files.items()},
        "name": picture.name,
        "lang": picture.name_lang,
        "place": picture.place,
        "words": picture.words,
        "page": request.build_absolute_uri(picture.page) if picture.page else None,
        "still": request.build_absolute_uri(reverse("embed_still")),
        "site": {"name": settings.SITE_NAME, "url": request.build_absolute_uri(reverse("catalog:home"))},
        "more": more,
        "options": {name: getattr(options, name) for name in options.__slots__},
        "labels": labels(),
    }


def labels() -> dict[str, str]:
    return {
        "another": gettext("Another loop"),
        "play": gettext("Play"),
        "pause": gettext("Pause"),
    }


@cache
def style() -> str:
    """The widget's style sheet, to be put into its page and its script."""
    return (settings.BASE_DIR / "static" / "css" / "embed.css").read_text().strip()


@cache
def style_source() -> str:
    return f"'sha256-{base64.b64encode(sha256(style().encode()).digest()).decode()}'"


@cache
def script() -> str:
    """The whole of it, style included: nothing else is to be fetched."""
    text = (settings.BASE_DIR / "static" / "js" / "widget.js").read_text()
    return text.replace("/* embed.css */", style().replace("\\", "\\\\").replace("`", "\\`"))


@cache
def script_version() -> str:
    return blake2b(script().encode(), digest_size=6).hexdigest()


def policy(ancestors: Iterable[str]) -> str:
    """A widget's own Content-Security-Policy: nothing from elsewhere; ``ancestors`` may have it in their pages."""
    directives = {
        "default-src": ["'none'"],
        "img-src": ["'self'"],
        "media-src": ["'self'"],
        "connect-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": [style_source()],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "frame-ancestors": list(ancestors),
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


def _sizes(wanted: str) -> list[str]:
    """The size itself, then smaller ones from the largest, then larger ones; all of them in order for ``auto``."""
    if wanted == AUTO:
        return list(SIZES)
    place = SIZES.index(wanted)
    return [*reversed(SIZES[: place + 1]), *SIZES[place + 1 :]]

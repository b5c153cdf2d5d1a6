"""How a widget may look and behave."""

from __future__ import annotations

from dataclasses import dataclass

AUTO = "auto"
SIZES = (AUTO, "360p", "720p", "1080p")
THEMES = ("dark", "light", "system")
FITS = ("cover", "contain")
LINKS = ("loop", "series", "none")
NEVER, SHORTEST_REFRESH, LONGEST_REFRESH = 0, 5, 3600  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class WidgetOptions:
    """``size``: of the files, ``auto`` by the frame's width; ``refresh``: seconds, 0 is never; ``link``: where the
    caption leads.
    """

    size: str = AUTO
    theme: str = THEMES[0]
    fit: str = FITS[0]
    controls: bool = True
    caption: bool = True
    refresh: int = NEVER
    link: str = LINKS[0]

"""The query string of a random file."""

from __future__ import annotations

from catalog.forms.embed import EmbedForm


class LoopFileForm(EmbedForm):
    """Which loops, and with ``seed`` always the same one of them; how a widget looks is nothing to a file."""

    DEFAULTS = {}

    loop = size = theme = fit = controls = caption = refresh = link = lang = None  # type: ignore[assignment]

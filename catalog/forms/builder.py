"""The query string of the widget builder: a widget's own, and what the code around it says."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog.forms.embed import EmbedForm

FRAMES = {"640": (640, 360), "320": (320, 180), "fluid": (640, 360)}
FILTERS = ("series", "episode", "duration", "source", "collection", "favourites")


class BuilderForm(EmbedForm):
    """``frame``: how large the code makes the widget; ``picture``: which plain picture stands in where no frame may."""

    DEFAULTS = EmbedForm.DEFAULTS | {"frame": "640", "picture": "gif"}

    frame = forms.ChoiceField(
        label=_("Size"),
        choices=[("320", "320 × 180"), ("640", "640 × 360"), ("fluid", _("Fluid"))],
        widget=forms.RadioSelect,
        required=False,
        initial="640",
    )
    picture = forms.ChoiceField(
        label=_("Plain picture"),
        choices=[("gif", _("GIF, moves")), ("jpg", _("JPEG, still"))],
        widget=forms.RadioSelect,
        required=False,
        initial="gif",
    )

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query)
        self.fields["lang"].initial = get_language()

    @property
    def widget_query(self) -> str:
        """What the widget's address says."""
        return self.query(frame=None, picture=None)

    @property
    def file_query(self) -> str:
        """What the address of a random file says."""
        return self._only(*FILTERS, "seed")

    @property
    def wall_query(self) -> str:
        return self._only(*FILTERS)

    @property
    def size_of_frame(self) -> tuple[int, int]:
        return FRAMES[self.values["frame"]]

    def _only(self, *names: str) -> str:
        others: dict[str, Any] = {name: None for name in self.fields if name not in names}
        return self.query(**others)

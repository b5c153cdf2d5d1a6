"""Which title each series of loops is: found by its names, corrected by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from catalog import links
from catalog.models import SeriesRow
from catalog.services import loop_index

if TYPE_CHECKING:
    Base = admin.ModelAdmin[SeriesRow]
else:
    Base = admin.ModelAdmin

OURS = ["title", "title_is_chosen"]
THEIRS = [
    "id",
    "name",
    "name_romaji",
    "name_english",
    "name_japanese",
    "type",
    "season",
    "total_episodes",
    "anilist_id",
]


@admin.register(SeriesRow)
class SeriesRowAdmin(Base):
    """What the upstream says of a series is not a curator's to change; its title is."""

    list_display = ["name_romaji", "name", "season", "loops_held", "title_link", "title_is_chosen"]
    list_filter = ["title_is_chosen", ("title", admin.EmptyFieldListFilter), "type"]
    list_select_related = ["title"]
    search_fields = ["=id", "name", "name_romaji", "name_english", "name_japanese"]
    ordering = ["name_romaji", "id"]
    raw_id_fields = ["title"]
    fields = [*OURS, *THEIRS]
    readonly_fields = THEIRS
    actions = ["find_again"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: SeriesRow | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[SeriesRow]:
        return super().get_queryset(request).annotate(held=Count("loops"))

    @admin.display(description=_("loops"), ordering="held")
    def loops_held(self, series: Any) -> int:
        return int(series.held)

    @admin.display(description=_("title on this site"), ordering="title_id")
    def title_link(self, series: SeriesRow) -> str | SafeString:
        title = loop_index.title_of(series.id)
        if title is None:
            return str(series.title_id or "")
        return format_html('<a href="{}">{}</a>', links.title_url(title), title.name)

    def save_model(self, request: HttpRequest, obj: SeriesRow, form: Any, change: bool) -> None:
        """Whoever names another title has chosen it; whoever gives the choice up lets it be found again."""
        if "title" in form.changed_data:
            obj.title_is_chosen = True
        super().save_model(request, obj, form, change)
        if not obj.title_is_chosen:
            transaction.on_commit(_found_again)

    @admin.action(description=_("Find their titles by their names again"), permissions=["change"])
    def find_again(self, request: HttpRequest, chosen: QuerySet[SeriesRow]) -> None:
        count = SeriesRow.objects.filter(pk__in=[series.pk for series in chosen]).update(title_is_chosen=False)
        transaction.on_commit(_found_again)
        done = ngettext("The title of %d series is found anew.", "The titles of %d series are found anew.", count)
        self.message_user(request, done % count)


def _found_again() -> None:
    loop_index.match(anew=True)

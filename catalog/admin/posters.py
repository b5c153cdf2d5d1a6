"""The stored posters, and why one is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from catalog.models import StoredPoster
from catalog.services import posters
from catalog.services.posters import Stored

if TYPE_CHECKING:
    Base = admin.ModelAdmin[StoredPoster]
else:
    Base = admin.ModelAdmin

THUMBNAIL_WIDTH = 60


class IsStored(admin.SimpleListFilter):
    title = _("stored")
    parameter_name = "stored"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [("yes", gettext("Yes")), ("no", gettext("Not yet")), ("failed", gettext("Failed"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[StoredPoster]) -> QuerySet[StoredPoster]:
        choices = {
            "yes": queryset.exclude(digest=""),
            "no": queryset.filter(digest=""),
            "failed": queryset.filter(attempts__gt=0),
        }
        return choices.get(self.value() or "", queryset)


@admin.register(StoredPoster)
class StoredPosterAdmin(Base):
    """Derived from the upstreams: nothing in it is a curator's to change."""

    list_display = ["picture", "kind", "subject", "reason", "attempts", "next_try_at", "size", "stored_at"]
    list_display_links = ["picture", "subject"]
    list_filter = [IsStored, "kind"]
    search_fields = ["=subject", "source_url", "reason"]
    ordering = ["-attempts", "rank", "pk"]
    actions = ["fetch_again"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: StoredPoster | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: StoredPoster | None = None) -> bool:
        return False

    @admin.display(description=_("picture"))
    def picture(self, row: StoredPoster) -> str:
        if not row.digest:
            return "—"
        stored = Stored(row.digest, row.width, row.height, row.colour)
        height = stored.height_at(THUMBNAIL_WIDTH)
        return format_html(
            '<img src="{}" width="{}" height="{}" alt="">', stored.url(THUMBNAIL_WIDTH), THUMBNAIL_WIDTH, height
        )

    @admin.display(description=_("size"), ordering="bytes")
    def size(self, row: StoredPoster) -> str:
        return filesizeformat(row.bytes) if row.digest else "—"

    @admin.action(description=_("Fetch again"), permissions=["view"])
    def fetch_again(self, request: HttpRequest, chosen: QuerySet[StoredPoster]) -> None:
        """Make them due; the worker looks every few seconds."""
        count = posters.ask_again(chosen.values_list("pk", flat=True))
        said = ngettext("%d poster will be fetched again.", "%d posters will be fetched again.", count)
        self.message_user(request, said % count)

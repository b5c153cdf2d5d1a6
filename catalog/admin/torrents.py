"""What is inside torrents, and why something is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from catalog.models import StoredTorrent, TorrentLook
from catalog.tasks.torrents import TITLES_AT_ONCE, look_at_torrents

if TYPE_CHECKING:
    Base = admin.ModelAdmin[StoredTorrent]
else:
    Base = admin.ModelAdmin


class ReadOnly(Base):
    """Derived from the upstream: nothing in it is a curator's to change."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: StoredTorrent | None = None) -> bool:
        return False


@admin.register(StoredTorrent)
class StoredTorrentAdmin(ReadOnly):
    list_display = ["id", "title_id", "state", "reason", "version", "source", "file_count", "shown_size", "looked_at"]
    list_filter = ["state", "version", "source"]
    search_fields = ["=id", "=title_id", "name", "info_hash", "info_hash_v2", "reason"]
    ordering = ["-looked_at"]
    actions = ["look_again"]

    @admin.display(description=_("files"))
    def file_count(self, torrent: StoredTorrent) -> int:
        return len(torrent.files)

    @admin.display(description=_("size"), ordering="size")
    def shown_size(self, torrent: StoredTorrent) -> str:
        return filesizeformat(torrent.size)

    @admin.action(description=_("Look into them again"), permissions=["delete"])
    def look_again(self, request: HttpRequest, chosen: QuerySet[StoredTorrent]) -> None:
        """Forget what is stored and enqueue the titles."""
        ids = sorted(set(chosen.values_list("title_id", flat=True)))
        chosen.delete()
        TorrentLook.objects.filter(pk__in=ids).delete()
        for start in range(0, len(ids), TITLES_AT_ONCE):
            look_at_torrents.delay(ids[start : start + TITLES_AT_ONCE])
        said = ngettext(
            "The torrents of %d title will be looked into.", "The torrents of %d titles will be looked into.", len(ids)
        )
        self.message_user(request, said % len(ids))

"""Favourites one by one: adding, searching, and what is done to many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from catalog.admin.favourites.arranging import OneAtATime, PresentRows
from catalog.admin.favourites.filters import Broken
from catalog.admin.favourites.finding import Finding, search
from catalog.admin.favourites.porting import Portable
from catalog.admin.favourites.previews import LARGE, SMALL, condition, preview
from catalog.admin.favourites.resources import FavouriteRows
from catalog.admin.favourites.undoing import Undoable
from catalog.forms.favourites import AddFavouriteForm, ChangesOnly, FavouriteForm, MoveForm
from catalog.models import Collection, Favourite
from catalog.services import favourites

if TYPE_CHECKING:

    class FavouriteBase(OneAtATime, admin.ModelAdmin[Favourite]):
        pass

else:

    class FavouriteBase(OneAtATime, Finding, Undoable, Portable, SimpleHistoryAdmin):
        pass


@admin.register(Favourite)
class FavouriteAdmin(FavouriteBase):
    form = FavouriteForm
    action_form = MoveForm
    resource_classes = [FavouriteRows]
    list_display = ["small", "name", "kind", "collection", "order", "published", "condition", "snapshot_at"]
    list_display_links = ["small", "name"]
    list_editable = ["order", "published"]
    list_filter = ["kind", "collection", "state", Broken, "published", "keep_when_gone"]
    list_select_related = ["collection"]
    search_fields = ["=subject", "note_en", "note_ru", "collection__name_en", "collection__name_ru"]
    ordering = ["collection__order", "order", "pk"]
    actions = ["publish", "hide", "keep", "let_go", "move", "ask_again"]
    add_form_template = "admin/catalog/favourite/add_form.html"

    def get_urls(self) -> list[URLPattern]:
        return [
            path("search/", self.admin_site.admin_view(search), name="catalog_favourite_search"),
            *super().get_urls(),
        ]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **options: Any
    ) -> HttpResponse:
        """The source of what is to be added is asked before anything is held up: it may take its time."""
        if request.method == "POST" and object_id is None and self.has_add_permission(request):
            request.meant = AddFavouriteForm.look_up(request.POST)  # type: ignore[attr-defined]
        return super().changeform_view(request, object_id, *args, **options)

    def get_form(self, request: HttpRequest, obj: Favourite | None = None, change: bool = False, **options: Any) -> Any:
        if obj is not None:
            return super().get_form(request, obj, change=change, **options)
        form: Any = super().get_form(request, obj, change=change, form=AddFavouriteForm, **options)
        form.meant = getattr(request, "meant", None)
        return form

    def get_changelist_form(self, request: HttpRequest, **options: Any) -> Any:
        return super().get_changelist_form(request, form=ChangesOnly, **options)

    def get_changelist_formset(self, request: HttpRequest, **options: Any) -> Any:
        formset: Any = super().get_changelist_formset(request, formset=PresentRows, **options)
        formset.request = request
        return formset

    def get_fieldsets(self, request: HttpRequest, obj: Favourite | None = None) -> Any:
        words = ["note_en", "note_ru", "published", "keep_when_gone"]
        if obj is None:
            return [(None, {"fields": ["collection", "text", *words]})]
        return [(None, {"fields": ["large", "collection", "order", *words, "condition", "snapshot_at", "tried_at"]})]

    def get_readonly_fields(self, request: HttpRequest, obj: Favourite | None = None) -> list[str]:
        return [] if obj is None else ["large", "condition", "snapshot_at", "tried_at"]

    def save_model(self, request: HttpRequest, obj: Favourite, form: Any, change: bool) -> None:
        """The rows of a list come one by one; the numbers of all of them are meant together."""
        if not change:
            favourites.append(obj)
            return
        fields = self.changed(request, form)
        placed: dict[int, int] = request.__dict__.setdefault("placed", {})
        if "order" in fields:
            placed[obj.pk] = obj.order
        favourites.change(obj, fields, placed)

    def delete_model(self, request: HttpRequest, obj: Favourite) -> None:
        super().delete_model(request, obj)
        favourites.renumber(obj.collection.favourites.all())

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Favourite]) -> None:
        collections = {favourite.collection for favourite in queryset}
        super().delete_queryset(request, queryset)
        for collection in collections:
            favourites.renumber(collection.favourites.all())

    @admin.display(description=_("preview"))
    def small(self, favourite: Favourite) -> str:
        return preview(favourite, SMALL)

    @admin.display(description=_("preview"))
    def large(self, favourite: Favourite) -> str:
        return preview(favourite, LARGE)

    @admin.display(description=_("name"))
    def name(self, favourite: Favourite) -> str:
        return str(favourite)

    @admin.display(description=_("state"), ordering="state")
    def condition(self, favourite: Favourite) -> str:
        return condition(favourite)

    @admin.action(description=_("Publish"), permissions=["change"])
    def publish(self, request: HttpRequest, chosen: QuerySet[Favourite]) -> None:
        _set(chosen, published=True)

    @admin.action(description=_("Hide"), permissions=["change"])
    def hide(self, request: HttpRequest, chosen: QuerySet[Favourite]) -> None:
        _set(chosen, published=False)

    @admin.action(description=_("Show even when gone"), permissions=["change"])
    def keep(self, request: HttpRequest, chosen: QuerySet[Favourite]) -> None:
        _set(chosen, keep_when_gone=True)

    @admin.action(description=_("Hide when gone"), permissions=["change"])
    def let_go(self, request: HttpRequest, chosen: QuerySet[Favourite]) -> None:
        _set(chosen, keep_when_gone=False)

    @admin.action(description=_("Move into the collection chosen beside this"), permissions=["change"])
    def move(self, request: HttpRequest, chosen: QuerySet[Favourite]) -> None:
        target = Collection.objects.filter(pk=request.POST.get("to") or 0).first()
        if target is None:
            self.message_user(request, gettext("Choose the collection to move them into."), messages.WARNING)
            return
        count, refused = favourites.move(chosen, target)
        for favourite in refused:
            there = gettext("“%(name)s” stays: that collection has it already.") % {"name": favourite}
            self.message_user(request, there, messages.WARNING)
        self.message_user(request, ngettext("%d favourite moved.", "%d favourites moved.", count) % count)

    @admin.action(description=_("Ask their sources again"), permissions=["change"])
    def ask_again(self, request: HttpRequest, chosen: QuerySet[Favourite]) -> None:
        """Make them due; the worker looks once a minute."""
        count = chosen.order_by().update(tried_at=None)
        self.message_user(request, ngettext("%d will be asked about.", "%d will be asked about.", count) % count)


def _set(chosen: QuerySet[Favourite], **changes: Any) -> None:
    """One by one, so that each has its line of history."""
    for favourite in chosen:
        for field, value in changes.items():
            setattr(favourite, field, value)
        favourite.save(update_fields=[*changes, "changed_at"])

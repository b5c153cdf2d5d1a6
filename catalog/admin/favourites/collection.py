"""Collections, and the order of what stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adminsortable2.admin import CustomInlineFormSet, SortableAdminMixin, SortableTabularInline
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import InlineModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.html import format_html
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from catalog.admin.favourites.porting import Portable
from catalog.admin.favourites.previews import SMALL, preview
from catalog.admin.favourites.resources import CollectionRows
from catalog.forms import QueryForm
from catalog.forms.favourites import CollectionForm, refusal
from catalog.models import Collection, Favourite
from catalog.services import favourites
from catalog.services.errors import UpstreamError
from catalog.services.favourites import AlreadyThere, NothingThere, NotUnderstood

if TYPE_CHECKING:
    CollectionBase = admin.ModelAdmin[Collection]
    InlineBase = InlineModelAdmin[Favourite, Collection]
else:
    InlineBase = SortableTabularInline

    class CollectionBase(Portable, SortableAdminMixin, SimpleHistoryAdmin):
        change_list_template = "adminsortable2/change_list.html"


class NumberedFormSet(CustomInlineFormSet):  # type: ignore[misc]
    """Dragging writes the numbers; whoever has only a keyboard can write them too."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        order = self.form.base_fields[self.default_order_field]
        order.widget = forms.NumberInput(attrs={"class": "_reorder_ vIntegerField", "min": 1})


class FavouritesInline(InlineBase):
    model = Favourite
    formset = NumberedFormSet
    fields = ["order", "preview", "note_en", "note_ru", "published", "keep_when_gone", "state"]
    readonly_fields = ["preview", "state"]
    extra = 0
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Collection | None = None) -> bool:
        return False

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name in ("note_en", "note_ru"):
            options["widget"] = forms.Textarea(attrs={"rows": 2, "cols": 24})
        return super().formfield_for_dbfield(db_field, request, **options)

    @admin.display(description=_("preview"))
    def preview(self, favourite: Favourite) -> str:
        return preview(favourite, SMALL)


@admin.register(Collection)
class CollectionAdmin(CollectionBase):
    form = CollectionForm
    resource_classes = [CollectionRows]
    inlines = [FavouritesInline]
    list_display = ["order", "name_en", "name_ru", "address", "is_shown", "published_from", "published_until", "size"]
    list_display_links = ["name_en"]
    list_filter = ["published_from", "published_until"]
    search_fields = ["slug", "name_en", "name_ru"]
    prepopulated_fields = {"slug": ["name_en"]}
    actions = ["publish", "withdraw"]
    change_form_template = "admin/catalog/collection/change_form.html"
    fieldsets = [
        (None, {"fields": [("name_en", "name_ru"), "slug", ("text_en", "text_ru"), "cover", "order"]}),
        (_("When readers see it"), {"fields": [("published_from", "published_until")]}),
        (_("New favourites"), {"fields": ["added"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Collection]:
        return super().get_queryset(request).annotate(held=Count("favourites")).order_by("order", "pk")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.preview)
        return [path("<int:pk>/preview/", view, name="catalog_collection_preview"), *super().get_urls()]

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The page as readers would see it now, published or not; ``language`` chooses the words."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        with override("ru" if request.GET.get("language") == "ru" else "en"):
            shelf = favourites.any_shelf(pk)
            if shelf is None:
                raise Http404(f"no collection {pk}")
            published = favourites.shelf(shelf.slug) is not None
            context = {"shelf": shelf, "form": QueryForm(request.GET), "preview": True, "published": published}
            response = render(request, "catalog/collection.html", context)
        add_never_cache_headers(response)
        return response

    @admin.display(description=_("address"))
    def address(self, collection: Collection) -> str:
        name = "catalog:collection" if collection.is_published else "admin:catalog_collection_preview"
        key = collection.slug if collection.is_published else collection.pk
        return format_html('<a href="{}">{}</a>', reverse(name, args=[key]), collection.slug)

    @admin.display(description=_("shown"), boolean=True)
    def is_shown(self, collection: Collection) -> bool:
        return collection.is_published

    @admin.display(description=_("favourites"), ordering="held")
    def size(self, collection: Any) -> int:
        return int(collection.held)

    @admin.action(description=_("Publish now"), permissions=["change"])
    def publish(self, request: HttpRequest, chosen: QuerySet[Collection]) -> None:
        for collection in chosen:
            collection.published_from, collection.published_until = timezone.now(), None
            collection.save()

    @admin.action(description=_("Take back to a draft"), permissions=["change"])
    def withdraw(self, request: HttpRequest, chosen: QuerySet[Collection]) -> None:
        for collection in chosen:
            collection.published_from = None
            collection.save()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """What was dragged or numbered gets its place; then what was pasted comes to the end, each line for itself."""
        super().save_related(request, form, formsets, change)
        moved = {one.instance.pk for formset in formsets for one in formset.forms if "order" in one.changed_data}
        favourites.renumber(form.instance, moved)
        for text in form.cleaned_data.get("added") or ():
            try:
                added = favourites.add(form.instance, text)
            except (NotUnderstood, NothingThere, AlreadyThere, UpstreamError) as error:
                self.message_user(request, refusal(error, text), messages.WARNING)
            else:
                self.message_user(request, gettext("Added: %(name)s") % {"name": added}, messages.SUCCESS)

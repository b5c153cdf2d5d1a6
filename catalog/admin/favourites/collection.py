"""Collections, and the order of what stands in them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from adminsortable2.admin import SortableAdminMixin, SortableTabularInline
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
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, override
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from catalog.admin.favourites.arranging import NumberedFormSet, OneAtATime
from catalog.admin.favourites.filters import HasBroken
from catalog.admin.favourites.finding import RIGHT, Finding
from catalog.admin.favourites.porting import Portable
from catalog.admin.favourites.previews import SMALL, condition, preview
from catalog.admin.favourites.resources import CollectionRows
from catalog.admin.favourites.undoing import Undoable
from catalog.forms import QueryForm
from catalog.forms.favourites import ChangesOnly, CollectionForm, ScheduleForm, refusal
from catalog.models import Collection, Favourite
from catalog.services import favourites
from catalog.services.errors import UpstreamError
from catalog.services.favourites import AlreadyThere, NothingThere, NotUnderstood
from catalog.services.transport import within

PASTING_SECONDS = 20.0  # for all lines of what was pasted
WORDS: list[Any] = [("name_en", "name_ru"), "slug", ("text_en", "text_ru")]

if TYPE_CHECKING:

    class CollectionBase(OneAtATime, admin.ModelAdmin[Collection]):
        pass

    InlineBase = InlineModelAdmin[Favourite, Collection]
else:
    InlineBase = SortableTabularInline

    class CollectionBase(OneAtATime, Finding, Undoable, Portable, SortableAdminMixin, SimpleHistoryAdmin):
        change_list_template = "adminsortable2/change_list.html"


class FavouritesInline(InlineBase):
    model = Favourite
    form = ChangesOnly
    formset = NumberedFormSet
    fields = ["order", "preview", "note_en", "note_ru", "published", "keep_when_gone", "condition"]
    readonly_fields = ["preview", "condition"]
    extra = 0
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Collection | None = None) -> bool:
        return False

    def get_formset(self, request: HttpRequest, obj: Collection | None = None, **options: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **options)
        formset.request = request
        return formset

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name in ("note_en", "note_ru"):
            options["widget"] = forms.Textarea(attrs={"rows": 2, "cols": 24})
        return super().formfield_for_dbfield(db_field, request, **options)

    @admin.display(description=_("preview"))
    def preview(self, favourite: Favourite) -> str:
        return preview(favourite, SMALL)

    @admin.display(description=_("state"))
    def condition(self, favourite: Favourite) -> str:
        return condition(favourite)


@admin.register(Collection)
class CollectionAdmin(CollectionBase):
    form = CollectionForm
    many = True
    resource_classes = [CollectionRows]
    inlines = [FavouritesInline]
    list_display = [
        "order", "name_en", "name_ru", "address", "is_shown", "published_from", "published_until", "size", "broken",
    ]  # fmt: skip
    list_display_links = ["name_en"]
    list_filter = [HasBroken, "published_from", "published_until"]
    search_fields = ["slug", "name_en", "name_ru"]
    prepopulated_fields = {"slug": ["name_en"]}
    actions = ["publish", "withdraw", "schedule"]
    change_form_template = "admin/catalog/collection/change_form.html"
    fieldsets = [
        (None, {"fields": [*WORDS, "cover", "order"]}),
        (_("When readers see it"), {"fields": [("published_from", "published_until")]}),
        (_("New favourites"), {"fields": ["added"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Collection]:
        broken = Count("favourites", filter=favourites.broken("favourites__"))
        rows: QuerySet[Collection] = super().get_queryset(request)
        return rows.annotate(held=Count("favourites"), held_broken=broken).order_by("order", "pk")

    def get_fieldsets(self, request: HttpRequest, obj: Collection | None = None) -> Any:
        """A new one has nothing to choose a cover from, and comes last."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            fieldsets = [(None, {"fields": WORDS}), *fieldsets[1:]]
        return fieldsets if _adds(request) else fieldsets[:-1]

    def get_inlines(self, request: HttpRequest, obj: Collection | None) -> Any:
        return [] if obj is None else super().get_inlines(request, obj)

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

    @admin.display(description=_("broken"), ordering="held_broken")
    def broken(self, collection: Any) -> str | SafeString:
        """How many, with the way to them."""
        if not collection.held_broken:
            return ""
        url = reverse("admin:catalog_favourite_changelist")
        query = urlencode({"broken": "yes", "collection__id__exact": collection.pk})
        return format_html('<a href="{}?{}">{}</a>', url, query, collection.held_broken)

    @admin.action(description=_("Publish now"), permissions=["change"])
    def publish(self, request: HttpRequest, chosen: QuerySet[Collection]) -> None:
        """Until when each was to end, unless that is over; what readers see already stays as it is."""
        now = timezone.now()
        for collection in chosen:
            if collection.is_published:
                continue
            collection.published_from = now
            if collection.published_until and collection.published_until <= now:
                collection.published_until = None
            collection.save()

    @admin.action(description=_("Take back to a draft"), permissions=["change"])
    def withdraw(self, request: HttpRequest, chosen: QuerySet[Collection]) -> None:
        for collection in chosen:
            collection.published_from = None
            collection.save()

    @admin.action(description=_("Schedule…"), permissions=["change"])
    def schedule(self, request: HttpRequest, chosen: QuerySet[Collection]) -> HttpResponse | None:
        """From when until when readers see all that are chosen, asked for on a page of its own."""
        dates = set(chosen.order_by().values_list("published_from", "published_until"))
        alike = dict(zip(ScheduleForm.base_fields, dates.pop(), strict=True)) if len(dates) == 1 else {}
        form = ScheduleForm(request.POST if "apply" in request.POST else None, initial=alike)
        if form.is_valid():
            for collection in chosen:
                collection.published_from = form.cleaned_data["published_from"]
                collection.published_until = form.cleaned_data["published_until"]
                collection.save()
            count = len(chosen)
            self.message_user(request, ngettext("%d collection scheduled.", "%d collections scheduled.", count) % count)
            return None
        own = {"form": form, "chosen": chosen, "opts": self.opts, "media": self.media + form.media}
        context = {**self.admin_site.each_context(request), **own, "title": gettext("Schedule collections")}
        return render(request, "admin/catalog/collection/schedule.html", context)

    def _update_order(self, updated_items: Any, extra_model_filters: Any) -> int:
        """What the list sends once somebody dragged in it."""
        return favourites.drag({int(pk): int(place) for pk, place in updated_items})

    def changeform_view(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """What was pasted comes to the end once all else is written: its sources may take their time."""
        response = super().changeform_view(request, *args, **options)
        pasted: tuple[Any, list[str]] = getattr(request, "pasted", (None, []))
        collection, lines = pasted
        until = time.monotonic() + PASTING_SECONDS
        for place, text in enumerate(lines):
            if time.monotonic() > until:
                words = gettext("There was no time left to ask their sources; not added: %(lines)s")
                self.message_user(request, words % {"lines": ", ".join(lines[place:])}, messages.WARNING)
                break
            try:
                with within(until - time.monotonic()):
                    added = favourites.add(collection, text)
            except (NotUnderstood, NothingThere, AlreadyThere, UpstreamError) as error:
                self.message_user(request, refusal(error, text), messages.WARNING)
            except Collection.DoesNotExist:
                words = gettext("The collection was deleted meanwhile; nothing more was added.")
                self.message_user(request, words, messages.WARNING)
                break
            else:
                self.message_user(request, gettext("Added: %(name)s") % {"name": added}, messages.SUCCESS)
        return response

    def save_model(self, request: HttpRequest, obj: Collection, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        placed = change and "order" in self.changed(request, form)
        favourites.renumber(Collection.objects.all(), {obj.pk: obj.order} if placed else {})

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """What was dragged or numbered gets its place."""
        super().save_related(request, form, formsets, change)
        for formset in formsets:
            favourites.renumber(form.instance.favourites.all(), formset.moved)
        if _adds(request):
            request.pasted = form.instance, form.cleaned_data["added"]  # type: ignore[attr-defined]

    def delete_model(self, request: HttpRequest, obj: Collection) -> None:
        super().delete_model(request, obj)
        favourites.renumber(Collection.objects.all())

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Collection]) -> None:
        super().delete_queryset(request, queryset)
        favourites.renumber(Collection.objects.all())


def _adds(request: HttpRequest) -> bool:
    """Whether whoever asks may put something on a shelf here; an older version's form only goes back to it."""
    return request.user.has_perm(RIGHT) and not getattr(request, "reverts", False)

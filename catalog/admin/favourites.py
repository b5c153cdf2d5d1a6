"""Collections and the favourites in them, for those who fill them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adminsortable2.admin import CustomInlineFormSet, SortableAdminMixin, SortableTabularInline
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import InlineModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, override
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from catalog.domain.loops import Loop
from catalog.domain.videos import Video
from catalog.forms import QueryForm
from catalog.forms.favourites import AddFavouriteForm, CollectionForm, MoveForm, refusal
from catalog.models import Collection, Favourite
from catalog.services import favourites
from catalog.services.errors import UpstreamError
from catalog.services.favourites import AlreadyThere, NothingThere, NotUnderstood
from catalog.templatetags.favourites import favourite_name, favourite_thumb, favourite_url
from catalog.templatetags.loops import clip

if TYPE_CHECKING:
    FavouriteBase = admin.ModelAdmin[Favourite]
    CollectionBase = admin.ModelAdmin[Collection]
    InlineBase = InlineModelAdmin[Favourite, Collection]
else:
    FavouriteBase, InlineBase = SimpleHistoryAdmin, SortableTabularInline

    class CollectionBase(SortableAdminMixin, SimpleHistoryAdmin):
        pass


SMALL, LARGE = 60, 240  # pixels: the width of a preview


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


@admin.register(Favourite)
class FavouriteAdmin(FavouriteBase):
    action_form = MoveForm
    list_display = ["small", "name", "kind", "collection", "order", "published", "state", "snapshot_at"]
    list_display_links = ["small", "name"]
    list_editable = ["order", "published"]
    list_filter = ["kind", "collection", "state", "published", "keep_when_gone"]
    list_select_related = ["collection"]
    search_fields = ["=subject", "note_en", "note_ru", "collection__name_en", "collection__name_ru"]
    ordering = ["collection__order", "order", "pk"]
    actions = ["publish", "hide", "move", "ask_again"]
    add_form_template = "admin/catalog/favourite/add_form.html"

    def get_urls(self) -> list[URLPattern]:
        return [
            path("search/", self.admin_site.admin_view(self.search), name="catalog_favourite_search"),
            *super().get_urls(),
        ]

    def search(self, request: HttpRequest) -> HttpResponse:
        """What the words in the box may mean, to choose from."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        shown = favourites.candidates(request.GET.get("words", ""))
        return render(request, "admin/catalog/favourite/_found.html", {"found": shown})

    def get_form(self, request: HttpRequest, obj: Favourite | None = None, change: bool = False, **options: Any) -> Any:
        if obj is None:
            options["form"] = AddFavouriteForm
        return super().get_form(request, obj, change=change, **options)

    def get_fieldsets(self, request: HttpRequest, obj: Favourite | None = None) -> Any:
        words = ["note_en", "note_ru", "published", "keep_when_gone"]
        if obj is None:
            return [(None, {"fields": ["collection", "text", *words]})]
        return [(None, {"fields": ["large", "collection", "order", *words, "state", "snapshot_at", "tried_at"]})]

    def get_readonly_fields(self, request: HttpRequest, obj: Favourite | None = None) -> list[str]:
        return [] if obj is None else ["large", "state", "snapshot_at", "tried_at"]

    def save_model(self, request: HttpRequest, obj: Favourite, form: Any, change: bool) -> None:
        if not change:
            last = Favourite.objects.filter(collection=obj.collection).aggregate(last=Max("order"))["last"] or 0
            obj.order = last + 1
        super().save_model(request, obj, form, change)

    @admin.display(description=_("preview"))
    def small(self, favourite: Favourite) -> str:
        return preview(favourite, SMALL)

    @admin.display(description=_("preview"))
    def large(self, favourite: Favourite) -> str:
        return preview(favourite, LARGE)

    @admin.display(description=_("name"))
    def name(self, favourite: Favourite) -> str:
        return str(favourite)

    @admin.action(description=_("Publish"), permissions=["change"])
    def publish(self, request: HttpRequest, chosen: QuerySet[Favourite]) -> None:
        _set(chosen, published=True)

    @admin.action(description=_("Hide"), permissions=["change"])
    def hide(self, request: HttpRequest, chosen: QuerySet[Favourite]) -> None:
        _set(chosen, published=False)

    @admin.action(description=_("Move into the collection chosen beside this"), permissions=["change"])
    def move(self, request: HttpRequest, chosen: QuerySet[Favourite]) -> None:
        target = Collection.objects.filter(pk=request.POST.get("to") or 0).first()
        if target is None:
            self.message_user(request, gettext("Choose the collection to move them into."), messages.WARNING)
            return
        refused = favourites.move(chosen, target)
        for favourite in refused:
            there = gettext("“%(name)s” stays: that collection has it already.") % {"name": favourite}
            self.message_user(request, there, messages.WARNING)
        count = len(chosen) - len(refused)
        self.message_user(request, ngettext("%d favourite moved.", "%d favourites moved.", count) % count)

    @admin.action(description=_("Ask their sources again"), permissions=["change"])
    def ask_again(self, request: HttpRequest, chosen: QuerySet[Favourite]) -> None:
        """Make them due; the worker looks once a minute."""
        count = chosen.order_by().update(tried_at=None)
        self.message_user(request, ngettext("%d will be asked about.", "%d will be asked about.", count) % count)


def preview(favourite: Favourite, width: int) -> str | SafeString:
    """The card's picture with its name; of a loop or video also the film, which plays once somebody wants it to."""
    shown = favourites.as_shown(favourite)
    if shown is None:
        return favourite.get_state_display()
    picture, name = favourite_thumb(shown), favourite_name(shown)
    image = format_html('<img src="{}" width="{}" alt="" loading="lazy">', picture, width) if picture else ""
    if width < LARGE:
        return format_html("{} {}", image, name)
    film = None
    match shown.item:
        case Loop() as loop:
            film = clip(loop)
        case Video() as video:
            film = video.media.src_url
    if film:
        image = format_html(
            '<video src="{}" poster="{}" width="{}" controls loop muted preload="none"></video>', film, picture, width
        )
    return format_html('{}<br><a href="{}">{}</a>', image, favourite_url(shown), name)


def _set(chosen: QuerySet[Favourite], **changes: Any) -> None:
    """One by one, so that each has its line of history."""
    for favourite in chosen:
        for field, value in changes.items():
            setattr(favourite, field, value)
        favourite.save()

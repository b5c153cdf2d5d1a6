"""Taking back: what was changed through its history, what was deleted from the list of that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from catalog.admin.favourites.finding import RIGHT
from catalog.forms.favourites import refusal
from catalog.models import Favourite
from catalog.services import favourites
from catalog.services.favourites import AddressTaken, AlreadyThere, CollectionGone

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Any]
else:
    Base = object

A_PAGE = 100
LONGEST_KEY = 9  # digits


class Undoable(Base):
    """Who may see sees what was deleted; who may change goes back to an older version.

    Who may add it, and favourites, brings it back.
    """

    import_export_change_list_template = "admin/catalog/undoable_list.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.deleted)
        return [path("deleted/", view, name=f"catalog_{self.opts.model_name}_deleted"), *super().get_urls()]

    def deleted(self, request: HttpRequest) -> HttpResponse:
        """What is no more, the latest first; ``collection``: only what stood in that one."""
        may_add = self.has_add_permission(request) and request.user.has_perm(RIGHT)
        if not (self.has_view_permission(request) if request.method == "GET" else may_add):
            raise PermissionDenied
        lines = favourites.deleted(self.model)
        if request.method == "POST":
            chosen = [key for key in request.POST.getlist("line")[:A_PAGE] if _is_key(key)]
            for line in lines.filter(pk__in=chosen).reverse():
                self._bring_back(request, line)
            return HttpResponseRedirect(request.get_full_path())
        where = request.GET.get("collection", "")
        if _is_key(where) and self.model is Favourite:
            lines = lines.filter(collection_id=where)
        page = Paginator(lines, A_PAGE).get_page(request.GET.get("p"))
        listed = [(line, favourites.called(line), favourites.noted(line)) for line in page]
        own = {
            "opts": self.opts,
            "page": page,
            "listed": listed,
            "may_add": may_add,
            "title": gettext("What was deleted"),
        }
        return render(request, "admin/catalog/deleted.html", {**self.admin_site.each_context(request), **own})

    def history_view(self, request: HttpRequest, object_id: str, *args: Any, **options: Any) -> HttpResponse:
        if not _is_key(object_id):
            raise Http404(object_id)
        response: HttpResponse = super().history_view(request, object_id, *args, **options)
        return response

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, *args: Any, **options: Any
    ) -> HttpResponse:
        """simple_history lets whoever may see an older version go back to it, which is a change."""
        if not (_is_key(object_id) and _is_key(version_id)):
            raise Http404(f"{object_id}, {version_id}")
        if not self.has_view_permission(request) or (
            request.method == "POST" and not self.has_change_permission(request)
        ):
            raise PermissionDenied
        if not self.model._default_manager.filter(pk=object_id).exists():
            self.message_user(request, gettext("It was deleted; here it can be brought back."), messages.WARNING)
            return HttpResponseRedirect(reverse(f"admin:catalog_{self.opts.model_name}_deleted"))
        response: HttpResponse = super().history_form_view(  # type: ignore[misc]
            request, object_id, version_id, *args, **options
        )
        return response

    def _bring_back(self, request: HttpRequest, line: Any) -> None:
        try:
            back = favourites.bring_back(line, gettext("Brought back"))
        except (CollectionGone, AddressTaken, AlreadyThere) as error:
            self.message_user(request, _why(error, line), messages.WARNING)
        else:
            self.log_addition(request, back, gettext("Brought back"))
            self.message_user(request, gettext("Brought back: %(name)s") % {"name": back}, messages.SUCCESS)


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY


def _why(error: Exception, line: Any) -> str | SafeString:
    name = favourites.called(line)
    match error:
        case CollectionGone():
            return gettext("“%(name)s”: its collection was deleted; bring that back.") % {"name": name}
        case AddressTaken():
            words = gettext("“%(name)s”: another collection has the address %(slug)s.")
            return words % {"name": name, "slug": line.slug}
    return refusal(error, name)

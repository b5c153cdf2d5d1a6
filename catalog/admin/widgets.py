"""Widgets for other people's pages: what they show, whose pages may have them, and how often they were seen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from catalog.forms import EmbedForm
from catalog.models import Widget
from catalog.models.widgets import check_hosts

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Widget]
    BaseForm = forms.ModelForm[Widget]
else:
    Base = admin.ModelAdmin
    BaseForm = forms.ModelForm

RECENT_DAYS = 30


class HostsField(forms.CharField):
    """One host in each line; names in other alphabets become what browsers compare."""

    widget = forms.Textarea(attrs={"rows": 4, "cols": 50})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = [line.strip().lower().rstrip("/") for line in (super().to_python(value) or "").splitlines()]
        return list(dict.fromkeys(_ascii(line) for line in lines if line))

    def validate(self, value: Any) -> None:
        check_hosts(value)

    def run_validators(self, value: Any) -> None:
        """Those of text do not apply to a list."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(data) != initial)


class WidgetForm(BaseForm):
    hosts = HostsField(
        label=_("Hosts"),
        help_text=_(
            "Whose pages may have it, one a line: example.org, *.example.org, example.org:8443, or * for anywhere."
        ),
    )

    class Meta:
        model = Widget
        fields = "__all__"

    def clean(self) -> None:
        super().clean()
        widget = Widget(**{name: value for name, value in self.cleaned_data.items() if name != "hosts"})
        for refused in EmbedForm(widget.query).refused:
            field = refused.name if refused.name in self.fields else "longest"
            if field not in self.errors:
                self.add_error(field, ValidationError(refused.reason))


@admin.register(Widget)
class WidgetAdmin(Base):
    form = WidgetForm
    change_form_template = "admin/catalog/widget/change_form.html"
    list_display = ["name", "address", "enabled", "shown_hosts", "recent_views", "all_views", "updated_at"]
    list_editable = ["enabled"]
    list_filter = ["enabled", "theme"]
    search_fields = ["name", "slug", "hosts"]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [
        (None, {"fields": ["name", "slug", "enabled", "hosts"]}),
        (
            _("Which loops"),
            {"fields": ["series", "episode", "favourites", "collection", ("shortest", "longest"), "source"]},
        ),
        (_("How they are shown"), {"fields": ["size", "theme", "fit", "controls", "caption", "refresh", "link"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Widget]:
        since = Q(days__day__gt=datetime.now(UTC).date() - timedelta(days=RECENT_DAYS))
        return (
            super()
            .get_queryset(request)
            .annotate(
                all_views=Coalesce(Sum("days__views"), 0), recent_views=Coalesce(Sum("days__views", filter=since), 0)
            )
        )

    @admin.display(description=_("address"))
    def address(self, widget: Widget) -> str:
        url = reverse("embed_widget", args=[widget.slug])
        return format_html('<a href="{}">{}</a>', url, url)

    @admin.display(description=_("hosts"))
    def shown_hosts(self, widget: Widget) -> str:
        return ", ".join(widget.hosts)

    @admin.display(description=_("views in 30 days"), ordering="recent_views")
    def recent_views(self, widget: Any) -> int:
        return int(widget.recent_views)

    @admin.display(description=_("all views"), ordering="all_views")
    def all_views(self, widget: Any) -> int:
        return int(widget.all_views)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Widget | None = None,
    ) -> HttpResponse:
        """With the widget as it is saved, the code to copy, and the views of late."""
        if obj is not None:
            address = request.build_absolute_uri(reverse("embed_widget", args=[obj.slug]))
            context |= {
                # the open widget with the same loops, so that looking at it here counts for nothing
                "preview": f"{reverse('embed_loop')}?{obj.query.urlencode()}",
                "code": render_to_string("embed/_code.html", {"address": address, "name": obj.name}).strip(),
                "days": obj.days.all()[:RECENT_DAYS],
            }
        return super().render_change_form(request, context, add, change, form_url, obj)


def _ascii(host: str) -> str:
    try:
        return host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return host

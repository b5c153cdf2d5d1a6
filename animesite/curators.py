"""The admin as the people who fill the site find it. Apart from what it shows, which registers with it."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _


class CuratorsSite(AdminSite):
    site_header = site_title = _("The curators’ desk")
    index_title = _("What is to do")
    site_url = reverse_lazy("catalog:home")  # type: ignore[assignment]  # text, once it is shown
    enable_nav_sidebar = False

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """What the site is about comes before whom it lets in."""
        return sorted(super().get_app_list(request, app_label), key=lambda app: app["app_label"] != "catalog")

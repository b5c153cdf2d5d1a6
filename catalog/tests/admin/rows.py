"""One of everything that the admin shows, and every page that shows it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.urls import reverse

from catalog.domain.titles import Names
from catalog.models import StoredPoster, StoredTorrent
from catalog.tests.factories import (
    CollectionFactory,
    FavouriteFactory,
    SeriesRowFactory,
    TitleFactory,
    WidgetDayFactory,
)


def favourite() -> Model:
    collection = CollectionFactory.create(name_en="Осень", name_ru="Осень", slug="osen")
    return FavouriteFactory.create(collection=collection, item=TitleFactory.build(names=Names(ru="Семь грехов")))


ROWS: dict[str, Callable[[], Model]] = {
    "catalog_collection": lambda: favourite().collection,  # type: ignore[attr-defined]
    "catalog_favourite": favourite,
    "catalog_seriesrow": lambda: SeriesRowFactory.create(title_romaji="Ходячий замок"),
    "catalog_storedposter": lambda: StoredPoster.objects.create(kind="title", subject="8500", source_url="/8500.jpg"),
    "catalog_storedtorrent": lambda: StoredTorrent.objects.create(id=7, title_id=8500, state="refused", reason="пусто"),
    "catalog_widget": lambda: WidgetDayFactory.create(widget__name="Полоса").widget,
    "auth_user": lambda: User.objects.create_user("иван"),
    "auth_group": lambda: Group.objects.create(name="Все"),
}
WITHOUT = {
    "catalog_seriesrow": ("add", "delete"),
    "catalog_storedposter": ("add", "delete"),
    "catalog_storedtorrent": ("add",),
}
OTHERS = ("admin:index", "admin_status", "admin:password_change")
PAGES = [(model, page) for model in ROWS for page in ("changelist", "change", "history", "delete", "add")
         if page not in WITHOUT.get(model, ())]  # fmt: skip


def address(model: str, page: str) -> str:
    """Of that page, which has something to show, in the language of the moment."""
    row = ROWS[model]()
    return reverse(f"admin:{model}_{page}", args=[] if page in ("changelist", "add") else [row.pk])

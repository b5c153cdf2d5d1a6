"""Rows that nobody reads any more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from catalog.models import PageVisits, WidgetDay
from catalog.services.visits import HALF_LIFE

FADED = 30 * HALF_LIFE  # a visit counts less than a billionth by then
DAYS_KEPT = timedelta(days=400)  # one by one; older views are added up by the month


def clear_sessions() -> None:
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


def remove_faded_visits() -> int:
    return PageVisits.objects.filter(counted_at__lt=timezone.now() - FADED).delete()[0]


def add_up_old_views() -> int:
    """Make one row of each past month's views of a widget, on its first day; return how many rows that saved."""
    before = (datetime.now(UTC).date() - DAYS_KEPT).replace(day=1)
    old = WidgetDay.objects.filter(day__lt=before)
    rows = old.count()
    months = old.annotate(month=TruncMonth("day")).values("widget_id", "month").annotate(total=Sum("views"))
    for one in list(months.order_by()):
        _add_up(one["widget_id"], one["month"], one["total"])
    return rows - old.count()


def _add_up(widget_id: int, month: datetime, total: int) -> None:
    days = WidgetDay.objects.filter(widget_id=widget_id, day__year=month.year, day__month=month.month)
    if days.count() == 1:
        return
    with transaction.atomic():
        days.exclude(day=month).delete()
        WidgetDay.objects.update_or_create(widget_id=widget_id, day=month, defaults={"views": total})

"""How often saved widgets are seen, counted without the database and added to the rows of the day now and then."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime

from django.db import transaction
from django.db.models import F

from catalog.models import Widget, WidgetDay
from catalog.services.tally import Tally

MOST_COUNTED = 10_000  # widgets between two writes; views of further ones are not counted


def count(widget_id: int) -> None:
    """One more view of the widget, today."""
    _tally.count((widget_id, datetime.now(UTC).date()))


def flush() -> int:
    """Write down what this process has counted; how many views. What cannot be written now is kept."""
    return _tally.flush()


def waiting() -> int:
    """How many views are counted and not yet written down."""
    return _tally.waiting()


def forget() -> None:
    """Begin anew, with nothing counted."""
    _tally.forget()


def _add(views: Counter[tuple[int, date]]) -> None:
    with transaction.atomic():
        known = set(Widget.objects.filter(pk__in={widget for widget, _ in views}).values_list("pk", flat=True))
        for (widget, day), seen in sorted(views.items()):
            if widget in known:  # else it was deleted meanwhile
                WidgetDay.objects.get_or_create(widget_id=widget, day=day)
                WidgetDay.objects.filter(widget_id=widget, day=day).update(views=F("views") + seen)


_tally: Tally[tuple[int, date]] = Tally("views of widgets", lambda seen: _add(seen), most=MOST_COUNTED)

"""How often saved widgets are seen, counted without the database.

Every process counts in its own memory; a thread adds what has come together to the rows of the day once in
FLUSH_SECONDS, and the process once more when it ends. A process that is killed loses less than that. Counting in a
shared cache would cost each view a round trip, and would save just those seconds.
"""

from __future__ import annotations

import atexit
import logging
import os
import threading
from collections import Counter
from datetime import UTC, date, datetime

from django.db import DatabaseError, close_old_connections, connections, transaction
from django.db.models import F

from catalog.models import Widget, WidgetDay

log = logging.getLogger(__name__)

FLUSH_SECONDS = 60.0


class _Counts:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.views: Counter[tuple[int, date]] = Counter()
        self.writer: threading.Thread | None = None
        self.ends = threading.Event()


_counts = _Counts()


def count(widget_id: int) -> None:
    """One more view of the widget, today."""
    with _counts.lock:
        _counts.views[widget_id, datetime.now(UTC).date()] += 1
        if _counts.writer is None:
            _counts.writer = threading.Thread(target=_write_again, args=[_counts], name="impressions", daemon=True)
            _counts.writer.start()


def flush() -> int:
    """Write down what this process has counted; how many views. What cannot be written now is kept."""
    with _counts.lock:
        views, _counts.views = _counts.views, Counter()
    if not views:
        return 0
    try:
        _add(views)
    except DatabaseError as exc:
        log.warning("Views of widgets are not written yet: %s", exc)
        with _counts.lock:
            _counts.views.update(views)
        return 0
    return views.total()


def forget() -> None:
    """Begin anew, with nothing counted."""
    global _counts
    _counts.ends.set()
    _counts = _Counts()


def _add(views: Counter[tuple[int, date]]) -> None:
    with transaction.atomic():
        known = set(Widget.objects.filter(pk__in={widget for widget, _ in views}).values_list("pk", flat=True))
        for (widget, day), seen in sorted(views.items()):
            if widget in known:  # else it was deleted meanwhile
                WidgetDay.objects.get_or_create(widget_id=widget, day=day)
                WidgetDay.objects.filter(widget_id=widget, day=day).update(views=F("views") + seen)


def _write_again(counts: _Counts) -> None:
    while not counts.ends.wait(FLUSH_SECONDS):
        close_old_connections()
        try:
            flush()
        finally:
            connections.close_all()


atexit.register(flush)
os.register_at_fork(after_in_child=forget)

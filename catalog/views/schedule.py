"""The week board."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalog.domain.week import MOSCOW, this_week
from catalog.forms.lists import ScheduleForm
from catalog.http import render_page
from catalog.services import anilibria
from catalog.zones import offered, zone


@require_safe
def schedule(request: HttpRequest) -> HttpResponse:
    """Moscow's days; which of them is today, and every hour, is the reader's."""
    form = ScheduleForm(request.GET)
    answer, chosen = anilibria.schedule(), zone(request)
    week = this_week(answer.value, timezone.now(), chosen)
    context = {
        "form": form,
        "answer": answer,
        "week": week,
        "days": form.shown(week),
        "zone": chosen.key,
        "abroad": chosen != MOSCOW,
        "zones": offered(),
    }
    return render_page(request, "catalog/schedule.html", "catalog/_schedule.html", context)

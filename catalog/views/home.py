"""The front page: five blocks from three places, each standing or falling alone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalog.domain.week import MOSCOW, season_week, this_week
from catalog.http import render_page
from catalog.services import asked, favourites
from catalog.services.together import together
from catalog.zones import zone

POPULAR = 5
VIDEOS = 6


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    blocks = together(**asked.home())
    now = timezone.now()
    season, week = season_week(now.astimezone(MOSCOW).date())
    days = this_week(blocks["schedule"].value or (), now, zone(request))
    on_air = {airing.title.id: airing.title for day in days for airing in day.airings}.values()
    context = blocks | {
        "now": now,
        "shelf": favourites.first_shelf(),
        "season": season,
        "season_week": week,
        "days": days,
        "today": next(day for day in days if day.today),
        "on_air": len(on_air),
        "popular": sorted(on_air, key=lambda title: -title.in_favourites)[:POPULAR],
        "fresh_videos": blocks["videos"].value.videos[:VIDEOS] if blocks["videos"].value else (),
    }
    return render_page(request, "catalog/home.html", "catalog/_home.html", context)

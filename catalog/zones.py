"""The time zone a reader chose. Days of the schedule stay Moscow's; what has an hour is shown by the reader's clock."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, available_timezones

from django.http import HttpRequest

from catalog.domain.week import MOSCOW

COOKIE = "tz"
NO_PLACES = {"Factory", "localtime", "posixrules"}


def zone(request: HttpRequest) -> ZoneInfo:
    """What the cookie names; Moscow's where it names no zone."""
    chosen = request.COOKIES.get(COOKIE, "")
    return ZoneInfo(chosen) if is_zone(chosen) else MOSCOW


def is_zone(name: str) -> bool:
    return name in _names()


@cache
def offered() -> dict[str, list[tuple[str, str]]]:
    """Region -> (name, the place in it): one of all zones whose clocks ever differed since 1970."""
    regions: dict[str, list[tuple[str, str]]] = {}
    table = files("tzdata.zoneinfo").joinpath("zone1970.tab").read_text(encoding="utf-8")
    for name in sorted(line.split("\t")[2] for line in table.splitlines() if line and not line.startswith("#")):
        region, _, place = name.partition("/")
        regions.setdefault(region, []).append((name, place.replace("_", " ").replace("/", ", ")))
    return regions | {"UTC": [("UTC", "UTC")]}


@cache
def _names() -> frozenset[str]:
    return frozenset(available_timezones() - NO_PLACES)

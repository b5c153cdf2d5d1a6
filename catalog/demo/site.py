"""The demo's one set of data and media, at the origin that ``DEMO_ORIGIN`` names."""

from __future__ import annotations

import os
from functools import cache

from django.conf import settings
from django.utils import timezone

from catalog.demo.loops import DemoLoops, cover_specs, loop_specs
from catalog.demo.media.catalogue import MediaCatalogue
from catalog.demo.media.store import MediaStore
from catalog.demo.titles import DemoTitles
from catalog.demo.videos import DemoVideos, avatar_specs, video_specs

ORIGIN = os.environ.get("DEMO_ORIGIN", "http://127.0.0.1:8001")


@cache
def titles() -> DemoTitles:
    return DemoTitles(ORIGIN, timezone.now, poster_file=_file)


@cache
def loops() -> DemoLoops:
    return DemoLoops(ORIGIN, timezone.now)


@cache
def videos() -> DemoVideos:
    return DemoVideos(ORIGIN, timezone.now)


@cache
def media() -> MediaStore:
    catalogue = MediaCatalogue(
        posters=(*titles().poster_specs(), *cover_specs()),
        stills=titles().still_specs(),
        loops=loop_specs(),
        videos=video_specs(),
        avatars=avatar_specs(),
        has_file=titles().has_file,
    )
    return MediaStore(settings.DATA_DIR / "demo", catalogue)


def _file(address: str) -> bytes | None:
    path = media().get(address)
    return path.read_bytes() if path else None
